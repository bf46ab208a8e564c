namespace EcosystemSilo.Journal.Sqlite;

/// <summary>Everything that is written beside appends, as functions of a session in a write transaction.</summary>
internal static class SqliteReaderWrites
{
    public static void SaveSnapshot(SqliteSession session, Snapshot snapshot) =>
        session
            .Prepare(
                "INSERT INTO snapshots (grain, version, shape, state) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (grain) "
                    + "DO UPDATE SET version = excluded.version, shape = excluded.shape, state = excluded.state "
                    + "WHERE excluded.version >= snapshots.version"
            )
            .Bind(1, snapshot.Grain)
            .Bind(2, snapshot.Version)
            .Bind(3, snapshot.Shape)
            .Bind(4, snapshot.State)
            .Run();

    public static bool SaveReader(SqliteSession session, ReaderProgress progress)
    {
        if (progress.Checkpoint <= 0)
        {
            return false;
        }
        var moved = session
            .Prepare(
                "INSERT INTO readers (reader, checkpoint) VALUES (?1, ?2) ON CONFLICT (reader) "
                    + "DO UPDATE SET checkpoint = excluded.checkpoint WHERE excluded.checkpoint > readers.checkpoint"
            )
            .Bind(1, progress.Reader)
            .Bind(2, progress.Checkpoint)
            .Run();
        if (moved == 0)
        {
            return false;
        }
        var remove = session.Prepare("DELETE FROM reader_rows WHERE reader = ?1 AND key = ?2").Bind(1, progress.Reader);
        var save = session
            .Prepare(
                "INSERT INTO reader_rows (reader, key, value) VALUES (?1, ?2, ?3) "
                    + "ON CONFLICT (reader, key) DO UPDATE SET value = excluded.value"
            )
            .Bind(1, progress.Reader);
        foreach (var row in progress.Rows)
        {
            if (row.Value is { } value)
            {
                save.Bind(2, row.Key).Bind(3, value).Run();
            }
            else
            {
                remove.Bind(2, row.Key).Run();
            }
        }
        return true;
    }

    public static void ResetReader(SqliteSession session, string reader)
    {
        session.Prepare("DELETE FROM reader_rows WHERE reader = ?1").Bind(1, reader).Run();
        session.Prepare("DELETE FROM readers WHERE reader = ?1").Bind(1, reader).Run();
    }

    /// <summary>Removes some of the entries decided before the time and says how many.</summary>
    public static int PruneInbox(SqliteSession session, DateTimeOffset before) =>
        session
            .Prepare(
                "DELETE FROM inbox WHERE (scope, id) IN (SELECT scope, id FROM inbox WHERE at < ?1 ORDER BY at LIMIT ?2)"
            )
            .Bind(1, StoredTime.From(before))
            .Bind(2, JournalLimits.InboxPrunedPerStep)
            .Run();
}
