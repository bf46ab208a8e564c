using Npgsql;

namespace EcosystemSilo.Journal.Postgres;

/// <summary>
/// Histories of grains, alone and many at once. Each read is one statement, and so one consistent view.
/// </summary>
internal sealed class PostgresLoading(PostgresQueries queries)
{
    /// <summary>
    /// The snapshot comes as the first row, told by its position 0; a tail's versions are all above its own.
    /// </summary>
    public async Task<GrainHistory> Load(string grain, CancellationToken cancellation)
    {
        var rows = await queries.All(
            "SELECT 0::bigint AS position, grain, version, '' AS name, shape, state AS payload, 0::bigint AS at, "
                + "'' AS correlation, '' AS actor, '' AS command FROM snapshots WHERE grain = $1 UNION ALL "
                + PostgresQueries.EventColumns
                + "WHERE grain = $1 AND version > coalesce((SELECT version FROM snapshots WHERE grain = $1), 0) "
                + "ORDER BY version, position",
            [grain],
            PostgresQueries.Event,
            cancellation
        );
        return History(grain, rows);
    }

    /// <summary>The rows of a grain that no longer fits come without their payloads.</summary>
    public async Task<IReadOnlyList<GrainHistory?>> LoadMany(
        IReadOnlyList<string> grains,
        CancellationToken cancellation
    )
    {
        var tails = new List<RecordedEvent>?[grains.Count];
        var rows = await queries.All(
            "SELECT place, position, version, name, shape, payload, at, correlation, actor, command "
                + "FROM load_grains($1, $2)",
            [grains.ToArray(), (long)JournalLimits.PageBytesMax],
            row =>
                (Place: row.GetInt32(0) - 1, Event: row.IsDBNull(5) ? null : Event(grains[row.GetInt32(0) - 1], row)),
            cancellation
        );
        var fitting = grains.Count;
        foreach (var (place, happened) in rows)
        {
            if (happened is null)
            {
                fitting = place;
                break;
            }
            (tails[place] ??= []).Add(happened);
        }
        return [.. grains.Select((grain, place) => place < fitting ? History(grain, tails[place] ?? []) : null)];
    }

    private static GrainHistory History(string grain, List<RecordedEvent> rows)
    {
        if (rows is not [{ Position: 0 } stored, ..])
        {
            return new GrainHistory(null, rows);
        }
        rows.RemoveAt(0);
        return new GrainHistory(new Snapshot(grain, stored.Version, stored.Shape, stored.Payload), rows);
    }

    private static RecordedEvent Event(string grain, NpgsqlDataReader row) =>
        new(
            row.GetInt64(1),
            grain,
            row.GetInt64(2),
            row.GetString(3),
            row.GetInt32(4),
            row.GetFieldValue<byte[]>(5),
            StoredTime.To(row.GetInt64(6)),
            row.GetString(7),
            row.GetString(8),
            row.GetString(9)
        );
}
