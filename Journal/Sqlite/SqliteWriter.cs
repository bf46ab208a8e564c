using Microsoft.Data.Sqlite;

namespace EcosystemSilo.Journal.Sqlite;

/// <summary>
/// The one connection that writes, on a thread of its own: SQLite's calls block on the disk, and a blocked pool thread
/// would be missed by every request. Append batches get a transaction each; small writes that wait share one.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteFile file;
    private readonly object gate = new();
    private readonly Queue<Write> waiting = new();
    private readonly Thread thread;
    private SqliteSession? session;
    private bool closed;

    public SqliteWriter(SqliteFile file)
    {
        this.file = file;
        thread = new Thread(WriteUntilClosed) { IsBackground = true, Name = "Journal writer" };
        thread.Start();
    }

    /// <summary>Runs the work in a transaction of its own and keeps it unless the work returns false.</summary>
    public Task RunAlone(Func<SqliteSession, bool> work) => Enqueue(new Write(work, mayJoin: false));

    /// <summary>Runs the work in a transaction that others may share; it must not fail for its own data.</summary>
    public Task RunJoined(Action<SqliteSession> work) =>
        Enqueue(
            new Write(
                session =>
                {
                    work(session);
                    return true;
                },
                mayJoin: true
            )
        );

    /// <summary>Runs the work between transactions.</summary>
    public Task RunBetween(Action<SqliteSession> work) =>
        Enqueue(
            new Write(
                session =>
                {
                    work(session);
                    return true;
                },
                mayJoin: false,
                isBetween: true
            )
        );

    public void Dispose()
    {
        lock (gate)
        {
            closed = true;
            Monitor.Pulse(gate);
        }
        thread.Join();
        session?.Dispose();
    }

    private Task Enqueue(Write write)
    {
        lock (gate)
        {
            if (closed || waiting.Count >= JournalLimits.AppendsWaitingMax)
            {
                throw new JournalUnavailableException(
                    closed ? "The journal is closed." : "Too many writes are waiting."
                );
            }
            waiting.Enqueue(write);
            Monitor.Pulse(gate);
        }
        return write.Task;
    }

    private void WriteUntilClosed()
    {
        var joined = new List<Write>();
        while (TakeNext(joined))
        {
            RunTogether(joined);
            joined.Clear();
        }
    }

    private bool TakeNext(List<Write> joined)
    {
        lock (gate)
        {
            while (waiting.Count == 0)
            {
                if (closed)
                {
                    return false;
                }
                Monitor.Wait(gate);
            }
            joined.Add(waiting.Dequeue());
            while (
                joined[0].MayJoin
                && joined.Count < JournalLimits.SqliteWritesJoinedMax
                && waiting.TryPeek(out var next)
                && next.MayJoin
            )
            {
                joined.Add(waiting.Dequeue());
            }
            return true;
        }
    }

    private void RunTogether(List<Write> writes)
    {
        try
        {
            session ??= file.OpenWriter();
            var current = session;
            if (writes is [{ IsBetween: true } between])
            {
                between.Work(current);
            }
            else
            {
                current.InWriteTransaction(() => writes.Aggregate(false, (keep, write) => write.Work(current) || keep));
            }
            writes.ForEach(write => write.TrySetResult());
        }
        catch (Exception fault)
        {
            // The session is replaced, because the state of its transaction is unknown; disposing it rolls back.
            session?.Dispose();
            session = null;
            var told =
                fault is SqliteException store && SqliteFaults.IsStoreFault(store)
                    ? SqliteFaults.Unavailable(store)
                    : fault;
            writes.ForEach(write => write.TrySetException(told));
        }
    }

    private sealed class Write(Func<SqliteSession, bool> work, bool mayJoin, bool isBetween = false)
        : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public Func<SqliteSession, bool> Work => work;
        public bool MayJoin => mayJoin;
        public bool IsBetween => isBetween;
    }
}
