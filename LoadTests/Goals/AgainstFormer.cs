using EcosystemSilo.LoadTests.Scenarios;

namespace EcosystemSilo.LoadTests.Goals;

/// <summary>Durable webhooks and their acknowledgements against a former build of the product, in turn.</summary>
internal static class AgainstFormer
{
    public static readonly Goal Rate = new(
        "former",
        "durable webhooks a second against the former build",
        Side.AtLeast,
        0.9,
        "x"
    );

    public static readonly Goal Latency = new(
        "former-latency",
        "p99 of the acknowledgement against the former build",
        Side.AtMost,
        1.15,
        "x"
    );

    public static async Task<IReadOnlyList<GoalResult>> Measure(Bench bench)
    {
        var (now, before) = (await bench.Warm(Contestant.Product), await bench.Warm(Contestant.Former));
        var (nowRuns, beforeRuns) = (new List<Measurement>(), new List<Measurement>());
        for (var round = 0; round < bench.Extent.Rounds; round++)
        {
            beforeRuns.Add(await bench.Measure(before, round));
            nowRuns.Add(await bench.Measure(now, round));
        }

        return
        [
            Judge(Rate, Throughput.Rate(now.Name, nowRuns), Throughput.Rate(before.Name, beforeRuns)),
            Judge(
                Latency,
                Throughput.Percentile99(now.Name, nowRuns),
                Throughput.Percentile99(before.Name, beforeRuns)
            ),
        ];
    }

    private static GoalResult Judge(Goal goal, Series of, Series to) =>
        goal.Measured(Spread.Ratios(of.Values, to.Values), [of, to]);
}
