using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.LoadTests.Scenarios;

namespace EcosystemSilo.LoadTests.Goals;

/// <summary>What a long past costs: at every start, and at every delivery.</summary>
internal static class Growth
{
    public static readonly Goal Restart = new(
        "restart",
        "restart with 1,000,000 events in the journal: ready later than with an empty one by",
        Side.AtMost,
        3,
        "s"
    );

    public static readonly Goal Rate = new(
        "growth",
        "webhooks a second at 2,000,000 events against 20,000",
        Side.AtLeast,
        0.9,
        "x"
    );

    private const int FewEvents = 20_000;

    public static async Task<GoalResult> MeasureRestart(Bench bench)
    {
        await using var empty = new GatewayProcess("PostgreSql", await bench.Postgres.NewDatabase());
        await empty.Start();
        await using var full = await Start(bench, "full", bench.Extent.Events);
        var (fullStarts, emptyStarts) = (new List<double>(), new List<double>());
        for (var round = 0; round < bench.Extent.Rounds; round++)
        {
            bench.Tell($"restart: round {round + 1} of {bench.Extent.Rounds}");
            emptyStarts.Add(await StartAgain(empty));
            fullStarts.Add(await StartAgain(full.Server));
        }

        return Restart.Measured(
            [.. fullStarts.Zip(emptyStarts, (one, other) => one - other)],
            [new("full", "s", fullStarts), new("empty", "s", emptyStarts)],
            $"{bench.Extent.Events:n0} events"
        );
    }

    public static async Task<GoalResult> MeasureRate(Bench bench)
    {
        await using var young = await Start(bench, "young", FewEvents);
        await using var grown = await Start(bench, "grown", bench.Extent.GrownEvents);
        var (manyRuns, fewRuns) = (new List<Measurement>(), new List<Measurement>());
        await bench.WarmUp(young);
        await bench.WarmUp(grown);
        for (var round = 0; round < bench.Extent.Rounds; round++)
        {
            fewRuns.Add(await bench.Measure(young, round));
            manyRuns.Add(await bench.Measure(grown, round));
        }

        Series[] series =
        [
            Throughput.Rate($"{bench.Extent.GrownEvents:n0} events", manyRuns),
            Throughput.Rate($"{FewEvents:n0} events", fewRuns),
        ];
        return Rate.Measured(
            Spread.Ratios(series[0].Values, series[1].Values),
            series,
            $"from {bench.Extent.GrownEvents:n0} and {FewEvents:n0} events on; the rounds add to both"
        );
    }

    /// <summary>The product on a journal with so many events, all of which its readers have seen.</summary>
    private static async Task<Contestant> Start(Bench bench, string name, int events)
    {
        bench.Tell($"{name}: a journal of {events:n0} events");
        var database = await bench.Postgres.NewDatabase();
        var gateway = new GatewayProcess("PostgreSql", database);
        var product = await Contestant.StartProduct(name, gateway, bench.Postgres);
        await GrownJournal.AwaitReaders(database);
        await gateway.Stop();
        await GrownJournal.Grow(gateway, events, done => bench.Tell($"{name}: {done}"));
        bench.Tell($"{name}: lists and reactions read the past");
        await gateway.Start();
        await GrownJournal.AwaitReaders(database);
        return product;
    }

    internal static async Task<double> StartAgain(ServerProcess server)
    {
        await server.Stop();
        return (await server.Start()).TotalSeconds;
    }
}
