using EcosystemSilo.LoadTests.Baselines;
using EcosystemSilo.LoadTests.Generator;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.LoadTests.Scenarios;
using Npgsql;

namespace EcosystemSilo.LoadTests.Goals;

/// <summary>
/// Samples of wearables: how fast they become durable, what they take on disk, how soon they are drawn.
/// </summary>
internal static class Streaming
{
    public static readonly Goal Rate = new(
        "samples",
        "wearable samples a second, durable, 2,500 a delivery",
        Side.AtLeast,
        100_000,
        "/s"
    );

    public static readonly Goal AgainstCopy = new(
        "copy",
        "wearable samples a second against binary COPY of the same rows",
        Side.AtLeast,
        0.4,
        "x"
    );

    public static readonly Goal Size = new(
        "sample-size",
        "a sample on disk: journal, blocks, figures and indexes",
        Side.AtMost,
        60,
        "B"
    );

    public static readonly Goal Series = new(
        "series",
        "a day of a person minute by minute among 100 million samples, p99",
        Side.AtMost,
        15,
        "ms"
    );

    public static readonly string[] Names = [Rate.Name, AgainstCopy.Name, Size.Name, Series.Name];

    private const int Callers = 16;
    private const int CopyConnections = 4;
    private const int Queries = 500;
    private const long SamplesOfManyPeople = 100_000_000;

    public static async Task<IReadOnlyList<GoalResult>> Measure(Bench bench)
    {
        var database = await bench.Postgres.NewDatabase();
        await using var gateway = new GatewayProcess("PostgreSql", database);
        foreach (var limit in new[] { "WebhooksPerSecond", "WebhooksBurst", "RestPerSecond", "RestBurst" })
        {
            gateway.Set($"RateLimits__{limit}", "1000000");
        }

        await gateway.Start();
        var traffic = new StreamTraffic(await gateway.CreateSource("health-connect"));
        await traffic.Connect(gateway, bench.Extent.Streams, bench.Tell);
        await GrownJournal.AwaitReaders(database);
        await using var store = NpgsqlDataSource.Create(database);
        var empty = await BytesOf(store);
        await using var peer = NpgsqlDataSource.Create(await bench.Postgres.NewDatabase());
        await using (var create = peer.CreateCommand(CopyPeer.Schema))
        {
            await create.ExecuteNonQueryAsync();
        }

        var (rates, copies, sent, copied) = (new List<double>(), new List<double>(), 0, 0);
        for (var round = -1; round < bench.Extent.Rounds; round++)
        {
            // The first is for the compiler.
            bench.Tell($"streams: round {round + 1} of {bench.Extent.Rounds}");
            var (rate, done) = await Send(bench, gateway, traffic, sent);
            sent += done;
            bench.Tell($"streams: copy {round + 1} of {bench.Extent.Rounds}");
            var (copy, stored) = await new CopyPeer(peer).Fill(
                CopyConnections,
                bench.Extent.Measured,
                copied,
                bench.Extent.Streams
            );
            copied += stored;
            if (round >= 0)
            {
                rates.Add(rate);
                copies.Add(copy);
            }
        }

        bench.Tell("streams: figures and blocks catch up");
        var since = TimeProvider.System.GetTimestamp();
        await GrownJournal.AwaitReaders(database);
        var behind = TimeProvider.System.GetElapsedTime(since);
        var held = (long)sent * StreamTraffic.SamplesOfADay;
        var bytes = (await BytesOf(store) - empty) / (double)held;
        var size = $"{held:n0} samples of {bench.Extent.Streams:n0} streams";
        var few = await Query(bench, gateway, sent);
        bench.Tell("streams: rows of 100 million samples");
        var grown = await GrownSamples.GrowTo(store, SamplesOfManyPeople, held);
        var times = await Query(bench, gateway, sent);
        return
        [
            Rate.Measured(
                rates,
                [new("samples", "/s", rates)],
                $"{Callers} callers; blocks and figures complete {behind.TotalSeconds:0.0} s after the last"
            ),
            AgainstCopy.Measured(
                Spread.Ratios(rates, copies),
                [new("product", "/s", rates), new("copy", "/s", copies)],
                $"{CopyConnections} connections"
            ),
            Size.Measured([bytes], [new("sample", "B", [bytes])], $"{size}, after VACUUM"),
            Series.Measured(
                [times.Percentile(99).TotalMilliseconds],
                [
                    new("p50", "ms", [times.Percentile(50).TotalMilliseconds]),
                    new("p99", "ms", [times.Percentile(99).TotalMilliseconds]),
                    new("p50 as sent", "ms", [few.Percentile(50).TotalMilliseconds]),
                    new("p99 as sent", "ms", [few.Percentile(99).TotalMilliseconds]),
                ],
                $"{Queries} days one after another; {size}, then rows copied to {grown:n0}"
            ),
        ];
    }

    /// <summary>Samples acknowledged a second, and how many deliveries were sent.</summary>
    private static async Task<(double PerSecond, int Sent)> Send(
        Bench bench,
        GatewayProcess gateway,
        StreamTraffic traffic,
        int first
    )
    {
        var sent = 0;
        var load = new Load(
            new Uri(gateway.Url),
            Callers,
            LoadLimits.RequestsMax,
            number =>
            {
                Interlocked.Increment(ref sent);
                return traffic.Delivery(first + number, bench.Extent.Streams);
            },
            "\"received\""u8.ToArray(),
            TimeSpan.Zero,
            bench.Extent.Measured
        );
        var result = await LoadRun.Send(load, TimeProvider.System);
        return result.Errors.Count == 0
            ? (result.PerSecond * StreamTraffic.SamplesOfADay, sent)
            : throw new InvalidOperationException($"{Measurement.Describe(result.Errors)}\n{gateway.Output}");
    }

    private static async Task<Histogram> Query(Bench bench, GatewayProcess gateway, int sent)
    {
        using var connection = new HttpConnection(Loopback.Require(new Uri(gateway.Url)));
        var times = new Histogram();
        var random = new Random(7);
        for (var number = -20; number < Queries; number++)
        {
            bench.Tell("streams: series");
            var request = StreamTraffic.Series(random.Next(Math.Min(sent, bench.Extent.Streams)));
            var since = TimeProvider.System.GetTimestamp();
            var status = await connection.Ask(request, CancellationToken.None);
            var took = TimeProvider.System.GetElapsedTime(since);
            // A day of points is some 100 KB; an empty answer would be quick and wrong.
            if (status != 200 || connection.BodyBytes < 10_000)
            {
                throw new InvalidOperationException(
                    $"The series was answered with {status}, {connection.BodyBytes} bytes."
                );
            }

            if (number >= 0)
            {
                times.Record(took);
            }
        }

        return times;
    }

    private static async Task<long> BytesOf(NpgsqlDataSource store)
    {
        await using var vacuum = store.CreateCommand("VACUUM");
        await vacuum.ExecuteNonQueryAsync();
        await using var size = store.CreateCommand(
            "SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class WHERE relkind = 'r' "
                + "AND relnamespace = current_schema()::regnamespace"
        );
        return (long)(await size.ExecuteScalarAsync())!;
    }
}
