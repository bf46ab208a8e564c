using System.Runtime.CompilerServices;
using Npgsql;

namespace EcosystemSilo.Journal.Postgres;

/// <summary>Everything that is read. Each is one statement, and so one consistent view of the journal.</summary>
internal sealed class PostgresQueries(NpgsqlDataSource source)
{
    public const string EventColumns =
        "SELECT position, grain, version, name, shape, payload, at, correlation, actor, command FROM events ";

    public Task<List<RecordedEvent>> GrainEvents(
        string grain,
        long afterVersion,
        int max,
        CancellationToken cancellation
    ) =>
        All(
            EventColumns + "WHERE grain = $1 AND version > $2 ORDER BY version LIMIT $3",
            [grain, afterVersion, (long)max],
            Event,
            cancellation
        );

    public Task<List<RecordedEvent>> AllEvents(long afterPosition, int max, CancellationToken cancellation)
    {
        var bytes = 0L;
        return All(
            EventColumns + "WHERE position > $1 ORDER BY position LIMIT $2",
            [afterPosition, (long)max],
            Event,
            cancellation,
            happened => (bytes += happened.Payload.Length) >= JournalLimits.PageBytesMax
        );
    }

    public async Task<long> LastPosition(CancellationToken cancellation)
    {
        var rows = await All("SELECT position FROM last_position", [], row => row.GetInt64(0), cancellation);
        return rows[0];
    }

    public async Task<InboxEntry?> Command(string scope, string id, CancellationToken cancellation)
    {
        var rows = await All(
            "SELECT grain, version, hash FROM inbox WHERE scope = $1 AND id = $2",
            [scope, id],
            row => new InboxEntry(row.GetString(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2)),
            cancellation
        );
        return rows is [var entry] ? entry : null;
    }

    public Task<List<Deadline>> DueDeadlines(DateTimeOffset now, int max, CancellationToken cancellation) =>
        All(
            "SELECT grain, name, due FROM deadlines WHERE due <= $1 ORDER BY due, grain, name LIMIT $2",
            [StoredTime.From(now), (long)max],
            Deadline,
            cancellation
        );

    public static Deadline Deadline(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetString(1), StoredTime.To(row.GetInt64(2)));

    public async Task<long> Checkpoint(string reader, CancellationToken cancellation)
    {
        var rows = await All(
            "SELECT checkpoint FROM readers WHERE reader = $1",
            [reader],
            row => row.GetInt64(0),
            cancellation
        );
        return rows is [var checkpoint] ? checkpoint : 0;
    }

    /// <summary>Streams on a connection of its own, so that a large read model is never in memory twice.</summary>
    public async IAsyncEnumerable<ReaderRow> Rows(
        string reader,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await using var command = source.CreateCommand("SELECT key, value FROM reader_rows WHERE reader = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = reader });
        await using var rows = await Translate(() => command.ExecuteReaderAsync(cancellation));
        while (await Translate(() => rows.ReadAsync(cancellation)))
        {
            yield return new ReaderRow(rows.GetString(0), rows.GetFieldValue<byte[]>(1));
        }
    }

    public Task<List<ReaderRow>> Rows(string reader, IReadOnlyList<KeyRange> ranges, CancellationToken cancellation) =>
        All(
            "SELECT r.key, r.value FROM unnest($2, $3) AS ranges (low, high) CROSS JOIN LATERAL "
                + "(SELECT key, value FROM reader_rows WHERE reader = $1 AND key >= low AND key < high OFFSET 0) AS r",
            [reader, ranges.Select(range => range.From).ToArray(), ranges.Select(range => range.Before).ToArray()],
            row => new ReaderRow(row.GetString(0), row.GetFieldValue<byte[]>(1)),
            cancellation
        );

    public static async Task<T> Translate<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception fault) when (PostgresFaults.IsStoreFault(fault))
        {
            throw PostgresFaults.Unavailable(fault);
        }
    }

    /// <summary>Never on the scheduler of a grain, whose next turn could keep the connection from others.</summary>
    /// <param name="isEnough">Whether a row is the last that is wanted; null for all of them.</param>
    public Task<List<T>> All<T>(
        string sql,
        object[] parameters,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellation,
        Func<T, bool>? isEnough = null
    ) => Scheduling.Run(() => Translate(() => ReadAll(sql, parameters, read, isEnough, cancellation)));

    private async Task<List<T>> ReadAll<T>(
        string sql,
        object[] parameters,
        Func<NpgsqlDataReader, T> read,
        Func<T, bool>? isEnough,
        CancellationToken cancellation
    )
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var all = new List<T>();
        while (await rows.ReadAsync(cancellation))
        {
            all.Add(read(rows));
            if (isEnough?.Invoke(all[^1]) == true)
            {
                break;
            }
        }
        return all;
    }

    public static RecordedEvent Event(NpgsqlDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetString(1),
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
