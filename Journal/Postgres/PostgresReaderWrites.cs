using Npgsql;
using NpgsqlTypes;

namespace EcosystemSilo.Journal.Postgres;

/// <summary>
/// What is written beside appends and snapshots. Each is one statement, and so one transaction.
/// </summary>
internal sealed class PostgresReaderWrites(NpgsqlDataSource source)
{
    public async Task<bool> SaveReader(ReaderProgress progress, CancellationToken cancellation)
    {
        if (progress.Checkpoint <= 0)
        {
            return false;
        }
        var newest = new Dictionary<string, ReadOnlyMemory<byte>?>(StringComparer.Ordinal);
        foreach (var row in progress.Rows)
        {
            newest[row.Key] = row.Value;
        }
        var kept = newest.Where(row => row.Value is not null).ToList();
        var moved = await PostgresQueries.Translate(async () =>
        {
            await using var command = source.CreateCommand(
                "WITH moved AS (INSERT INTO readers (reader, checkpoint) VALUES ($1, $2) ON CONFLICT (reader) "
                    + "DO UPDATE SET checkpoint = excluded.checkpoint "
                    + "WHERE excluded.checkpoint > readers.checkpoint RETURNING 1), "
                    + "gone AS (DELETE FROM reader_rows WHERE reader = $1 AND key = ANY ($3) AND EXISTS (SELECT FROM moved)), "
                    + "saved AS (INSERT INTO reader_rows (reader, key, value) SELECT $1, n.key, n.value "
                    + "FROM unnest($4, $5) AS n (key, value) WHERE EXISTS (SELECT FROM moved) "
                    + "ON CONFLICT (reader, key) DO UPDATE SET value = excluded.value) SELECT count(*) FROM moved"
            );
            command.Parameters.Add(new NpgsqlParameter { Value = progress.Reader });
            command.Parameters.Add(new NpgsqlParameter { Value = progress.Checkpoint });
            command.Parameters.Add(Texts(newest.Where(row => row.Value is null).Select(row => row.Key)));
            command.Parameters.Add(Texts(kept.Select(row => row.Key)));
            command.Parameters.Add(
                new NpgsqlParameter
                {
                    Value = kept.Select(row => row.Value!.Value.ToArray()).ToArray(),
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
                }
            );
            return Convert.ToInt64(await command.ExecuteScalarAsync(cancellation));
        });
        return moved == 1;
    }

    public Task ResetReader(string reader, CancellationToken cancellation) =>
        Run(
            "WITH gone AS (DELETE FROM reader_rows WHERE reader = $1) DELETE FROM readers WHERE reader = $1",
            cancellation,
            new NpgsqlParameter { Value = reader }
        );

    /// <summary>Removes some of the entries decided before the time and says how many.</summary>
    public Task<int> PruneInbox(DateTimeOffset before) =>
        Run(
            "DELETE FROM inbox WHERE ctid = ANY (ARRAY(SELECT ctid FROM inbox WHERE at < $1 LIMIT $2))",
            CancellationToken.None,
            new NpgsqlParameter { Value = StoredTime.From(before) },
            new NpgsqlParameter { Value = JournalLimits.InboxPrunedPerStep }
        );

    private Task<int> Run(string sql, CancellationToken cancellation, params NpgsqlParameter[] parameters) =>
        PostgresQueries.Translate(async () =>
        {
            await using var command = source.CreateCommand(sql);
            command.Parameters.AddRange(parameters);
            return await command.ExecuteNonQueryAsync(cancellation);
        });

    private static NpgsqlParameter Texts(IEnumerable<string> texts) =>
        new() { Value = texts.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
