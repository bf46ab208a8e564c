using System.Globalization;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Journal;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.LoadTests.Scenarios;
using Npgsql;

namespace EcosystemSilo.LoadTests.Goals;

/// <summary>
/// Brings partners back into memory from their snapshots, one read each, against reading the same rows with plain
/// Npgsql; in this process, with the same number of callers. Then weighs what they hold beyond their states.
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
        2_500,
        "B"
    );

    private const int Callers = 16;
    private const string Template = "acme/partner/load-p-0000";

    public static async Task<IReadOnlyList<GoalResult>> Measure(Bench bench)
    {
        var count = bench.Extent.Activations;
        var database = await Prepare(bench, count);
        // One silo for compiling; what is measured after it is the work, not the compiler.
        await Activate(database, Math.Min(count, 10_000));
        var (activated, read, weights) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Math.Min(3, bench.Extent.Rounds); round++)
        {
            bench.Tell($"activation: round {round + 1}, {count:n0} partners");
            read.Add(await ReadPlainly(database, count));
            var (perSecond, bytes) = await Activate(database, count);
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

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"active-{number:000000}");

    private static GrainKey Key(int number) => PartnerKey.Of(new EcosystemId("acme"), new PartnerId(Name(number)));

    /// <summary>
    /// Partners with the events and the state of a real one, each with a snapshot of its last version.
    /// </summary>
    private static async Task<string> Prepare(Bench bench, int count)
    {
        bench.Tell("activation: preparing");
        var database = await bench.Postgres.NewDatabase();
        var gateway = new GatewayProcess("PostgreSql", database);
        await using (await Contestant.StartProduct(Contestant.Product, gateway, bench.Postgres))
        {
            bench.Tell("activation: 2,000 partners are there");
        }

        await using var silo = await LocalSilo.Open(database);
        var template = await Read(silo, GrainKey.Parse(Template));
        var state = JsonSerializer.SerializeToUtf8Bytes(template.View, Wire.Options);
        await silo.Journal.SaveSnapshot(new Snapshot(Template, template.Version, 1, state), CancellationToken.None);
        await using var source = NpgsqlDataSource.Create(database);
        await using var copy = source.CreateCommand(
            $"""
            INSERT INTO snapshots (version, shape, grain, state)
                SELECT version, shape, 'acme/partner/active-' || to_char(i, 'FM000000'), state
                FROM snapshots, generate_series(0, {count} - 1) AS i WHERE grain = '{Template}';
            INSERT INTO events (position, version, at, shape, grain, name, payload, correlation, actor, command)
                SELECT (SELECT position FROM last_position) + row_number() OVER (ORDER BY i, version), version, at,
                    shape, 'acme/partner/active-' || to_char(i, 'FM000000'), name, payload, correlation, actor, command
                FROM events, generate_series(0, {count} - 1) AS i WHERE grain = '{Template}';
            UPDATE last_position SET position = (SELECT max(position) FROM events);
            """
        );
        copy.CommandTimeout = 600;
        await copy.ExecuteNonQueryAsync();
        await using var analyze = source.CreateCommand("VACUUM ANALYZE");
        await analyze.ExecuteNonQueryAsync();
        return database;
    }

    private static async Task<(double PerSecond, double BytesEach)> Activate(string database, int count)
    {
        await using var silo = await LocalSilo.Open(database);
        // The blueprint, the connections and the code belong to no partner.
        await Each(100, async number => await Read(silo, PartnerKey.Of(new("acme"), new($"load-p-{number + 1:0000}"))));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var since = TimeProvider.System.GetTimestamp();
        await Each(count, async number => await Read(silo, Key(number)));
        var elapsed = TimeProvider.System.GetElapsedTime(since);
        var held = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)count;
        var state = await StateBytes(silo, count);
        return (count / elapsed.TotalSeconds, held - state);
    }

    /// <summary>What a state itself takes, as objects: the same snapshot, read over and over.</summary>
    private static async Task<double> StateBytes(LocalSilo silo, int count)
    {
        var history = await silo.Journal.Load(Template, CancellationToken.None);
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
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"acme/partner/{Name(number)}" });
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

    private static async Task<Versioned<PartnerView>> Read(LocalSilo silo, GrainKey key) =>
        await silo.Grains.Read<PartnerView>(key, ReadAt.Newest, CancellationToken.None)
        ?? throw new InvalidOperationException($"{key} is not in the journal.");
}
