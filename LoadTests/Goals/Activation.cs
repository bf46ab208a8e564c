using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.LoadTests.Scenarios;
using Npgsql;

namespace EcosystemSilo.LoadTests.Goals;

/// <summary>
/// Brings partners back into memory from their snapshots, each asked for by itself as in the product, against reading
/// the same rows with plain Npgsql; in this process, with the same number of callers. Then weighs what they hold beyond
/// their states.
/// </summary>
internal static class Activation
{
    public static readonly Goal Speed = new(
        "activation",
        "partners activated from snapshots, against reading the same rows with plain Npgsql",
        Side.AtLeast,
        0.5,
        "x"
    );

    public static readonly Goal Memory = new(
        "activation-memory",
        "memory of an active partner beyond its state",
        Side.AtMost,
        3_000,
        "B"
    );

    private const int Callers = 16;

    /// <summary>Partners activated before: blueprint, connections and code belong to no partner.</summary>
    private const int Outside = 100;

    public static async Task<IReadOnlyList<GoalResult>> Measure(Bench bench)
    {
        var count = bench.Extent.Activations;
        await using var gateway = new GatewayProcess("PostgreSql", await bench.Postgres.NewDatabase());
        await Prepare(bench, gateway, count);
        // One silo for compiling; what is measured after it is the work, not the compiler.
        await Activate(gateway, Math.Min(count, 10_000));
        var (activated, read, weights) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Math.Min(3, bench.Extent.Rounds); round++)
        {
            bench.Tell($"activation: round {round + 1}, {count:n0} partners");
            read.Add(await ReadPlainly(gateway.ConnectionString, count));
            var (perSecond, bytes) = await Activate(gateway, count);
            activated.Add(perSecond);
            weights.Add(bytes);
        }

        var note = $"{count:n0} partners, {Callers} callers";
        return
        [
            Speed.Measured(
                Spread.Ratios(activated, read),
                [new("activated", "/s", activated), new("plain Npgsql", "/s", read)],
                note
            ),
            Memory.Measured(weights, [new("bytes a partner", "B", weights)], note),
        ];
    }

    /// <summary>Partners as the product stores them, each with a snapshot of its newest version.</summary>
    private static async Task Prepare(Bench bench, GatewayProcess gateway, int count)
    {
        // Its start publishes the programs that partners are registered in.
        await gateway.Start();
        await gateway.Stop();
        await ColdPartners.Register(gateway, count, done => bench.Tell($"activation: {done}"));
        await using var source = NpgsqlDataSource.Create(gateway.ConnectionString);
        await using var analyze = source.CreateCommand("VACUUM ANALYZE");
        await analyze.ExecuteNonQueryAsync();
    }

    private static async Task<(double PerSecond, double BytesEach)> Activate(GatewayProcess gateway, int count)
    {
        await using var silo = await LocalSilo.Start(gateway);
        // The blueprint, the connections and the code belong to no partner.
        await Each(Outside, number => Read(silo, count - 1 - number));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var since = TimeProvider.System.GetTimestamp();
        await Each(count - Outside, number => Read(silo, number));
        var elapsed = TimeProvider.System.GetElapsedTime(since);
        var held = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)(count - Outside);
        var state = await StateBytes(silo, count);
        return ((count - Outside) / elapsed.TotalSeconds, held - state);
    }

    /// <summary>What a state itself takes, as objects: the same snapshot, read over and over.</summary>
    private static async Task<double> StateBytes(LocalSilo silo, int count)
    {
        var history = await silo.Journal.Load(ColdPartners.Key(0).ToString(), CancellationToken.None);
        var views = new PartnerView[Math.Min(count, 10_000)];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var number = 0; number < views.Length; number++)
        {
            views[number] = JsonSerializer.Deserialize<PartnerView>(history.Snapshot!.State.Span, Wire.Options)!;
        }

        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)views.Length;
        GC.KeepAlive(views);
        return bytes;
    }

    private static async Task<double> ReadPlainly(string database, int count)
    {
        var settings = new NpgsqlConnectionStringBuilder(database)
        {
            MaxAutoPrepare = 8,
            AutoPrepareMinUsages = 2,
            MaxPoolSize = Callers,
            NoResetOnClose = true,
        };
        await using var source = NpgsqlDataSource.Create(settings);
        var since = TimeProvider.System.GetTimestamp();
        await Each(
            count,
            async number =>
            {
                await using var command = source.CreateCommand(
                    "SELECT version, shape, state FROM snapshots WHERE grain = $1"
                );
                command.Parameters.Add(
                    new NpgsqlParameter<string> { TypedValue = ColdPartners.Key(number).ToString() }
                );
                await using var row = await command.ExecuteReaderAsync();
                await row.ReadAsync();
                _ = (row.GetInt64(0), row.GetInt32(1), row.GetFieldValue<byte[]>(2).Length);
            }
        );
        return count / TimeProvider.System.GetElapsedTime(since).TotalSeconds;
    }

    private static Task Each(int count, Func<int, ValueTask> work) =>
        Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = Callers },
            (number, _) => work(number)
        );

    private static async ValueTask Read(LocalSilo silo, int number) =>
        await silo.Read<PartnerView>(ColdPartners.Key(number));
}
