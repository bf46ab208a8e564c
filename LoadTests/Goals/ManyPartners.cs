using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.LoadTests.Scenarios;

namespace EcosystemSilo.LoadTests.Goals;

/// <summary>What it costs to have many partners: at every start, and whenever one is added.</summary>
internal static class ManyPartners
{
    public static readonly Goal Rate = new(
        "new-many",
        "new partners a second beside 100,000 partners against beside 2,000",
        Side.AtLeast,
        0.9,
        "x"
    );

    public static readonly Goal Ready = new(
        "ready-many",
        "start with 100,000 partners: ready later than with none by",
        Side.AtMost,
        3,
        "s"
    );

    public static async Task<IReadOnlyList<GoalResult>> Measure(Bench bench)
    {
        var count = bench.Extent.Activations;
        await using var few = await Contestant.Start(Contestant.Product, bench.Postgres);
        await using var many = await Contestant.Start(Contestant.Product, bench.Postgres);
        var gateway = (GatewayProcess)many.Server;
        await gateway.Stop();
        await ColdPartners.Register(gateway, count, done => bench.Tell($"many partners: {done}"));
        bench.Tell("many partners: lists and reactions read the past");
        await gateway.Start();
        await GrownJournal.AwaitReaders(gateway.ConnectionString);
        await using var none = new GatewayProcess("PostgreSql", await bench.Postgres.NewDatabase());
        await none.Start();
        var (manyStarts, noneStarts) = (new List<double>(), new List<double>());
        for (var round = 0; round < bench.Extent.Rounds; round++)
        {
            bench.Tell($"many partners: start {round + 1} of {bench.Extent.Rounds}");
            noneStarts.Add(await Growth.StartAgain(none));
            manyStarts.Add(await Growth.StartAgain(gateway));
        }

        await none.Stop();
        await bench.WarmUp(few);
        await bench.WarmUp(many);
        var (fewRuns, manyRuns) = (new List<Measurement>(), new List<Measurement>());
        for (var round = 0; round < bench.Extent.Rounds; round++)
        {
            fewRuns.Add(await bench.MeasureNew(few, round));
            manyRuns.Add(await bench.MeasureNew(many, round));
        }

        var (of, to) = (Throughput.Rate($"{count:n0} partners", manyRuns), Throughput.Rate("2,000 partners", fewRuns));
        return
        [
            Rate.Measured(
                Spread.Ratios(of.Values, to.Values),
                [of, to],
                $"from {count:n0} and 2,000 partners on; the rounds add to both"
            ),
            Ready.Measured(
                [.. manyStarts.Zip(noneStarts, (one, other) => one - other)],
                [new("many", "s", manyStarts), new("none", "s", noneStarts)],
                $"{count:n0} partners"
            ),
        ];
    }
}
