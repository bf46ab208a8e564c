namespace EcosystemSilo.LoadTests.Goals;

/// <summary>The table of goals, and how each group of them is measured.</summary>
internal static class AllGoals
{
    private static readonly IReadOnlyList<Group> Groups =
    [
        new(
            [Throughput.AgainstCrud, Throughput.AgainstNone, Throughput.Latency, Throughput.OnSqlite],
            Throughput.Measure
        ),
        new([HotPartner.Goal], async (bench, _) => [await HotPartner.Measure(bench)]),
        new([Activation.Speed, Activation.Memory], (bench, _) => Activation.Measure(bench)),
        new([Board.Time, Board.Size], (bench, _) => Board.MeasureSnapshot(bench)),
        new([Board.Delay, Board.Memory], (bench, _) => Board.MeasureViewers(bench)),
        new([Growth.Restart], async (bench, _) => [await Growth.MeasureRestart(bench)]),
        new([Growth.Rate], async (bench, _) => [await Growth.MeasureRate(bench)]),
    ];

    public static IEnumerable<Goal> All => Groups.SelectMany(group => group.Goals);

    /// <summary>Measures what was asked for, group by group; one that fails does not keep the others.</summary>
    public static async Task<(List<GoalResult> Results, List<string> Failures)> Measure(
        Bench bench,
        IReadOnlySet<Goal> wanted
    )
    {
        var (results, failures) = (new List<GoalResult>(), new List<string>());
        foreach (var group in Groups.Where(group => group.Goals.Any(wanted.Contains)))
        {
            try
            {
                results.AddRange((await group.Measure(bench, wanted)).Where(result => wanted.Contains(result.Goal)));
            }
            // The outermost loop: what went wrong is told beside what went well.
            catch (Exception fault)
            {
                failures.Add($"{string.Join(", ", group.Goals.Select(goal => goal.Name))}: {fault.Message}");
            }
        }

        return (results, failures);
    }

    private sealed record Group(
        IReadOnlyList<Goal> Goals,
        Func<Bench, IReadOnlySet<Goal>, Task<IReadOnlyList<GoalResult>>> Measure
    );
}
