namespace EcosystemSilo.Journal.Sqlite;

/// <summary>The keys of data subjects, as functions of a session.</summary>
internal static class SqliteSubjectKeys
{
    /// <summary>Part of a write transaction.</summary>
    public static byte[]? Keep(SqliteSession session, string subject, ReadOnlyMemory<byte> key)
    {
        session
            .Prepare("INSERT INTO subject_keys (subject, key) VALUES (?1, ?2) ON CONFLICT (subject) DO NOTHING")
            .Bind(1, subject)
            .Bind(2, key)
            .Run();
        return Find(session, subject);
    }

    public static byte[]? Find(SqliteSession session, string subject) =>
        SqliteQueries.First(
            session.Prepare("SELECT key FROM subject_keys WHERE subject = ?1 AND key IS NOT NULL").Bind(1, subject),
            row => row.Bytes(0)
        );

    /// <summary>Part of a write transaction.</summary>
    public static void Destroy(SqliteSession session, string subject) =>
        session
            .Prepare(
                "INSERT INTO subject_keys (subject, key) VALUES (?1, NULL) "
                    + "ON CONFLICT (subject) DO UPDATE SET key = NULL"
            )
            .Bind(1, subject)
            .Run();

    /// <summary>
    /// Brings the log into the file and cuts it, since it holds pages as they were before a key was destroyed. While
    /// somebody reads an older state for longer than SQLite waits, the log stays, until the next time or the end of the
    /// process.
    /// </summary>
    public static void ForgetLog(SqliteSession session)
    {
        using var command = session.Connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
    }
}
