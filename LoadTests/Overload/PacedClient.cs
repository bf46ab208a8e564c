using System.Net.Http.Json;
using System.Text.Json;
using EcosystemSilo.LoadTests.Processes;

namespace EcosystemSilo.LoadTests.Overload;

/// <param name="Latency">From when the request should have been sent, so that waiting is not hidden.</param>
internal sealed record PacedAnswer(int Status, bool HasRetryAfter, TimeSpan Latency);

/// <summary>Registers partners at a fixed rate under an API key of its own, whatever the answers.</summary>
internal sealed class PacedClient
{
    private readonly HttpClient _client;
    private readonly string _name;
    private readonly int _perSecond;
    private int _sent;

    private PacedClient(HttpClient client, string name, int perSecond) =>
        (_client, _name, _perSecond) = (client, name, perSecond);

    public static async Task<PacedClient> WithKeyOfItsOwn(GatewayProcess gateway, string name, int perSecond)
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
        return new PacedClient(client, name, perSecond);
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
        using var answer = await _client.PostAsJsonAsync(
            "/api/acme/partners",
            new
            {
                id,
                name = "Clinic",
                category = "medical-device",
            }
        );
        var latency = TimeProvider.System.GetElapsedTime(start) - due;
        return new PacedAnswer((int)answer.StatusCode, answer.Headers.RetryAfter is not null, latency);
    }
}
