using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using Npgsql;

namespace EcosystemSilo.LoadTests.Scenarios;

/// <summary>
/// Gives a journal on PostgreSQL a long past at once, by SQL, as the product would have written it: changes of the
/// amounts of all deals, each with its inbox entry, and the snapshots that so many events leave behind.
/// </summary>
internal static class GrownJournal
{
    private const int EventsPerSnapshot = 50;
    private static readonly TimeSpan ReaderPause = TimeSpan.FromSeconds(1.5);

    private const string Changes = """
        WITH deals AS (
            SELECT grain, max(version) AS version, row_number() OVER (ORDER BY grain) - 1 AS place,
                count(*) OVER () AS total
            FROM events WHERE grain LIKE 'acme/deal/%' GROUP BY grain
        ), last AS (SELECT position FROM last_position), changes AS (
            SELECT last.position + i + 1 AS position, deals.grain, deals.version + i / deals.total + 1 AS version, i
            FROM generate_series(0, $1 - 1) AS i
            JOIN deals ON deals.place = i % deals.total CROSS JOIN last
        ), noted AS (
            INSERT INTO inbox (version, position, at, scope, id, hash, grain)
            SELECT version, position, $2, 'acme/source/grown', 'grown-' || i, sha256(int8send(i)), grain FROM changes
        )
        INSERT INTO events (position, version, at, shape, grain, name, payload, correlation, actor, command)
        SELECT position, version, $2, 1, grain, 'deal.amount-changed',
            '{"amount":{"minor":12500000,"currency":"USD"}}'::bytea, md5(i::text), 'source:grown', 'grown-' || i
        FROM changes ORDER BY position
        """;

    /// <summary>Adds so many events; no process may be running on the journal.</summary>
    public static async Task Grow(string postgres, int events)
    {
        await using var database = NpgsqlDataSource.Create($"{postgres};Command Timeout=600");
        await using (var change = database.CreateCommand(Changes))
        {
            change.Parameters.AddWithValue((long)events);
            change.Parameters.AddWithValue(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000);
            await change.ExecuteNonQueryAsync();
        }

        await Run(database, "UPDATE last_position SET position = (SELECT max(position) FROM events)");
        await SaveSnapshots(postgres, database);
        await Run(database, "VACUUM ANALYZE");
        await Run(database, "CHECKPOINT");
    }

    /// <summary>
    /// Waits until lists and reactions have read the whole past, so that they disturb nothing later: one of them is at
    /// the end, and all have stopped to save progress, which they do every second while they read.
    /// </summary>
    public static async Task AwaitReaders(string postgres)
    {
        await using var database = NpgsqlDataSource.Create(postgres);
        await using var ask = database.CreateCommand(
            "SELECT max(checkpoint) >= (SELECT position FROM last_position), sum(checkpoint)::bigint FROM readers"
        );
        var (isAtEnd, before, now) = (false, -1L, -2L);
        while (!isAtEnd || before != now)
        {
            await Task.Delay(ReaderPause, TimeProvider.System);
            await using var row = await ask.ExecuteReaderAsync();
            await row.ReadAsync();
            (isAtEnd, before, now) = (
                !row.IsDBNull(0) && row.GetBoolean(0),
                now,
                row.IsDBNull(1) ? 0 : row.GetInt64(1)
            );
        }
    }

    private static async Task SaveSnapshots(string postgres, NpgsqlDataSource database)
    {
        await using var silo = await LocalSilo.Open(postgres);
        var (grains, versions, states) = (new List<string>(), new List<long>(), new List<byte[]>());
        for (var number = 0; number < DealTraffic.Partners; number++)
        {
            var key = DealKey.Of(new EcosystemId("acme"), new DealId(DealTraffic.Deal(number)));
            var deal =
                await silo.Grains.Read<DealView>(key, ReadAt.Newest, CancellationToken.None)
                ?? throw new InvalidOperationException($"There is no {key}.");
            if (deal.Version >= EventsPerSnapshot)
            {
                // The amount never differs, so that the newest state is that of the snapshot's version as well.
                grains.Add(key.ToString());
                versions.Add(deal.Version - (deal.Version % EventsPerSnapshot));
                states.Add(JsonSerializer.SerializeToUtf8Bytes(deal.View, Wire.Options));
            }
        }

        await using var save = database.CreateCommand(
            "INSERT INTO snapshots (version, shape, grain, state) SELECT n.version, 1, n.grain, n.state "
                + "FROM unnest($1, $2, $3) AS n (version, grain, state) ON CONFLICT (grain) "
                + "DO UPDATE SET version = excluded.version, state = excluded.state"
        );
        save.Parameters.AddWithValue(versions.ToArray());
        save.Parameters.AddWithValue(grains.ToArray());
        save.Parameters.AddWithValue(states.ToArray());
        await save.ExecuteNonQueryAsync();
    }

    private static async Task Run(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
