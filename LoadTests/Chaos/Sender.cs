using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using EcosystemSilo.LoadTests.Processes;

namespace EcosystemSilo.LoadTests.Chaos;

/// <summary>
/// Sends operations with many callers at once and logs what became of each. Called again, it sends what is not
/// acknowledged, with the same ids; what follows from an operation is sent only once that is acknowledged.
/// </summary>
/// <param name="doors">The ways in, one a process; they take turns, so that no grain is served by one alone.</param>
/// <param name="clockShiftOf">How far the clock behind a door is ahead now.</param>
internal sealed class Sender(IReadOnlyList<SourceAddress> doors, ClientLog log, Func<int, TimeSpan> clockShiftOf)
    : IDisposable
{
    private const int CallersAtOnce = 256;
    private static readonly TimeSpan AwayMax = TimeSpan.FromMinutes(1);

    private readonly HttpClient _client = NewClient();
    private readonly List<Family> _families = [];
    private List<Family> _unfinished = [];
    private TaskCompletionSource? _enough;
    private int _enoughCount;
    private int _turn;

    public Sender(SourceAddress source, IReadOnlyList<Family> families)
        : this([source], new ClientLog(file: null), _ => TimeSpan.Zero) => Add(families);

    public string SourceId => doors[0].Id;

    public ClientLog Log => log;

    public IEnumerable<Operation> Operations => _families.SelectMany(family => family.All);

    public int Acknowledged => log.Acknowledged;

    public bool IsDone => _unfinished.Count == 0;

    /// <summary>Refusals and other unexpected answers, for the message when something fails.</summary>
    public string Answers => string.Join('\n', log.Complaints.Distinct(StringComparer.Ordinal).Take(10));

    public IEnumerable<Operation> WithFate(Fate fate) => Operations.Where(one => log.FateOf(one) == fate);

    public void Add(IReadOnlyList<Family> families)
    {
        _families.AddRange(families);
        _unfinished.AddRange(families);
    }

    /// <summary>Completes when so many operations are acknowledged.</summary>
    public Task WhenAcknowledged(int count)
    {
        _enoughCount = count;
        _enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (log.Acknowledged >= count)
        {
            _enough.TrySetResult();
        }

        return _enough.Task;
    }

    /// <summary>Sends everything that is not acknowledged yet, once, unless it is stopped.</summary>
    public async Task Send(CancellationToken stop = default)
    {
        using var slots = new SemaphoreSlim(CallersAtOnce);
        await Task.WhenAll(_unfinished.Select(family => Send(family, slots, stop)));
        _unfinished = [.. _unfinished.Where(family => family.All.Any(one => log.FateOf(one) < Fate.Acknowledged))];
    }

    /// <summary>Sends until everything is acknowledged, however often that takes, or one is refused.</summary>
    public async Task SendAll(CancellationToken stop)
    {
        await Send(stop);
        while (!IsDone && !log.Complaints.Any() && !stop.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
            await Send(stop);
        }
    }

    /// <summary>Sends operations that were acknowledged before; returns what each is answered now.</summary>
    public async Task<IReadOnlyList<(Answer? Answer, string Text)>> Repeat(IEnumerable<Operation> operations) =>
        await Task.WhenAll(
            operations.Select(operation =>
                Patiently(
                    () => Post(operation, operation.Body),
                    told => !told.Text.StartsWith("503", StringComparison.Ordinal)
                )
            )
        );

    /// <summary>Sends an operation that was acknowledged before until it is answered, whatever is in the way.</summary>
    /// <returns>Whether it was, before there was no time left.</returns>
    public async Task<bool> Insist(Operation operation, CancellationToken over)
    {
        while (await Patiently(() => Post(operation, operation.Body), _ => true) is (null, _))
        {
            if (over.IsCancellationRequested)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return true;
    }

    /// <summary>
    /// Posts under the id of a webhook another body than its own, one that would change something, and returns the
    /// status.
    /// </summary>
    public Task<HttpStatusCode> Reuse(Operation webhook) =>
        Patiently(
            async () =>
            {
                using var request = Request(webhook, webhook.Body.Replace("welcome-package", "kickoff-meeting"));
                using var answer = await _client.SendAsync(request);
                return answer.StatusCode;
            },
            status => status is not HttpStatusCode.ServiceUnavailable
        );

    public void Dispose()
    {
        _client.Dispose();
        log.Dispose();
    }

    /// <summary>
    /// Asks again when the process is away, as it may come to its crash point at any time, or tells to send the same
    /// again, as it does on a busy machine.
    /// </summary>
    private static async Task<T> Patiently<T>(Func<Task<T>> ask, Predicate<T> isAnswer)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                if (await ask() is var told && (isAnswer(told) || TimeProvider.System.GetElapsedTime(since) > AwayMax))
                {
                    return told;
                }
            }
            catch (Exception away)
                when (away is HttpRequestException or SocketException or TaskCanceledException or IOException
                    && TimeProvider.System.GetElapsedTime(since) < AwayMax
                )
            {
                // Asked again.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private async Task Send(Family family, SemaphoreSlim slots, CancellationToken stop)
    {
        if (log.FateOf(family.First) < Fate.Acknowledged)
        {
            await slots.WaitAsync(CancellationToken.None);
            try
            {
                if (stop.IsCancellationRequested)
                {
                    return;
                }

                await SendOne(family.First);
            }
            finally
            {
                slots.Release();
            }
        }

        if (log.FateOf(family.First) == Fate.Acknowledged)
        {
            await Task.WhenAll(family.Then.Select(next => Send(next, slots, stop)));
        }
    }

    private async Task SendOne(Operation operation)
    {
        var before = log.FateOf(operation);
        log.Invoke(operation);
        try
        {
            var (answer, text) = await Post(operation, operation.Body);
            if (answer is not null && IsExpected(answer, isRepeat: before == Fate.Unknown))
            {
                log.Ok(answer, wasUnknown: before == Fate.Unknown);
                NoteEnough();
            }
            else if (text.StartsWith('5'))
            {
                log.Unanswered(operation, int.Parse(text[..3], CultureInfo.InvariantCulture), text);
            }
            else
            {
                log.Fail(operation, text);
            }
        }
        catch (HttpRequestException refused) when (refused.HttpRequestError == HttpRequestError.ConnectionError)
        {
            log.NotSent(operation, before);
        }
        catch (SocketException)
        {
            // Gone in the moment in which it had been reached, before anything was sent: HttpClient does not wrap it.
            log.NotSent(operation, before);
        }
        catch (Exception cut) when (cut is HttpRequestException or TaskCanceledException or IOException)
        {
            // The process is gone, or does not answer: whether it had committed is not known.
            log.Unknown(operation, cut.Message);
        }
    }

    private async Task<(Answer? Answer, string Text)> Post(Operation operation, string body)
    {
        using var request = Request(operation, body);
        using var answer = await _client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
        {
            return (null, $"{(int)answer.StatusCode} {text}");
        }

        var outcome = operation.IsWebhook ? JsonElement.Parse(text).GetProperty("outcome").GetString() : null;
        long? version = operation.IsWebhook ? null : long.Parse(answer.Headers.ETag!.Tag.Trim('"'));
        return (new Answer(operation, outcome, version), $"{(int)answer.StatusCode} {outcome}");
    }

    private HttpRequestMessage Request(Operation operation, string body)
    {
        var door = (int)((uint)Interlocked.Increment(ref _turn) % (uint)doors.Count);
        if (operation.IsWebhook)
        {
            return (doors[door] with { ClockShift = clockShiftOf(door) }).Sign(operation.Id, body);
        }

        return new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(doors[door].Url), operation.Path))
        {
            Content = body.Length == 0 ? null : new StringContent(body, Encoding.UTF8, "application/json"),
            Headers = { { "X-Api-Key", GatewayProcess.BootstrapKey }, { "Idempotency-Key", operation.Id } },
        };
    }

    private void NoteEnough()
    {
        if (log.Acknowledged >= _enoughCount)
        {
            _enough?.TrySetResult();
        }
    }

    private static bool IsExpected(Answer answer, bool isRepeat) =>
        answer.Outcome is null
        || (isRepeat && answer.Outcome == "repeated")
        || answer.Outcome
            == answer.Operation.Event switch
            {
                "delivery.ignored" => "ignored",
                "delivery.buried" => "deadLettered",
                _ => "applied",
            };

    private static HttpClient NewClient() =>
        new(
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
}
