using Npgsql;

namespace EcosystemSilo.Journal.Postgres;

/// <summary>
/// An advisory lock, on a connection outside the pool. The server gives it up when that connection ends, so it is
/// watched, and taken again unless another process was first.
/// </summary>
internal sealed class PostgresHold : IJournalHold
{
    /// <summary>Any number that no other software on the same database is likely to lock.</summary>
    public const int LockClass = 0x45636F53;

    private readonly string connectionString;
    private readonly HoldKind kind;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource letGo = new();
    private readonly TaskCompletionSource lost = new(Scheduling.Asynchronously);
    private readonly Task watching;
    private Session session;
    private bool isOver;

    private PostgresHold(Session session, string connectionString, HoldKind kind, TimeProvider time)
    {
        this.session = session;
        this.connectionString = connectionString;
        this.kind = kind;
        this.time = time;
        watching = Scheduling.Loop(Watch);
    }

    public Task Lost => lost.Task;

    public static async Task<PostgresHold> Take(
        string connectionString,
        HoldKind kind,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var taken = await PostgresQueries.Translate(() =>
            Holds.Take(kind, () => TryStart(connectionString, kind, before: 0, cancellation), time, cancellation)
        );
        return new PostgresHold(taken, connectionString, kind, time);
    }

    public async ValueTask DisposeAsync()
    {
        if (!Interlocked.Exchange(ref isOver, true))
        {
            await letGo.CancelAsync();
            await watching;
            await session.Connection.DisposeAsync();
            letGo.Dispose();
        }
    }

    private async Task Watch()
    {
        try
        {
            do
            {
                await UntilBroken();
            } while (await TakeAgain());
            lost.TrySetResult();
        }
        catch (OperationCanceledException) when (letGo.IsCancellationRequested)
        {
            // The session ends now, and with it the lock.
        }
    }

    private async Task UntilBroken()
    {
        try
        {
            while (true)
            {
                // A session that the server ends wakes this at once; one that was cut says nothing until it is used.
                await session.Connection.WaitAsync(JournalLimits.HoldCheckInterval, letGo.Token);
                await using var question = new NpgsqlCommand("SELECT 1", session.Connection);
                await question.ExecuteScalarAsync(letGo.Token);
            }
        }
        catch (Exception fault) when (PostgresFaults.IsStoreFault(fault))
        {
            // What becomes of it, the next try tells.
        }
    }

    /// <summary>False when another process was first. As long as the server is away, nobody is.</summary>
    private async Task<bool> TakeAgain()
    {
        await session.Connection.DisposeAsync();
        while (true)
        {
            try
            {
                session = await Holds.Take(
                    kind,
                    () => TryStart(connectionString, kind, session.Process, letGo.Token),
                    time,
                    letGo.Token
                );
                return true;
            }
            catch (JournalHeldException)
            {
                return false;
            }
            catch (Exception fault) when (PostgresFaults.IsStoreFault(fault))
            {
                await Task.Delay(JournalLimits.HoldCheckInterval, time, letGo.Token);
            }
        }
    }

    /// <summary>A session that has the lock; null when others hold it.</summary>
    /// <param name="before">The process of the session that had it and that the server may not miss yet; or 0.</param>
    private static async Task<Session?> TryStart(
        string connectionString,
        HoldKind kind,
        int before,
        CancellationToken cancellation
    )
    {
        var connection = new NpgsqlConnection(connectionString);
        Session? started = null;
        try
        {
            await connection.OpenAsync(cancellation);
            await Prepare(connection, before, cancellation);
            started = await TryLock(connection, kind, cancellation);
            return started;
        }
        finally
        {
            if (started is null)
            {
                await connection.DisposeAsync();
            }
        }
    }

    /// <summary>
    /// Has the server miss a machine that vanished without a word after some ten seconds instead of two hours, and end
    /// the session before this one.
    /// </summary>
    private static async Task Prepare(NpgsqlConnection connection, int before, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "SELECT set_config('tcp_keepalives_idle', '5', false), set_config('tcp_keepalives_interval', '2', false), "
                + "set_config('tcp_keepalives_count', '3', false), (SELECT count(pg_terminate_backend(pid)) "
                + "FROM pg_locks WHERE locktype = 'advisory' AND classid = $1::oid AND pid = $2)",
            connection
        );
        command.Parameters.Add(new NpgsqlParameter { Value = LockClass });
        command.Parameters.Add(new NpgsqlParameter { Value = before });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<Session?> TryLock(
        NpgsqlConnection connection,
        HoldKind kind,
        CancellationToken cancellation
    )
    {
        var shared = kind == HoldKind.Shared ? "_shared" : "";
        await using var command = new NpgsqlCommand(
            $"SELECT pg_try_advisory_lock{shared}({LockOf("$1")}), pg_backend_pid()",
            connection
        );
        var schema = PostgresSettings.SchemaOf(connection.ConnectionString);
        command.Parameters.Add(new NpgsqlParameter { Value = schema });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return row.GetBoolean(0) ? new Session(connection, row.GetInt32(1)) : null;
    }

    /// <summary>One lock for each journal of a database, which may have one in every schema.</summary>
    /// <param name="schema">SQL for the name of a schema that is not created yet.</param>
    public static string LockOf(string schema) => $"{LockClass}, hashtext(coalesce(current_schema(), {schema}))";

    /// <param name="Process">The server's number for it.</param>
    private sealed record Session(NpgsqlConnection Connection, int Process);
}
