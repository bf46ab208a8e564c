using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Membership;

/// <summary>Real silos on a real PostgreSQL.</summary>
public sealed class ClusterTests(PostgresServer postgres)
{
    [Fact]
    public async Task TwoSilosAndAClient_SeeEachOther_UntilOneStops()
    {
        await using var cluster = await ClusterHosts.Create(postgres);
        var first = await cluster.StartSilo();
        var second = await cluster.StartSilo();
        var client = await cluster.StartClient();
        await Connected(client);

        foreach (var host in new[] { first, second, client })
        {
            await Sees(host, ClusterHosts.AddressOf(first), SiloStatus.Active);
            await Sees(host, ClusterHosts.AddressOf(second), SiloStatus.Active);
        }

        await second.StopAsync();

        await Sees(first, ClusterHosts.AddressOf(second), SiloStatus.Dead);
        await Sees(client, ClusterHosts.AddressOf(second), SiloStatus.Dead);
    }

    [Fact]
    public async Task ASilo_LeavesSignsOfLife_AndIsFresh()
    {
        await using var cluster = await ClusterHosts.Create(postgres);
        var silo = await cluster.StartSilo();
        var last = await cluster.Find<DateTime>("SELECT IAmAliveTime FROM OrleansMembershipTable");

        await Awaited.Until(
            async () => await cluster.Find<DateTime>("SELECT IAmAliveTime FROM OrleansMembershipTable") > last,
            "a later sign of life"
        );

        silo.Services.GetRequiredService<IMembershipView>().IsFresh.ShouldBeTrue();
    }

    [Fact]
    public async Task SilosThatHaveLongBeenDead_AreRemoved_AndOthersStay()
    {
        await using var cluster = await ClusterHosts.Create(postgres);
        await cluster.Execute("INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES ('ecosystemsilo')");
        await cluster.Execute(Row(port: 1, status: 6, age: "3 days"));
        await cluster.Execute(Row(port: 2, status: 6, age: "3 minutes"));
        await cluster.Execute(Row(port: 3, status: 2, age: "10 seconds"));

        await cluster.StartSilo();

        await Awaited.Until(
            async () => await cluster.Find<long>("SELECT count(*) FROM OrleansMembershipTable WHERE Port = 1") == 0,
            "the removal of a silo that has been dead for days"
        );
        (await cluster.Find<long>("SELECT count(*) FROM OrleansMembershipTable WHERE Port IN (2, 3)")).ShouldBe(2);
    }

    [Fact]
    public async Task ASiloThatReplacesKilledOnes_DoesNotWaitForThemLong()
    {
        await using var cluster = await ClusterHosts.Create(postgres);
        await cluster.Execute("INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES ('ecosystemsilo')");
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await cluster.Execute(Row(ClusterHosts.FreePort(), status: 3, age: "0 seconds"));
        }
        var since = TimeProvider.System.GetTimestamp();

        await Task.WhenAll(cluster.StartSilo(), cluster.StartSilo());

        TimeProvider.System.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromSeconds(20));
        (await cluster.Find<long>("SELECT count(*) FROM OrleansMembershipTable WHERE Status = 3")).ShouldBe(2);
    }

    [Fact]
    public async Task ASiloThatTheOthersGaveUp_EndsWithItsOwnExitCode()
    {
        await using var cluster = await ClusterHosts.Create(postgres);
        var ended = new TaskCompletionSource<int>();
        var silo = await cluster.StartSilo(end: code => ended.TrySetResult(code));
        var view = silo.Services.GetRequiredService<IMembershipView>();

        await cluster.Execute(
            "UPDATE OrleansMembershipVersionTable SET Version = Version + 1; UPDATE OrleansMembershipTable SET Status = 6"
        );

        (await ended.Task.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe(ExitCodes.GivenUp);
        view.IsFresh.ShouldBeFalse();
    }

    [Fact]
    public async Task AClient_StartsWithoutSilos_AndConnectsWhenOneComes()
    {
        await using var cluster = await ClusterHosts.Create(postgres);
        var client = await cluster.StartClient();
        var link = client.Services.GetRequiredService<IClusterLink>();
        link.IsConnected.ShouldBeFalse();

        var silo = await cluster.StartSilo();
        await Connected(client);

        await Sees(client, ClusterHosts.AddressOf(silo), SiloStatus.Active);

        await silo.StopAsync();
        await Awaited.Until(() => Task.FromResult(!link.IsConnected), "the client's notice that its only silo is gone");

        await cluster.StartSilo();
        await Connected(client);
    }

    [Fact]
    public async Task AClientThatNeverConnects_StopsAtOnce()
    {
        await using var cluster = await ClusterHosts.Create(postgres);
        var client = await cluster.StartClient();

        await client.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(10)).Token);

        client.Services.GetRequiredService<IClusterLink>().IsConnected.ShouldBeFalse();
    }

    [Fact]
    public async Task APortThatIsTaken_IsRefusedWithTheNameOfItsSetting()
    {
        await using var cluster = await ClusterHosts.Create(postgres);
        var taken = ClusterHosts.Place(ClusterRole.Silo);
        await cluster.StartSilo(taken);

        var silo = ClusterHosts.Place(ClusterRole.Silo);
        silo.SiloPort = taken.SiloPort;
        var gateway = ClusterHosts.Place(ClusterRole.Silo);
        gateway.GatewayPort = taken.GatewayPort;

        (await Should.ThrowAsync<ClusterPortException>(() => cluster.StartSilo(silo))).Message.ShouldBe(
            $"Cluster__SiloPort={taken.SiloPort} cannot be opened on 127.0.0.1: another process on this machine uses it."
        );
        (await Should.ThrowAsync<ClusterPortException>(() => cluster.StartSilo(gateway))).Message.ShouldBe(
            $"Cluster__GatewayPort={taken.GatewayPort} cannot be opened on 127.0.0.1: another process on this machine uses it."
        );
    }

    private static Task Connected(IHost client) =>
        Awaited.Until(
            () => Task.FromResult(client.Services.GetRequiredService<IClusterLink>().IsConnected),
            "the client's connection to a silo"
        );

    private static Task Sees(IHost host, SiloAddress silo, SiloStatus status) =>
        Awaited.Until(
            async () => (await ClusterHosts.Members(host)).GetValueOrDefault(silo) == status,
            $"{silo} to be {status}"
        );

    /// <summary>That of a silo that started a while ago.</summary>
    private static int Generation => SiloAddress.AllocateNewGeneration() - 100;

    private static string Row(int port, int status, string age) =>
        $"""
            INSERT INTO OrleansMembershipTable VALUES ('ecosystemsilo', '127.0.0.1', {port}, {Generation},
            'silo{port}', 'host', {status}, 0, null, now() - interval '{age}', now() - interval '{age}')
            """;
}
