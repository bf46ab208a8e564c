using EcosystemSilo.LoadTests.Scenarios;

namespace EcosystemSilo.LoadTests.Goals;

/// <summary>All callers at one partner's deal, against the same load spread over all.</summary>
internal static class HotPartner
{
    public static readonly Goal Goal = new(
        "hot",
        "one hot partner against the same load spread over 2,000",
        Side.AtLeast,
        0.5,
        "x"
    );

    public static async Task<GoalResult> Measure(Bench bench)
    {
        var product = await bench.Warm(Contestant.Product);
        var (hot, spread) = (new List<Measurement>(), new List<Measurement>());
        for (var round = 0; round < bench.Extent.Rounds; round++)
        {
            spread.Add(await bench.Measure(product, round));
            hot.Add(await bench.Measure(product, round, deals: 1));
        }

        Series[] series = [Throughput.Rate("one hot", hot), Throughput.Rate("spread", spread)];
        return Goal.Measured(Spread.Ratios(series[0].Values, series[1].Values), series);
    }
}
