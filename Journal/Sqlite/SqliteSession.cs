using Microsoft.Data.Sqlite;

namespace EcosystemSilo.Journal.Sqlite;

/// <summary>One connection and the statements prepared on it so far. Used by one thread at a time.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> prepared = new(StringComparer.Ordinal);

    public SqliteConnection Connection => connection;

    public SqliteStatement Prepare(string sql)
    {
        if (!prepared.TryGetValue(sql, out var statement))
        {
            statement = new SqliteStatement(connection.Handle!, sql);
            prepared.Add(sql, statement);
        }
        return statement;
    }

    /// <summary>
    /// Runs the work in a transaction that takes the write lock at once, and keeps it only if the work says so. After a
    /// fault the session must be disposed: whether the commit is durable is unknown.
    /// </summary>
    public void InWriteTransaction(Func<bool> workToKeep)
    {
        Prepare("BEGIN IMMEDIATE").Run();
        Prepare(workToKeep() ? "COMMIT" : "ROLLBACK").Run();
    }

    /// <summary>Runs reads that see one state of the file.</summary>
    public void InReadTransaction(Action reads)
    {
        Prepare("BEGIN").Run();
        reads();
        Prepare("COMMIT").Run();
    }

    public void Dispose()
    {
        foreach (var statement in prepared.Values)
        {
            statement.Dispose();
        }
        prepared.Clear();
        connection.Dispose();
    }
}
