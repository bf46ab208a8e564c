using System.Net.Http.Json;
using System.Text.Json;
using EcosystemSilo.LoadTests.Processes;

namespace EcosystemSilo.LoadTests.Overload;

/// <param name="Latency">From when the request should have been sent, so that waiting is not hidden.</param>
internal sealed record PacedAnswer(int Status, bool HasRetryAfter, TimeSpan Latency);

/// <summary>What a client sends under a number of its own.</summary>
/// <param name="WaitSeconds">How long the answer may wait for what follows from the request.</param>
internal sealed record PacedRequest(string Path, object Body, int WaitSeconds = 0);

/// <summary>Sends at a fixed rate under an API key of its own, whatever the answers.</summary>
internal sealed class PacedClient
{
    private readonly HttpClient _client;
    private readonly string _name;
    private readonly int _perSecond;
    private readonly Func<string, PacedRequest> _request;
    private int _sent;

    private PacedClient(HttpClient client, string name, int perSecond, Func<string, PacedRequest> request) =>
        (_client, _name, _perSecond, _request) = (client, name, perSecond, request);

    /// <summary>How many it has sent so far; they are numbered from 1 on.</summary>
    public int Sent => Volatile.Read(ref _sent);

    /// <param name="request">What is sent, by its id; null to register partners.</param>
    public static async Task<PacedClient> WithKeyOfItsOwn(
        GatewayProcess gateway,
        string name,
        int perSecond,
        Func<string, PacedRequest>? request = null
    )
    {
        using var admin = gateway.Client();
        using var issued = await admin.PostAsJsonAsync("/api/acme/keys", new { name, role = "partner-manager" });
        if (!issued.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"No key was issued: {await issued.Content.ReadAsStringAsync()}");
        }

        var key = await issued.Content.ReadFromJsonAsync<JsonElement>();
        var client = new HttpClient { BaseAddress = new Uri(gateway.Url), Timeout = TimeSpan.FromSeconds(10) };
        client.DefaultRequestHeaders.Add("X-Api-Key", key.GetProperty("key").GetString());
        return new PacedClient(client, name, perSecond, request ?? Partner);
    }

    public async Task<IReadOnlyList<PacedAnswer>> Send(TimeSpan duration)
    {
        var start = TimeProvider.System.GetTimestamp();
        var count = (int)(duration.TotalSeconds * _perSecond);
        var sending = new List<Task<PacedAnswer>>(count);
        for (var number = 0; number < count; number++)
        {
            var due = TimeSpan.FromSeconds((double)number / _perSecond);
            if (due - TimeProvider.System.GetElapsedTime(start) is { Ticks: > 0 } early)
            {
                await Task.Delay(early, TimeProvider.System);
            }

            sending.Add(SendOne(start, due));
        }

        return await Task.WhenAll(sending);
    }

    private async Task<PacedAnswer> SendOne(long start, TimeSpan due)
    {
        var id = $"{_name}-{Interlocked.Increment(ref _sent)}";
        var asked = _request(id);
        using var message = new HttpRequestMessage(HttpMethod.Post, asked.Path)
        {
            Content = JsonContent.Create(asked.Body),
        };
        if (asked.WaitSeconds > 0)
        {
            message.Headers.Add("Prefer", $"wait={asked.WaitSeconds}");
        }

        using var answer = await _client.SendAsync(message);
        await answer.Content.LoadIntoBufferAsync();
        var latency = TimeProvider.System.GetElapsedTime(start) - due;
        return new PacedAnswer((int)answer.StatusCode, answer.Headers.RetryAfter is not null, latency);
    }

    private static PacedRequest Partner(string id) =>
        new(
            "/api/acme/partners",
            new
            {
                id,
                name = "Clinic",
                category = "medical-device",
            }
        );
}
