using System.Collections.Concurrent;
using System.Text.Json;
using EcosystemSilo.LoadTests.Processes;

namespace EcosystemSilo.LoadTests.Chaos;

/// <summary>What the sender knows about a webhook.</summary>
internal enum Fate
{
    /// <summary>The gateway answered 2xx.</summary>
    Acknowledged,

    /// <summary>It was sent, and no answer or a 5xx came: it may have taken effect or not.</summary>
    Unknown,

    /// <summary>The gateway answered that it does not take it.</summary>
    Refused,
}

/// <summary>
/// Sends families of webhooks with many callers at once, and remembers what became of each. Called again, it sends
/// what is not acknowledged, with the same ids.
/// </summary>
internal sealed class Sender(SourceAddress source, IReadOnlyList<Family> families) : IDisposable
{
    private const int CallersAtOnce = 256;

    private readonly ConcurrentDictionary<string, Fate> _fates = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> _answers = [];
    private readonly HttpClient _client = new(
        new SocketsHttpHandler
        {
            MaxConnectionsPerServer = CallersAtOnce,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            UseProxy = false,
        }
    )
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    private int _acknowledged;
    private int _committedUnknown;

    public IEnumerable<Webhook> Webhooks => families.SelectMany(family => family.All);

    public int Acknowledged => _acknowledged;

    /// <summary>
    /// Webhooks that took effect although their sender never got the answer, by what the repeat was told.
    /// </summary>
    public int CommittedUnknown => _committedUnknown;

    public IEnumerable<Webhook> WithFate(Fate fate) =>
        Webhooks.Where(webhook => _fates.TryGetValue(webhook.Id, out var known) && known == fate);

    /// <summary>Refusals and other unexpected answers, for the message when something fails.</summary>
    public string Answers => string.Join('\n', _answers.Distinct(StringComparer.Ordinal).Take(10));

    /// <summary>Sends everything that is not acknowledged, and calls back once when enough has been.</summary>
    public async Task Send(int acknowledgedEnough = int.MaxValue, Func<Task>? whenEnough = null)
    {
        using var slots = new SemaphoreSlim(CallersAtOnce);
        using var down = new CancellationTokenSource();
        var called = 0;
        Task calling = Task.CompletedTask;

        async Task Fire(Webhook webhook)
        {
            if (_fates.GetValueOrDefault(webhook.Id, Fate.Unknown) == Fate.Acknowledged)
            {
                return;
            }

            await slots.WaitAsync();
            try
            {
                if (!down.IsCancellationRequested)
                {
                    await SendOne(webhook);
                }
            }
            finally
            {
                slots.Release();
            }

            if (
                whenEnough is not null
                && _acknowledged >= acknowledgedEnough
                && Interlocked.Exchange(ref called, 1) == 0
            )
            {
                calling = Down(whenEnough, down);
            }
        }

        await Task.WhenAll(
            families.Select(async family =>
            {
                await Fire(family.Registration);
                await Task.WhenAll(family.Rest.Select(Fire));
            })
        );
        await calling;
    }

    /// <summary>
    /// Sends webhooks that were acknowledged before; returns the outcome that each was answered with.
    /// </summary>
    public async Task<IReadOnlyList<string>> Repeat(IEnumerable<Webhook> webhooks) =>
        await Task.WhenAll(
            webhooks.Select(async webhook =>
            {
                using var request = source.Sign(webhook.Id, webhook.Body);
                using var answer = await _client.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                return answer.IsSuccessStatusCode ? Outcome(text) : $"{(int)answer.StatusCode} {text}";
            })
        );

    public void Dispose() => _client.Dispose();

    private static async Task Down(Func<Task> whenEnough, CancellationTokenSource down)
    {
        await Task.Yield();
        await whenEnough();
        await down.CancelAsync();
    }

    private async Task SendOne(Webhook webhook)
    {
        var isRepeat = _fates.ContainsKey(webhook.Id);
        _fates[webhook.Id] = Fate.Unknown;
        try
        {
            using var request = source.Sign(webhook.Id, webhook.Body);
            using var answer = await _client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode)
            {
                Acknowledge(webhook, isRepeat, Outcome(text));
            }
            else
            {
                _answers.Add($"{(int)answer.StatusCode} {text}");
                _fates[webhook.Id] = (int)answer.StatusCode >= 500 ? Fate.Unknown : Fate.Refused;
            }
        }
        catch (HttpRequestException refused) when (refused.HttpRequestError == HttpRequestError.ConnectionError)
        {
            // Nobody listens any more, so it was never sent; what an earlier try came to stays as unknown as it was.
            if (!isRepeat)
            {
                _fates.TryRemove(webhook.Id, out _);
            }
        }
        catch (Exception cut) when (cut is HttpRequestException or TaskCanceledException)
        {
            // The process is gone: whether it had committed is not known.
        }
    }

    private void Acknowledge(Webhook webhook, bool isRepeat, string outcome)
    {
        var expected = isRepeat ? outcome is "applied" or "repeated" : outcome is "applied";
        if (!expected)
        {
            _answers.Add($"{webhook.Id} was answered '{outcome}'");
            _fates[webhook.Id] = Fate.Refused;
            return;
        }

        if (outcome is "repeated")
        {
            Interlocked.Increment(ref _committedUnknown);
        }

        _fates[webhook.Id] = Fate.Acknowledged;
        Interlocked.Increment(ref _acknowledged);
    }

    private static string Outcome(string answer) => JsonElement.Parse(answer).GetProperty("outcome").GetString()!;
}
