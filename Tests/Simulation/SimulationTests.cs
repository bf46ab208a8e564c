using System.Diagnostics;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Simulation;

/// <summary>
/// The promises hold in simulated years full of faults. A seed is one execution: when one fails, the message names it,
/// and SIM_SEED=n runs that one alone. SIM_SEEDS=n runs more or fewer than usual; SIM_MIX=partners leaves all out but
/// partners and deals.
/// </summary>
[Collection(typeof(AloneCollection))]
public sealed class SimulationTests
{
    /// <summary>As many as the suite has a minute for.</summary>
    private const int SeedsUsually = 6;

    /// <summary>Each seed stays on one thread; several seeds share the machine.</summary>
    private const int SeedsAtOnce = 2;

    /// <summary>Most bugs show in the first year, the rarest in the first few.</summary>
    private const int YearsForABug = 20;

    private static readonly TimeSpan Year = TimeSpan.FromDays(365);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    private static readonly int? OneSeed = Setting("SIM_SEED");

    private static readonly Mix TheMix = Environment.GetEnvironmentVariable("SIM_MIX") is "partners"
        ? Mix.Partners
        : Mix.Everything;

    [Fact]
    public void InEveryYear_ThePromisesHold()
    {
        int[] seeds = OneSeed is { } seed ? [seed] : [.. Enumerable.Range(1, Setting("SIM_SEEDS") ?? SeedsUsually)];
        var started = Stopwatch.GetTimestamp();

        var ends = seeds
            .AsParallel()
            .WithDegreeOfParallelism(SeedsAtOnce)
            .Select(seed => World.Run(seed, Year, TheMix))
            .ToList();

        var minutes = Stopwatch.GetElapsedTime(started).TotalMinutes;
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{ends.Count} simulated years in {minutes:0.00} minutes: {ends.Count / minutes:0} years a minute. "
                + $"{ends.Sum(end => end.Events)} events, {ends.Sum(end => end.Calls)} commands sent, "
                + $"{ends.Sum(end => end.Steps)} steps; {Faults(ends)}."
        );
        ends.Where(end => end.Violations.Count > 0).OrderBy(end => end.Seed).Select(Tell).ShouldBeEmpty();
    }

    [Fact]
    public void ASeed_IsOneExecution()
    {
        var first = World.Run(seed: 7, Month, Mix.Everything);
        var again = World.Run(seed: 7, Month, Mix.Everything);
        var other = World.Run(seed: 8, Month, Mix.Everything);

        again.Trace.ShouldBe(first.Trace);
        other.Trace.ShouldNotBe(first.Trace);
    }

    /// <summary>A simulation that finds nothing may be blind; these are bugs that it must see and name.</summary>
    [Fact]
    public void EveryBugInTheJournal_IsFound()
    {
        var missed = Enum.GetValues<PlantedBug>()
            .AsParallel()
            .WithDegreeOfParallelism(SeedsAtOnce)
            .Select(bug => (Bug: bug, Found: FirstSignsOf(bug)))
            .Where(one => one.Found is null || !one.Found.Violations.Any(sign => IsNamed(one.Bug, sign)))
            .Select(one => $"{one.Bug}: {(one.Found is null ? "no sign of it" : Tell(one.Found))}")
            .ToList();

        missed.ShouldBeEmpty();
    }

    /// <summary>The first year in which something is wrong; null when all go by as if nothing were.</summary>
    private static WorldEnd? FirstSignsOf(PlantedBug bug)
    {
        var found = Enumerable
            .Range(1, YearsForABug)
            .Select(seed => World.Run(seed, Year, TheMix, PlantedJournal.With(bug, seed)))
            .FirstOrDefault(end => end.Violations.Count > 0);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{bug}: year {found?.Seed}, the first of {found?.Violations.Count} signs: "
                + found?.Violations[0].Split('\n')[0]
        );
        return found;
    }

    private static bool IsNamed(PlantedBug bug, string sign)
    {
        string[] names = bug switch
        {
            PlantedBug.AcknowledgeBeforeCommit => ["promise 1: c-"],
            PlantedBug.ForgetCommandIds or PlantedBug.ForgetCommandIdsOfOthers => ["promise 2: "],
            PlantedBug.RefuseByOldState => ["promise 3: c-"],
            // Or a grain came into being twice, and cannot be read any more.
            PlantedBug.IgnoreVersions => ["promise 1: c-", "promise 3: ", "cannot apply"],
            PlantedBug.SwapEvents or PlantedBug.SaveCheckpointsAhead => ["promise 6: "],
            PlantedBug.DropDeadlines => ["promise 5: a deadline is lost", "and never became overdue"],
            PlantedBug.ForgetParkedFollowUps => ["promise 4: "],
            PlantedBug.KeepDeadlinesParked => ["promise 5: "],
            PlantedBug.DeliverDeadlinesEarly => ["came early"],
            PlantedBug.SkipPositions => ["promise 4: ", "positions have no gaps"],
            _ => throw new InvalidOperationException($"Nothing is known of {bug}."),
        };
        return Array.Exists(names, sign.Contains);
    }

    private static string Tell(WorldEnd end) =>
        $"SIM_SEED={end.Seed}: {end.Violations.Count} violations:{Environment.NewLine}"
        + string.Join(Environment.NewLine, end.Violations.Take(10));

    private static string Faults(IEnumerable<WorldEnd> ends) =>
        string.Join(
            ", ",
            ends.SelectMany(end => end.Faults)
                .GroupBy(fault => fault.Key, fault => fault.Value)
                .Select(fault => $"{fault.Sum()} {fault.Key}")
        );

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text) : null;
}
