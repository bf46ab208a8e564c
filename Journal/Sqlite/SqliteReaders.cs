using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace EcosystemSilo.Journal.Sqlite;

/// <summary>
/// Connections for reading. A read runs on its caller's thread: with the file in the page cache it takes microseconds,
/// less than handing it to another thread and back.
/// </summary>
internal sealed class SqliteReaders(SqliteFile file) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> idle = [];
    private int idleCount;
    private volatile bool closed;

    public T Read<T>(Func<SqliteSession, T> query)
    {
        var session = Rent();
        try
        {
            var result = query(session);
            Return(session);
            return result;
        }
        catch (SqliteException fault) when (SqliteFaults.IsStoreFault(fault))
        {
            session.Dispose();
            throw SqliteFaults.Unavailable(fault);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public SqliteSession Rent()
    {
        if (closed)
        {
            throw new JournalUnavailableException("The journal is closed.");
        }
        if (idle.TryTake(out var session))
        {
            Interlocked.Decrement(ref idleCount);
            return session;
        }
        try
        {
            return file.OpenReader();
        }
        catch (SqliteException fault) when (SqliteFaults.IsStoreFault(fault))
        {
            throw SqliteFaults.Unavailable(fault);
        }
    }

    public void Return(SqliteSession session)
    {
        if (closed || Interlocked.Increment(ref idleCount) > JournalLimits.SqliteReadersKept)
        {
            Interlocked.Decrement(ref idleCount);
            session.Dispose();
            return;
        }
        idle.Add(session);
    }

    public void Dispose()
    {
        closed = true;
        while (idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }
}
