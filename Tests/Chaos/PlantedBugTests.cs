using System.Collections.Concurrent;
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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Few enough that two cores carry their processes, as most of a run is waiting.</summary>
    private const int BugsAtOnce = 3;

    private static readonly (Bug Bug, Finding Name)[] Bugs =
    [
        // Its commands fail until the run's patience is over, so it begins first.
        (Bug.SwapEvents, Finding.EventsAreOutOfOrder),
        (Bug.AcknowledgeBeforeCommit, Finding.AcknowledgedIsLost),
        (Bug.SkipVersionCheck, Finding.DecidedOnStaleState),
        (Bug.SkipDedupe, Finding.EffectIsDoubled),
        (Bug.DropDeadline, Finding.DeadlineIsLost),
        (Bug.SkipPosition, Finding.ReaderSkippedAnEvent),
        (Bug.LoseRow, Finding.BoardDiffers),
        (Bug.IgnoreBody, Finding.ReusedIdIsTaken),
    ];

    [Fact]
    public async Task EveryPlantedBug_IsFoundAndNamed()
    {
        var missed = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(
            Bugs,
            new ParallelOptions { MaxDegreeOfParallelism = BugsAtOnce },
            async (planted, _) =>
            {
                var figures = await Run(planted.Bug);
                if (!figures.Findings.Contains(planted.Name))
                {
                    missed.Add($"{planted.Bug} is not called {planted.Name}: {string.Join('\n', figures.Violations)}");
                }
            }
        );

        missed.ShouldBeEmpty();
    }

    private static Task<ChaosFigures> Run(Bug bug) =>
        ChaosRun.Of(
            new ChaosOptions("Sqlite", 1, Seed: 1)
            {
                HasCrashPoints = false,
                PartnersPerRound = 20,
                Bug = bug,
                RoundMax = Patience,
                RestMax = TimeSpan.FromSeconds(3),
            }
        );
}
