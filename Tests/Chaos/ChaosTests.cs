using EcosystemSilo.LoadTests.Chaos;
using EcosystemSilo.LoadTests.Chaos.Faults;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Chaos;

/// <summary>
/// The service is killed and starved under load, again and again on one journal; then the journal is audited by SQL.
/// The long run is <c>LoadTests chaos</c>.
/// </summary>
[Collection<AloneCollection>]
public sealed class ChaosTests(PostgresServer postgres, ITestOutputHelper output)
{
    /// <summary>Partners a round where no crash point has to be met by chance.</summary>
    private const int Few = 20;

    /// <summary>At random, and at each crash point.</summary>
    private const int Kills = 5;

    [Fact]
    public async Task KillingTheProcessAnywhere_LosesNothingAndDoublesNothing()
    {
        // At the same time, because most of a run is waiting for processes to start.
        var runs = await Task.WhenAll(
            Run(new ChaosOptions("Sqlite", Kills, Seed: 1)),
            Run(new ChaosOptions("PostgreSql", Kills, Seed: 2))
        );

        foreach (var figures in runs)
        {
            figures.CommittedUnknown.ShouldBeGreaterThan(0, "the kills came at no interesting moment");
            figures.DeadlinesReached.ShouldBeGreaterThan(0, "no deadline came due");
            figures.Faults.Count.ShouldBeGreaterThan(2, "some crash points were never reached");
        }
    }

    [Fact]
    public Task FaultsBetweenTheProcessAndItsDatabase_LoseNothingAndDoubleNothing() =>
        Run(
            new ChaosOptions("PostgreSql", 5, Seed: 3)
            {
                PartnersPerRound = Few,
                Faults = [Fault.Cut, Fault.DropReplies, Fault.RestartFast, Fault.Gone, Fault.RestartImmediate],
            }
        );

    /// <summary>PostgreSQL has the number of connections that it has unless somebody raises it.</summary>
    [Fact]
    public async Task SilosAndGatewaysThatDieHangAndAreCutOff_LoseNothingAndDoubleNothing()
    {
        await using var small = new PostgresServer { Connections = SiloCluster.ConnectionsUsual };
        var last = PrivateNetwork.Problem is null ? Fault.CutFromDatabase : Fault.KillGateway;

        await Run(
            new ChaosOptions("PostgreSql", 2, Seed: 4)
            {
                Faults = [Fault.Pause, last],
                HasCrashPoints = false,
                PartnersPerRound = Few,
                Silos = SiloCluster.SilosUsual,
                Gateways = SiloCluster.GatewaysUsual,
            },
            small
        );
    }

    [Fact]
    public Task AFullDisk_LosesNothingAndDoublesNothing() =>
        Task.WhenAll(
            Run(new ChaosOptions("Sqlite", 2, Seed: 5) { Faults = [Fault.DiskFull] }),
            Run(new ChaosOptions("PostgreSql", 1, Seed: 6) { Faults = [Fault.DiskFull] })
        );

    private async Task<ChaosFigures> Run(ChaosOptions options, PostgresServer? server = null)
    {
        var figures = await ChaosRun.Of(options, server ?? postgres);
        output.WriteLine($"{figures}, recovery at most {figures.RecoveryMax:n0} ms");
        figures.Violations.ShouldBeEmpty($"{options.Store}, seed {options.Seed}");
        figures.Acknowledged.ShouldBeGreaterThan(options.PartnersPerRound);
        return figures;
    }
}
