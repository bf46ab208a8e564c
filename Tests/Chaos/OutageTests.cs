using System.Net;
using System.Net.Http.Json;
using EcosystemSilo.LoadTests.Chaos.Faults;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Chaos;

/// <summary>
/// What callers see while the database is away: nothing is acknowledged, they are told soon to come back, what is in
/// memory can be read, and everything goes on by itself afterwards.
/// </summary>
[Collection<AloneCollection>]
public sealed class OutageTests(PostgresServer postgres, ITestOutputHelper output) : IAsyncLifetime
{
    private GatewayProcess _gateway = null!;
    private TcpProxy _proxy = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        var database = new NpgsqlConnectionStringBuilder(await postgres.NewDatabase());
        _proxy = new TcpProxy(postgres.Socket);
        (database.Host, database.Port) = ("127.0.0.1", _proxy.Port);
        _gateway = new GatewayProcess("PostgreSql", database.ConnectionString);
        await _gateway.Start();
        _client = _gateway.Client();
        foreach (var id in new[] { "asked", "quiet" })
        {
            using var registered = await _client.PostAsJsonAsync(
                "/api/acme/partners",
                new
                {
                    id,
                    name = "St Mary",
                    category = "medical-device",
                }
            );
            registered.StatusCode.ShouldBe(HttpStatusCode.Created);
        }
    }

    [Theory]
    [InlineData(nameof(Weather.Stalled))]
    [InlineData(nameof(Weather.Gone))]
    public async Task WhileTheDatabaseIsAway_CallersAreToldSoonToComeBack_AndReadsGoOn(string weather)
    {
        _proxy.Weather = Enum.Parse<Weather>(weather);
        var since = TimeProvider.System.GetTimestamp();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(number => Complete(number % 2 == 0 ? "asked" : $"unknown-{number}", $"k{number}"))
        );
        var waited = TimeProvider.System.GetElapsedTime(since);
        var live = await _client.GetAsync("/api/acme/partners/quiet");
        var board = await _client.GetAsync("/api/acme/board?kind=partners");

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable);
        answers.ShouldAllBe(answer => answer.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        live.StatusCode.ShouldBe(HttpStatusCode.OK);
        board.StatusCode.ShouldBe(HttpStatusCode.OK);
        // The goal is 2 s; what a slow machine adds to it is no concern of this test.
        waited.ShouldBeLessThan(TimeSpan.FromSeconds(8));

        _proxy.Weather = Weather.Clear;
        var healed = TimeProvider.System.GetTimestamp();
        await Awaited.Until(
            async () => (await Complete("asked", "k0")).StatusCode == HttpStatusCode.OK,
            "the gateway to take commands again"
        );
        output.WriteLine(
            $"{weather}: 503 within {waited.TotalMilliseconds:n0} ms, commands taken again after "
                + $"{TimeProvider.System.GetElapsedTime(healed).TotalMilliseconds:n0} ms"
        );
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _gateway.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    private async Task<HttpResponseMessage> Complete(string partner, string key)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"/api/acme/partners/{partner}/checklist/welcome-package/complete"
        );
        request.Headers.Add("Idempotency-Key", key);
        return await _client.SendAsync(request);
    }
}
