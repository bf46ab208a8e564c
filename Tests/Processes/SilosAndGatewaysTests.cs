using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Processes;

/// <summary>Silos and gateways as processes of their own, on one PostgreSQL.</summary>
[Collection<AloneCollection>]
public sealed class SilosAndGatewaysTests(PostgresServer postgres, ITestOutputHelper output) : IAsyncLifetime
{
    private readonly string _masterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly List<ServerProcess> _processes = [];
    private string _database = "";

    public async ValueTask InitializeAsync() => _database = await postgres.NewDatabase();

    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_processes.Select(process => process.DisposeAsync().AsTask()));

    [Fact]
    public async Task AWebhookAtOneGateway_IsACardOnTheOthersBoard_AndItsSessionsGoOnThere()
    {
        ServerProcess[] silos = [Silo(), Silo()];
        GatewayProcess[] gateways = [Gateway(), Gateway()];
        await Task.WhenAll(silos.Concat(gateways).Select(process => process.Start()));
        var source = await gateways[0].CreateSource("standard-webhooks");
        using var there = gateways[1].Client();

        await Deliver(gateways[0], source, "p-1");

        await Awaited.Until(
            async () => (await there.MustGet("/api/acme/board")).ToString().Contains("\"p-1\""),
            "the card of p-1 on the other gateway's board"
        );
        (await SignedInAt(gateways[1], await SignInAt(gateways[0]))).ShouldBe(HttpStatusCode.OK);
        foreach (var process in silos.Concat(gateways))
        {
            (await Metrics(process)).ShouldContain("orleans_");
        }
    }

    [Fact]
    public async Task AGatewayWithoutSilos_StartsUnready_AnswersComeLater_AndConnectsWhenOneComes()
    {
        var gateway = Gateway();
        await gateway.StartUnready();
        using var client = gateway.Client();

        using var ready = await client.GetAsync("/health/ready");
        using var asked = await client.Post("/api/acme/partners", ProcessStories.Partner("p-1"));

        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        asked.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        asked.Headers.RetryAfter.ShouldNotBeNull();
        await Silo().Start();
        await Awaited.Until(
            async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode,
            "the gateway to reach the silo"
        );
        await client.RegisterPartner("p-1");
    }

    [Fact]
    public async Task ToldToStop_AGatewayIsUnreadyFirst_AndStillAnswers()
    {
        await Silo().Start();
        var gateway = Gateway();
        gateway.Set("Cluster__DrainTime", "00:00:30");
        await gateway.Start();
        using var client = gateway.Client();

        await Terminate(gateway);

        await Awaited.Until(
            async () => (await client.GetAsync("/health/ready")).StatusCode == HttpStatusCode.ServiceUnavailable,
            "the gateway to say that it is not ready"
        );
        using var answer = await client.Post("/api/acme/partners", ProcessStories.Partner("p-1"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Headers.ConnectionClose.ShouldBe(true, "or the caller's next request may meet the closing of it");
        // A second signal does not wait for the rest of the time.
        (await gateway.Stop()).ShouldBe(0);
    }

    [Fact]
    public async Task TwoSinglesOnOneMachine_DoNotFight_AndOpenNothingBeyondLoopback()
    {
        await using var first = new GatewayProcess();
        await using var second = new GatewayProcess();

        var cold = await first.Start();
        await second.Start();

        Listening(first).ShouldHaveSingleItem().ShouldStartWith("127.0.0.1:");
        Listening(second).ShouldHaveSingleItem().ShouldStartWith("127.0.0.1:");
        foreach (var gateway in new[] { first, second })
        {
            using var client = gateway.Client();
            await client.RegisterPartner("p-1");
        }
        await first.Kill();
        var again = await first.Start();
        output.WriteLine(
            $"ready after {cold.TotalSeconds:f2} s on no journal, {again.TotalSeconds:f2} s after kill -9"
        );
    }

    private SiloProcess Silo() => Add(new SiloProcess(_database));

    private GatewayProcess Gateway()
    {
        var gateway = Add(new GatewayProcess("PostgreSql", _database));
        gateway.JoinCluster("Gateway");
        return gateway;
    }

    private T Add<T>(T process)
        where T : ServerProcess
    {
        process.Set("Secrets__MasterKey", _masterKey);
        _processes.Add(process);
        return process;
    }

    private static async Task Deliver(GatewayProcess gateway, SourceAddress source, string partner)
    {
        var sender = new WebhookSender(
            WebhookSchemes.Find("standard-webhooks").ShouldNotBeNull(),
            source.Id,
            gateway.Url + new Uri(source.Url).AbsolutePath,
            source.Secret
        );
        var body = JsonSerializer.Serialize(
            new
            {
                type = "partner.registered",
                timestamp = TimeProvider.System.GetUtcNow(),
                data = new
                {
                    partner,
                    name = "St Mary",
                    category = "medical-device",
                },
            }
        );
        using var client = new HttpClient();
        using var taken = await sender.Send(client, body, "m-1");
        var text = await taken.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        taken.IsSuccessStatusCode.ShouldBeTrue($"{(int)taken.StatusCode} {text}");
    }

    /// <summary>The cookie that signing in sets.</summary>
    private static async Task<string> SignInAt(GatewayProcess gateway)
    {
        using var client = new HttpClient { BaseAddress = new Uri(gateway.Url) };
        client.DefaultRequestHeaders.Add("X-Requested-With", "portal");
        using var signedIn = await client.PostAsJsonAsync("/api/session", new { key = GatewayProcess.BootstrapKey });
        signedIn.IsSuccessStatusCode.ShouldBeTrue($"{(int)signedIn.StatusCode}");
        return signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static async Task<HttpStatusCode> SignedInAt(GatewayProcess gateway, string cookie)
    {
        using var client = new HttpClient { BaseAddress = new Uri(gateway.Url) };
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        using var session = await client.GetAsync("/api/session");
        return session.StatusCode;
    }

    private static async Task<string> Metrics(ServerProcess process)
    {
        using var client = new HttpClient { BaseAddress = new Uri(process.Url) };
        return await client.GetStringAsync("/metrics");
    }

    private static async Task Terminate(ServerProcess process)
    {
        using var signal = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await signal.WaitForExitAsync();
    }

    /// <summary>Where a process listens, by what the system says of its open files.</summary>
    private static List<string> Listening(ServerProcess process)
    {
        var sockets = new DirectoryInfo($"/proc/{process.Id}/fd")
            .GetFileSystemInfos()
            .Select(file => file.LinkTarget ?? "")
            .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(target => target["socket:[".Length..^1])
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. new[] { "tcp", "tcp6" }
                .SelectMany(table => File.ReadLines($"/proc/{process.Id}/net/{table}").Skip(1))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(fields => fields[3] == "0A" && sockets.Contains(fields[9]))
                .Select(fields => Readable(fields[1])),
        ];
    }

    private static string Readable(string address)
    {
        var (host, port) = (address.Split(':')[0], Convert.ToInt32(address.Split(':')[1], 16));
        return host == "0100007F" ? $"127.0.0.1:{port}" : $"{host}:{port}";
    }
}
