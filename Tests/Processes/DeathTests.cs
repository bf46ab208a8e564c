using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Processes;

/// <summary>Processes die and hang under load; whoever asks again, and whoever watches, comes out right.</summary>
[Collection<AloneCollection>]
public sealed class DeathTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const int Families = 120;
    private const int Callers = 48;
    private const int Viewers = 6;
    private static readonly string[] Items = ["welcome-package", "kickoff-meeting", "master-agreement"];

    private readonly ConcurrentDictionary<string, long> _acknowledged = new(StringComparer.Ordinal);
    private int _failures;

    [Fact]
    public async Task OneProcessKilledAndOneStopped_LoseNothing_DoubleNothing_AndOpenBoardsConverge()
    {
        await using var cluster = await GatewayCluster.Start(await postgres.NewDatabase(), count: 3);
        // Told apart by their cookies, so that the proxy spreads them over the processes.
        var viewers = Enumerable
            .Range(0, Viewers)
            .Select(number => new ReconnectingViewer(cluster.Proxy.Url, "acme", "partners", $"viewer={number}"))
            .ToList();
        await Task.WhenAll(viewers.Select(viewer => viewer.Connected()));
        using var client = cluster.Client();
        client.Timeout = TimeSpan.FromSeconds(20);
        using var slots = new SemaphoreSlim(Callers);

        var load = Task.WhenAll(Enumerable.Range(0, Families).Select(number => Send(client, slots, number)));
        var holder = await HolderOf(cluster, "reactions");
        var stopped = cluster.Processes.First(process => process != holder);
        await Acknowledged(Families);
        await holder.Kill();
        var took = await UntilAnotherHoldsReactions(cluster, holder);
        await Acknowledged(Families * 2);
        await Signal(stopped, "STOP");
        await GivenUp(cluster, count: 2);
        await Signal(stopped, "CONT");
        await holder.Start();
        // It finds that out and ends, and is started again as a supervisor would.
        await stopped.Exited.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        stopped.ExitCode.ShouldBe(ExitCodes.GivenUp);
        await stopped.Start();
        await load.WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);

        await ReactionsSettled(cluster);
        (await ProcessStories.Violations(cluster.ConnectionString)).ShouldBeEmpty();
        (await Missing(cluster)).ShouldBeEmpty("an acknowledged command is not in the journal");
        var newest = await Boards.Agree(cluster.Processes);
        await Task.WhenAll(viewers.Select(viewer => viewer.Until(board => Boards.Text(board) == newest)));
        output.WriteLine(
            $"{_acknowledged.Count} commands acknowledged, {_failures} tries failed, lost 0, doubled 0; reactions went on "
                + $"{took.TotalSeconds:f1} s after their process was killed; {Viewers} open boards connected "
                + $"{viewers.Sum(viewer => viewer.Connections)} times"
        );
        await Task.WhenAll(viewers.Select(viewer => viewer.DisposeAsync().AsTask()));
    }

    /// <summary>A partner, its checklist and a deal; each is asked for until it is taken, under one key.</summary>
    private async Task Send(HttpClient client, SemaphoreSlim slots, int number)
    {
        var partner = $"p-{number}";
        await Take(client, slots, "/api/acme/partners", ProcessStories.Partner(partner), $"register-{number}");
        var rest = Items.Select(item =>
            Take(client, slots, $"/api/acme/partners/{partner}/checklist/{item}/complete", null, $"{item}-{number}")
        );
        // Every fourth customer is wanted by several.
        var deal = ProcessStories.Deal($"d-{number}", partner, $"hospital-{number % (Families * 3 / 4)}.org");
        await Task.WhenAll(rest.Append(Take(client, slots, "/api/acme/deals", deal, $"deal-{number}")));
    }

    private async Task Take(HttpClient client, SemaphoreSlim slots, string path, object? body, string key)
    {
        await slots.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            while (!await Try(client, path, body, key))
            {
                Interlocked.Increment(ref _failures);
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<bool> Try(HttpClient client, string path, object? body, string key)
    {
        try
        {
            using var answer = await client.Post(path, body, key);
            if (answer.IsSuccessStatusCode)
            {
                _acknowledged[key] = ProcessStories.Version(answer);
                return true;
            }

            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            ((int)answer.StatusCode).ShouldBeGreaterThanOrEqualTo(500, $"{path} {key}: {text}");
            return false;
        }
        catch (Exception cut) when (cut is HttpRequestException or SocketException or TaskCanceledException)
        {
            return false;
        }
    }

    private async Task Acknowledged(int count) =>
        await Awaited.Until(() => Task.FromResult(_acknowledged.Count >= count), $"{count} acknowledgements");

    /// <summary>Acknowledged ids that the inbox does not have at the version that was acknowledged.</summary>
    private async Task<List<string>> Missing(GatewayCluster cluster)
    {
        var kept = await ProcessStories.Sql(
            cluster.ConnectionString,
            "SELECT id || ' ' || version FROM inbox WHERE scope = 'acme/caller/key:bootstrap'"
        );
        return [.. _acknowledged.Select(pair => $"{pair.Key} {pair.Value}").Except(kept, StringComparer.Ordinal)];
    }

    private static async Task<GatewayProcess> HolderOf(GatewayCluster cluster, string lease)
    {
        var holder = (
            await ProcessStories.Sql(cluster.ConnectionString, $"SELECT holder FROM leases WHERE name = '{lease}'")
        ).Single();
        return cluster.Processes.Single(process => holder.Split('/')[^2] == $"{process.Id}");
    }

    private static async Task<TimeSpan> UntilAnotherHoldsReactions(GatewayCluster cluster, GatewayProcess dead)
    {
        var since = TimeProvider.System.GetTimestamp();
        var before = await Holders(cluster);
        await Awaited.Until(
            async () => (await Holders(cluster)).Except(before, StringComparer.Ordinal).Any(),
            $"another process than {dead.Url} to hand reactions on"
        );
        return TimeProvider.System.GetElapsedTime(since);
    }

    private static Task<List<string>> Holders(GatewayCluster cluster) =>
        ProcessStories.Sql(cluster.ConnectionString, "SELECT holder FROM leases WHERE name = 'reactions'");

    /// <summary>The members that still answer have given so many others up.</summary>
    private static async Task GivenUp(GatewayCluster cluster, int count) =>
        await Awaited.Until(
            async () =>
                (
                    await ProcessStories.Sql(
                        cluster.ConnectionString,
                        $"SELECT count(*) FROM OrleansMembershipTable WHERE Status = {(int)SiloStatus.Dead}"
                    )
                ).Single() == $"{count}",
            $"{count} members to be given up"
        );

    /// <summary>Every registered deal has claimed its account and knows the answer.</summary>
    private static async Task ReactionsSettled(GatewayCluster cluster) =>
        await Awaited.Until(
            async () =>
                (
                    await ProcessStories.Sql(
                        cluster.ConnectionString,
                        "SELECT count(*) FROM events WHERE name IN ('deal.protected', 'deal.queued')"
                    )
                ).Single() == $"{Families}",
            "every deal to know its account"
        );

    private static async Task Signal(GatewayProcess process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }
}
