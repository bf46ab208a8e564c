namespace EcosystemSilo.LoadTests.Goals;

/// <summary>The table of goals, and how each group of them is measured.</summary>
internal static class AllGoals
{
    private static readonly IReadOnlyList<Group> Groups =
    [
        new(
            [Throughput.AgainstCrud, Throughput.AgainstNone, Throughput.Latency, Throughput.OnSqlite],
            extent => Seconds(60) + (4 * (extent.WarmUp + Runs(extent))),
            Throughput.Measure
        ),
        new(
            [AgainstFormer.Rate, AgainstFormer.Latency],
            extent => Seconds(30) + (2 * (extent.WarmUp + Runs(extent))),
            (bench, _) => AgainstFormer.Measure(bench)
        ),
        new(
            [NewPartners.AgainstCrud, NewPartners.AgainstFormer],
            extent => Seconds(60) + (3 * ((1.5 * extent.WarmUp) + Runs(extent))),
            NewPartners.Measure
        ),
        new(
            [ManyPartners.Rate, ManyPartners.Ready],
            extent => Seconds(60 + (extent.Activations / 700.0)) + (2 * (extent.WarmUp + Runs(extent))),
            (bench, _) => ManyPartners.Measure(bench)
        ),
        new([HotPartner.Goal], extent => 2 * Runs(extent), async (bench, _) => [await HotPartner.Measure(bench)]),
        new(
            [Activation.Speed, Activation.Memory],
            extent => Seconds(20 + (extent.Activations / 700.0)),
            (bench, _) => Activation.Measure(bench)
        ),
        new([Board.Time, Board.Size], _ => Seconds(10), (bench, _) => Board.Measure(bench)),
        new(
            [Viewing.Delay, Viewing.Memory],
            extent => Seconds(20 + (extent.Viewers / 50.0)) + extent.Viewing,
            (bench, _) => Viewing.Measure(bench)
        ),
        new(
            [Streaming.Rate, Streaming.AgainstCopy, Streaming.Size, Streaming.Series],
            extent => Seconds(30 + (extent.Streams / 200.0)) + (2 * (extent.Rounds + 1) * extent.Measured),
            (bench, _) => Streaming.Measure(bench)
        ),
        new(
            [Growth.Restart],
            extent => Seconds(30 + (extent.Rounds * 8) + (extent.Events / 12_000.0)),
            async (bench, _) => [await Growth.MeasureRestart(bench)]
        ),
        new(
            [Growth.Rate],
            extent => Seconds(60 + (extent.GrownEvents / 12_000.0)) + (2 * (extent.WarmUp + Runs(extent))),
            async (bench, _) => [await Growth.MeasureRate(bench)]
        ),
    ];

    /// <summary>Those that are measured only beside a former build.</summary>
    public static IReadOnlyList<Goal> NeedFormer { get; } =
    [AgainstFormer.Rate, AgainstFormer.Latency, NewPartners.AgainstFormer];

    public static IEnumerable<Goal> All => Groups.SelectMany(group => group.Goals);

    /// <summary>Measures what was asked for, group by group; one that fails does not keep the others.</summary>
    public static async Task<(List<GoalResult> Results, List<string> Failures)> Measure(
        Bench bench,
        IReadOnlySet<Goal> wanted,
        Action<string, TimeSpan> done
    )
    {
        var (results, failures) = (new List<GoalResult>(), new List<string>());
        foreach (var group in Groups.Where(group => group.Goals.Any(wanted.Contains)))
        {
            var names = string.Join(", ", group.Goals.Select(goal => goal.Name));
            var since = TimeProvider.System.GetTimestamp();
            try
            {
                results.AddRange((await group.Measure(bench, wanted)).Where(result => wanted.Contains(result.Goal)));
            }
            // The outermost loop: what went wrong is told beside what went well.
            catch (Exception fault)
            {
                failures.Add($"{names}: {fault.Message}");
            }

            done(names, TimeProvider.System.GetElapsedTime(since));
        }

        return (results, failures);
    }

    /// <summary>How long that takes.</summary>
    public static TimeSpan Takes(Extent extent, IReadOnlySet<Goal> wanted) =>
        Groups
            .Where(group => group.Goals.Any(wanted.Contains))
            .Aggregate(TimeSpan.Zero, (sum, group) => sum + group.Takes(extent));

    /// <summary>The rounds of one contestant, each with the signing of its deliveries.</summary>
    private static TimeSpan Runs(Extent extent) => extent.Rounds * (extent.Measured + Seconds(3));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <param name="Takes">Starting, filling and measuring, as measured on two busy cores.</param>
    private sealed record Group(
        IReadOnlyList<Goal> Goals,
        Func<Extent, TimeSpan> Takes,
        Func<Bench, IReadOnlySet<Goal>, Task<IReadOnlyList<GoalResult>>> Measure
    );
}
