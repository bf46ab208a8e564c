using System.Net.Http.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Tests.Outbound;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Endpoints;

/// <summary>
/// The whole product with real sockets among receivers that hang, fail, refuse, redirect and never end: whoever can be
/// told is told everything, once or more, also when the process is started anew in the middle.
/// </summary>
public sealed class HostileReceiversTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Events = 60;
    private readonly TemporaryFolder _folder = new();
    private readonly Receiver _canary = new();
    private readonly Receiver _well = new();
    private readonly Receiver _hangs = new(_ => HttpReply.Hanging);
    private readonly Receiver _fails = new(_ => HttpReply.Of(500, "no"));
    private readonly Receiver _gone = new(_ => HttpReply.Of(410));
    private readonly Receiver _endless = new(_ => HttpReply.Endless);
    private readonly Receiver _slowsDown = new(_ => HttpReply.Of(429, headers: "Retry-After: 3600\r\n"));
    private Receiver _redirects = null!;

    public ValueTask InitializeAsync()
    {
        _redirects = new Receiver(_ => HttpReply.Of(302, headers: $"Location: {_canary.Url}\r\n"));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var receiver in new[] { _canary, _well, _hangs, _fails, _gone, _endless, _slowsDown, _redirects })
        {
            await receiver.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task WhoeverCanBeTold_IsToldEverything_AlsoAcrossARestart()
    {
        await using (var before = Gateway())
        {
            using var client = before.Client();
            await CreateAll(client);
            await Happen(client, 0, Events / 2);
            await Until(() => _well.All.Count >= Events / 4, "some at the one that is well");
        }

        await using var after = Gateway();
        using var next = after.Client();
        await Happen(next, Events / 2, Events);

        await Until(() => Ids(_well) >= Events && Ids(_endless) >= Events, "everything where it can be told");
        await Until(() => Disabled(after, "gone"), "the disabling of the one that is gone");
        Report("well", _well);
        await Until(() => IsSettled(after, "well") && IsSettled(after, "endless"), "their counts");

        (Ids(_well), Ids(_endless)).ShouldBe((Events, Events));
        (_well.All.Count - Events).ShouldBeLessThanOrEqualTo(4, "only what was under way at the restart is sent twice");
        (await _canary.Connections()).ShouldBe(0, "nobody follows a redirect");
        _slowsDown.All.Count.ShouldBeLessThanOrEqualTo(8, "it asked for an hour's pause, and again after the restart");
        foreach (var endpoint in Endpoints().Select(endpoint => endpoint.Name).Except(["gone"]))
        {
            // Outbound due = delivered + pending + given up.
            Counts(after, endpoint).Due.ShouldBe(Events, endpoint);
        }
    }

    [Fact]
    public async Task ReceiversThatHang_DoNotSlowTheOthers()
    {
        double alone;
        await using (var quiet = Gateway())
        {
            using var client = quiet.Client();
            await Create(client, "well", _well);
            await Happen(client, 0, Events);
            await Until(() => Ids(_well) == Events, "everything at the one that is well");
            alone = Latency(quiet);
        }

        await using var hostile = Gateway();
        using var other = hostile.Client();
        foreach (var (name, receiver) in Endpoints().Where(endpoint => endpoint.Name != "well"))
        {
            await Create(other, name, receiver);
        }

        await Happen(other, Events, 2 * Events);
        await Until(() => Ids(_well) == 2 * Events, "everything among the others");

        // How long it took is for the reader; that it came although others hang is what is promised.
        output.WriteLine($"p99 from event to receipt: alone {alone:0} ms, among hostile ones {Latency(hostile):0} ms");
        _hangs.All.Count.ShouldBeLessThanOrEqualTo(4, "so many at a time, until they time out");
    }

    private RunningGateway Gateway() =>
        new RunningGateway()
            .With("Outbound:AllowHttp", "true")
            .With("Outbound:AllowedNetworks", "127.0.0.0/8")
            .With("Data:Folder", _folder.Path)
            .With("Journal:ConnectionString", $"Data Source={Path.Combine(_folder.Path, "journal.db")}");

    private IEnumerable<(string Name, Receiver Receiver)> Endpoints() =>
        [
            ("well", _well),
            ("hangs", _hangs),
            ("fails", _fails),
            ("gone", _gone),
            ("endless", _endless),
            ("slows-down", _slowsDown),
            ("redirects", _redirects),
        ];

    private async Task CreateAll(HttpClient client)
    {
        foreach (var (name, receiver) in Endpoints())
        {
            await Create(client, name, receiver);
        }
    }

    private static async Task Create(HttpClient client, string id, Receiver receiver)
    {
        using var response = await client.PostAsJsonAsync(
            "/api/acme/endpoints",
            new
            {
                id,
                url = receiver.Url,
                types = new[] { "partner.registered" },
            },
            TestContext.Current.CancellationToken
        );
        ((int)response.StatusCode).ShouldBe(201);
    }

    private static async Task Happen(HttpClient client, int from, int to)
    {
        for (var n = from; n < to; n++)
        {
            using var response = await client.PostAsJsonAsync(
                "/api/acme/partners",
                new
                {
                    id = $"p-{n}",
                    name = $"Partner {n}",
                    category = "medical-device",
                },
                TestContext.Current.CancellationToken
            );
            ((int)response.StatusCode).ShouldBe(201);
        }
    }

    /// <summary>
    /// From the creation of a notification to the end of its attempt, in milliseconds; the slowest hundredth.
    /// </summary>
    private static double Latency(RunningGateway gateway)
    {
        var log = gateway
            .Services.GetRequiredService<INotificationList>()
            .Find(TestSilo.Acme, new NotificationQuery(new EndpointId("well")), new PageRequest(PageRequest.LimitMax))
            .Items.Where(card => card.LastAttemptAt is not null)
            .Take(Events)
            .Select(card => (card.LastAttemptAt!.Value - card.CreatedAt).TotalMilliseconds)
            .Order()
            .ToList();
        return log.Count == 0 ? 0 : log[(int)(log.Count * 0.99)];
    }

    private void Report(string name, Receiver receiver) =>
        output.WriteLine($"{name}: {Ids(receiver)} events in {receiver.All.Count} requests");

    private static int Ids(Receiver receiver) => receiver.All.Select(received => received.Id).Distinct().Count();

    private static bool Disabled(RunningGateway gateway, string endpoint) =>
        gateway
            .Services.GetRequiredService<IEndpointList>()
            .Find(TestSilo.Acme, new PageRequest(PageRequest.LimitMax))
            .Items.Any(card => card.Id == endpoint && card.Reason == DisabledReason.Gone);

    private static bool IsSettled(RunningGateway gateway, string endpoint) =>
        Counts(gateway, endpoint).Delivered == Events;

    private static NotificationCounts Counts(RunningGateway gateway, string endpoint) =>
        gateway.Services.GetRequiredService<IEndpointList>().Counts(TestSilo.Acme, new EndpointId(endpoint));

    private static Task Until(Func<bool> condition, string awaited) =>
        Awaited.Until(() => Task.FromResult(condition()), awaited);
}
