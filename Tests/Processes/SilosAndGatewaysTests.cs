using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Tests.Outbound;
using EcosystemSilo.Tests.Support;
using EcosystemSilo.Tests.Telemetry;
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

    /// <summary>Of the webhooks; their senders chose it.</summary>
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    public async ValueTask InitializeAsync() => _database = await postgres.NewDatabase();

    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_processes.Select(process => process.DisposeAsync().AsTask()));

    [Fact]
    public async Task AWebhookAtOneGateway_IsACardOnTheOthersBoard_InOneTrace_AndItsSessionsGoOnThere()
    {
        await using var receiver = new Receiver();
        await using var collector = await TraceCollector.Start();
        ServerProcess[] silos = [Silo(), Silo()];
        GatewayProcess[] gateways = [Gateway(), Gateway()];
        foreach (var process in silos.Concat(gateways))
        {
            collector.Watch(process);
            process.Set("Outbound__AllowHttp", "true");
            process.Set("Outbound__AllowedNetworks", "127.0.0.0/8");
        }
        await Task.WhenAll(silos.Concat(gateways).Select(process => process.Start()));
        // Measuring begins with the first who asks.
        await Metrics(silos.Concat(gateways));
        var source = await gateways[0].CreateSource("standard-webhooks");
        using var there = gateways[1].Client();

        await there.MustPost("/api/acme/partners", ProcessStories.Partner("p-1"));
        await there.MustCreate(
            "/api/acme/endpoints",
            new
            {
                id = "crm",
                url = receiver.Url,
                types = new[] { "deal.registered" },
            }
        );

        await Deliver(gateways[0], source, "p-2");
        await Deliver(
            gateways[0],
            source,
            "deal.registered",
            new
            {
                deal = "d-1",
                partner = "p-1",
                product = "enterprise",
                customer = new { name = "St Mary", domain = "mary.example" },
            }
        );

        await Awaited.Until(
            async () => (await there.MustGet("/api/acme/board")).ToString().Contains("\"p-2\""),
            "the card of p-2 on the other gateway's board"
        );
        await IsOneTrace(collector, gateways[0], silos);
        (await SignedInAt(gateways[1], await SignInAt(gateways[0]))).ShouldBe(HttpStatusCode.OK);
        MonitoringTests.Missing(await Metrics(silos.Concat(gateways))).ShouldBeEmpty();
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
        gateway.Output.ShouldNotContain(
            "   at Orleans.",
            customMessage: "what is normal has no stack of it in the log"
        );
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

    private static Task Deliver(GatewayProcess gateway, SourceAddress source, string partner) =>
        Deliver(
            gateway,
            source,
            "partner.registered",
            new
            {
                partner,
                name = "St Mary",
                category = "medical-device",
            }
        );

    private static async Task Deliver(GatewayProcess gateway, SourceAddress source, string type, object data)
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
                type,
                timestamp = TimeProvider.System.GetUtcNow(),
                data,
            }
        );
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");
        using var taken = await sender.Send(client, body, type.Replace('.', '-'));
        var text = await taken.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        taken.IsSuccessStatusCode.ShouldBeTrue($"{(int)taken.StatusCode} {text}");
    }

    /// <summary>
    /// The webhook at the gateway, the deal's call there and at a silo, what follows from it by way of the journal, and
    /// the notification.
    /// </summary>
    private static async Task IsOneTrace(TraceCollector collector, GatewayProcess at, IEnumerable<ServerProcess> silos)
    {
        var ports = silos.Select(silo => $"{new Uri(silo.Url).Port}").ToHashSet(StringComparer.Ordinal);
        var gateway = $"{new Uri(at.Url).Port}";
        foreach (
            var (what, where) in new (string, Func<Span, bool>)[]
            {
                ("the request", span => span.Process == gateway && span.Source == "Microsoft.AspNetCore"),
                ("its call", span => span.Process == gateway && span.Source == "Microsoft.Orleans.Application"),
                (
                    "the call at a silo",
                    span => ports.Contains(span.Process) && span.Source == "Microsoft.Orleans.Application"
                ),
                ("what follows", span => ports.Contains(span.Process) && span.Name == "reactions"),
                ("what others are told", span => ports.Contains(span.Process) && span.Name == "outbound"),
                ("the sending", span => ports.Contains(span.Process) && span.Name == "notification"),
            }
        )
        {
            await Awaited.Until(
                () => Task.FromResult(collector.Spans.Any(span => span.Trace == Trace && where(span))),
                $"{what} in the trace of the webhook"
            );
        }
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

    private static async Task<string[]> Metrics(IEnumerable<ServerProcess> processes)
    {
        using var client = new HttpClient();
        return await Task.WhenAll(processes.Select(process => client.GetStringAsync($"{process.Url}/metrics")));
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
