using EcosystemSilo.LoadTests.Chaos;
using EcosystemSilo.LoadTests.Chaos.Audit;
using EcosystemSilo.LoadTests.Chaos.Hooks;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Chaos;

/// <summary>An audit that finds nothing is worth something only if it would have found these, by their names.</summary>
[Collection<AloneCollection>]
public sealed class PlantedBugTests
{
    [Theory]
    [InlineData(nameof(Bug.AcknowledgeBeforeCommit), nameof(Finding.AcknowledgedIsLost), 1)]
    [InlineData(nameof(Bug.SkipVersionCheck), nameof(Finding.DecidedOnStaleState), 2)]
    [InlineData(nameof(Bug.SkipDedupe), nameof(Finding.EffectIsDoubled), 1)]
    [InlineData(nameof(Bug.SwapEvents), nameof(Finding.EventsAreOutOfOrder), 1)]
    [InlineData(nameof(Bug.DropDeadline), nameof(Finding.DeadlineIsLost), 1)]
    [InlineData(nameof(Bug.SkipPosition), nameof(Finding.ReaderSkippedAnEvent), 1)]
    [InlineData(nameof(Bug.LoseRow), nameof(Finding.BoardDiffers), 1)]
    [InlineData(nameof(Bug.IgnoreBody), nameof(Finding.ReusedIdIsTaken), 1)]
    public async Task APlantedBug_IsFoundAndNamed(string bug, string finding, int processes)
    {
        var options = new ChaosOptions("Sqlite", 1, Seed: 1)
        {
            HasCrashPoints = false,
            // Two processes must come to decide on the same grain at the same moment, which takes some tries.
            PartnersPerRound = processes == 1 ? 20 : 120,
            Processes = processes,
            Bug = Enum.Parse<Bug>(bug),
            RestMax = TimeSpan.FromSeconds(3),
        };

        var figures = await ChaosRun.Of(options);

        figures
            .Findings.Select(found => found.ToString())
            .ShouldContain(finding, string.Join('\n', figures.Violations));
    }
}
