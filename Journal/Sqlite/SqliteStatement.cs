using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EcosystemSilo.Journal.Sqlite;

/// <summary>
/// A prepared statement that is bound, stepped and reset in place. An append costs a handful of these; going through
/// ADO.NET's parameters and readers for each would cost as much as SQLite itself.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    public SqliteStatement(sqlite3 database, string sql)
    {
        this.database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
    }

    public SqliteStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, string value)
    {
        Check(raw.sqlite3_bind_text(statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlyMemory<byte> value)
    {
        // An empty span would bind NULL, which is not the same as no bytes.
        Check(
            value.IsEmpty
                ? raw.sqlite3_bind_zeroblob(statement, parameter, 0)
                : raw.sqlite3_bind_blob(statement, parameter, value.Span)
        );
        return this;
    }

    /// <summary>True while there is a row to read.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code is raw.SQLITE_ROW)
        {
            return true;
        }
        Check(code is raw.SQLITE_DONE ? raw.SQLITE_OK : code);
        return false;
    }

    /// <summary>Runs a statement that returns no rows and says how many it changed.</summary>
    public int Run()
    {
        try
        {
            Step();
            return raw.sqlite3_changes(database);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>
    /// Ends the statement, and with it the read transaction it may hold. Its result was reported by Step.
    /// </summary>
    public void Reset() => raw.sqlite3_reset(statement);

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    public bool BytesEqual(int column, ReadOnlyMemory<byte> other) =>
        raw.sqlite3_column_blob(statement, column).SequenceEqual(other.Span);

    public void Dispose() => statement.Dispose();

    private void Check(int code)
    {
        if (code is not raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(code, database);
        }
    }
}
