namespace EcosystemSilo.Journal.Sqlite;

/// <summary>The facts of the installation, as functions of a session.</summary>
internal static class SqliteFacts
{
    /// <summary>Part of a write transaction.</summary>
    public static byte[] Keep(SqliteSession session, string name, ReadOnlyMemory<byte> value)
    {
        session
            .Prepare("INSERT INTO facts (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING")
            .Bind(1, name)
            .Bind(2, value)
            .Run();
        return SqliteQueries.First(
            session.Prepare("SELECT value FROM facts WHERE name = ?1").Bind(1, name),
            row => row.Bytes(0)
        )!;
    }

    /// <summary>They are so few that all are looked at.</summary>
    public static List<InstallationFact> List(SqliteSession session, string prefix) =>
        SqliteQueries.All(
            session
                .Prepare("SELECT name, value FROM facts WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name")
                .Bind(1, prefix),
            row => new InstallationFact(row.Text(0), row.Bytes(1))
        );
}
