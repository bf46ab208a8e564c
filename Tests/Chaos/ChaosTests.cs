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
    /// <summary>Twice at random, and twice at each crash point.</summary>
    private const int Kills = 10;

    [Theory]
    [InlineData("Sqlite", 1)]
    [InlineData("PostgreSql", 2)]
    public async Task KillingTheProcessAnywhere_LosesNothingAndDoublesNothing(string store, int seed)
    {
        var figures = await Run(new ChaosOptions(store, Kills, seed));

        figures.CommittedUnknown.ShouldBeGreaterThan(0, "the kills came at no interesting moment");
        figures.DeadlinesReached.ShouldBeGreaterThan(0, "no deadline came due");
        figures.Faults.Count.ShouldBeGreaterThan(3, "some crash points were never reached");
    }

    [Fact]
    public Task FaultsBetweenTheProcessAndItsDatabase_LoseNothingAndDoubleNothing() =>
        Run(
            new ChaosOptions("PostgreSql", 5, Seed: 3)
            {
                Faults = [Fault.Cut, Fault.DropReplies, Fault.RestartFast, Fault.Gone, Fault.RestartImmediate],
            }
        );

    [Fact]
    public Task AProcessThatIsPausedWhileAnotherWorks_CommitsNothingStale() =>
        Run(new ChaosOptions("PostgreSql", 2, Seed: 4) { Faults = [Fault.Pause], Processes = 2 });

    [Theory]
    [InlineData("Sqlite", 5)]
    [InlineData("PostgreSql", 6)]
    public Task AFullDisk_LosesNothingAndDoublesNothing(string store, int seed) =>
        Run(new ChaosOptions(store, 2, seed) { Faults = [Fault.DiskFull] });

    private async Task<ChaosFigures> Run(ChaosOptions options)
    {
        var figures = await ChaosRun.Of(options, postgres);
        output.WriteLine($"{figures with { Recoveries = [] }}, recovery at most {figures.Recovery(1):n0} ms");
        figures.Violations.ShouldBeEmpty($"{options.Store}, seed {options.Seed}");
        figures.Acknowledged.ShouldBeGreaterThan(options.PartnersPerRound);
        return figures;
    }
}
