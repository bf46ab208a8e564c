using Npgsql;

namespace EcosystemSilo.Journal.Postgres;

/// <summary>Brings the schema to the version this product knows; processes that start together take turns.</summary>
internal static class PostgresSchema
{
    /// <summary>Any number that no other software on the same database is likely to lock.</summary>
    private const long MigrationLock = 0x45636F53_696C6F31;

    private static readonly IReadOnlyList<Migration> Known = Migrations.Of("Postgres");

    public static async Task Migrate(
        NpgsqlConnection connection,
        IReadOnlyList<(string Name, string Sql)> steps,
        CancellationToken cancellation
    )
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Execute(connection, $"SELECT pg_advisory_xact_lock({MigrationLock})", cancellation);
        var schema = PostgresSettings.SchemaOf(connection.ConnectionString);
        if (schema is not "public")
        {
            var quoted = "\"" + schema.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
            await Execute(connection, $"CREATE SCHEMA IF NOT EXISTS {quoted}", cancellation);
        }
        await Execute(
            connection,
            "CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY)",
            cancellation
        );
        foreach (var step in Migrations.Missing(Known, await Version(connection, cancellation)))
        {
            await Execute(connection, step.Sql, cancellation);
            await Execute(connection, $"INSERT INTO schema_version (version) VALUES ({step.Version})", cancellation);
        }
        foreach (var (name, sql) in steps)
        {
            await RunOnce(connection, name, sql, cancellation);
        }
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>A process that knows nothing of a step leaves alone what another one made with it.</summary>
    private static async Task RunOnce(
        NpgsqlConnection connection,
        string name,
        string sql,
        CancellationToken cancellation
    )
    {
        await Execute(
            connection,
            "CREATE TABLE IF NOT EXISTS schema_steps (name text COLLATE \"C\" PRIMARY KEY)",
            cancellation
        );
        await using var command = new NpgsqlCommand(
            "INSERT INTO schema_steps (name) VALUES ($1) ON CONFLICT (name) DO NOTHING",
            connection
        );
        command.Parameters.Add(new NpgsqlParameter { Value = name });
        if (await command.ExecuteNonQueryAsync(cancellation) == 1)
        {
            await Execute(connection, sql, cancellation);
        }
    }

    private static async Task<int> Version(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM schema_version", connection);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellation));
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        // Waiting for another process's migration is not bounded here but by the caller's cancellation.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
