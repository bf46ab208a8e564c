using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EcosystemSilo.Journal.Sqlite;

/// <summary>Tells a failing world (locked, full, unreadable) from a mistake in our own statements.</summary>
internal static class SqliteFaults
{
    public static bool IsStoreFault(SqliteException fault) =>
        fault.SqliteErrorCode
            is raw.SQLITE_BUSY
                or raw.SQLITE_LOCKED
                or raw.SQLITE_NOMEM
                or raw.SQLITE_READONLY
                or raw.SQLITE_INTERRUPT
                or raw.SQLITE_IOERR
                or raw.SQLITE_CORRUPT
                or raw.SQLITE_FULL
                or raw.SQLITE_CANTOPEN
                or raw.SQLITE_PROTOCOL
                or raw.SQLITE_NOTADB;

    public static JournalUnavailableException Unavailable(SqliteException fault) =>
        new($"SQLite answered with a fault: {fault.Message}", fault);

    public static T Translate<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (SqliteException fault) when (IsStoreFault(fault))
        {
            throw Unavailable(fault);
        }
    }
}
