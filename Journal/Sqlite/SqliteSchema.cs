using Microsoft.Data.Sqlite;

namespace EcosystemSilo.Journal.Sqlite;

/// <summary>
/// Brings the file's schema to the version this product knows; processes that start together take turns.
/// </summary>
internal static class SqliteSchema
{
    private static readonly IReadOnlyList<Migration> Known = Migrations.Of("Sqlite");

    /// <summary>Part of a write transaction; the database is at the newest version when that commits.</summary>
    public static void Migrate(SqliteSession session)
    {
        Execute(session.Connection, "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY) STRICT");
        foreach (var step in Migrations.Missing(Known, Version(session.Connection)))
        {
            Execute(session.Connection, step.Sql);
            Execute(session.Connection, $"INSERT INTO schema_version (version) VALUES ({step.Version})");
        }
    }

    private static int Version(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(max(version), 0) FROM schema_version";
        return Convert.ToInt32(command.ExecuteScalar());
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
