using System.Runtime.CompilerServices;

namespace EcosystemSilo.Journal.Sqlite;

/// <summary>
/// The embedded journal: one SQLite file in WAL mode with synchronous=FULL. Several processes may share the file; each
/// commit is decided on what the file says inside its own transaction.
/// </summary>
public sealed class SqliteJournal : IJournal
{
    private readonly SqliteFile file;
    private readonly SqliteWriter writer;
    private readonly SqliteReaders readers;
    private readonly GroupCommit appends;
    private readonly CommitSignal signal;
    private readonly InboxPruning pruning;
    private readonly TimeProvider time;
    private SqliteAppender? appender;

    /// <param name="connectionString">For example <c>Data Source=data/journal.db</c>; a missing folder is
    /// created.</param>
    public SqliteJournal(string connectionString, TimeProvider time)
        : this(connectionString, time, writerPragmas: "") { }

    /// <param name="writerPragmas">For tests: for example a small max_page_count, which acts like a full disk.</param>
    internal SqliteJournal(string connectionString, TimeProvider time, string writerPragmas)
    {
        this.time = time;
        file = new SqliteFile(connectionString, writerPragmas);
        writer = new SqliteWriter(file);
        readers = new SqliteReaders(file);
        signal = new CommitSignal(LastPosition, time);
        appends = new GroupCommit(Commit, signal.Publish, time);
        pruning = new InboxPruning(PruneInbox, time);
    }

    public async Task<IJournalHold> Hold(HoldKind kind, CancellationToken cancellation)
    {
        file.CreateFolder();
        return await Holds.Take(
            kind,
            () => Task.FromResult(SqliteHold.TryTake(file.LockPath, kind)),
            time,
            cancellation
        );
    }

    public async Task Open(CancellationToken cancellation)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            try
            {
                await writer.RunAlone(session =>
                {
                    SqliteSchema.Migrate(session);
                    return true;
                });
                break;
            }
            catch (JournalUnavailableException) when (time.GetElapsedTime(since) < JournalLimits.AppendPatience)
            {
                // Another process is creating the same file: switching it to WAL does not wait for a lock by itself.
                await Task.Delay(JournalLimits.RetryPauseMin, time, cancellation);
            }
        }
        appends.Start();
        pruning.Start();
    }

    public Task<AppendResult> Append(Append append, CancellationToken cancellation) =>
        appends.Append(append, cancellation);

    /// <summary>Nothing to gather: there is no round trip to share.</summary>
    public Task<GrainHistory> Load(string grain, CancellationToken cancellation) =>
        Read(session => SqliteQueries.History(session, grain), cancellation);

    public Task<IReadOnlyList<GrainHistory?>> LoadMany(IReadOnlyList<string> grains, CancellationToken cancellation)
    {
        AppendRules.CheckLoad(grains);
        return Read(session => SqliteQueries.Histories(session, grains), cancellation);
    }

    public Task<IReadOnlyList<RecordedEvent>> ReadGrain(
        string grain,
        long afterVersion,
        int max,
        CancellationToken cancellation
    ) =>
        Read<IReadOnlyList<RecordedEvent>>(
            session => SqliteQueries.GrainEvents(session, grain, afterVersion, max),
            cancellation
        );

    public async Task<IReadOnlyList<RecordedEvent>> ReadAll(
        long afterPosition,
        int max,
        CancellationToken cancellation
    ) =>
        appends.Recent.After(afterPosition, max)
        ?? await Read(session => SqliteQueries.AllEvents(session, afterPosition, max), cancellation);

    public Task<long> LastPosition(CancellationToken cancellation) => Read(SqliteAppender.LastPosition, cancellation);

    public Task WaitForEvents(long afterPosition, CancellationToken cancellation) =>
        signal.Wait(afterPosition, cancellation);

    public Task<InboxEntry?> FindCommand(string scope, string id, CancellationToken cancellation) =>
        Read(session => SqliteQueries.Command(session, scope, id), cancellation);

    public Task<IReadOnlyList<Deadline>> DueDeadlines(DateTimeOffset now, int max, CancellationToken cancellation) =>
        Read<IReadOnlyList<Deadline>>(session => SqliteQueries.DueDeadlines(session, now, max), cancellation);

    public Task<IReadOnlyList<Deadline>> DeadlinesOf(string grain, CancellationToken cancellation) =>
        Read<IReadOnlyList<Deadline>>(session => SqliteFigures.DeadlinesOf(session, grain), cancellation);

    public Task<JournalFigures> Figures(DateTimeOffset now, CancellationToken cancellation) =>
        Read(session => SqliteFigures.Of(session, now, time.GetUtcNow()), cancellation);

    public async Task<IReadOnlyList<Deadline>> ClaimDeadlines(
        DateTimeOffset now,
        int max,
        CancellationToken cancellation
    )
    {
        // Mostly nothing is due, and looking takes no lock.
        if (await DueDeadlines(now, 1, cancellation) is [])
        {
            return [];
        }
        IReadOnlyList<Deadline> claimed = [];
        await writer
            .RunJoined(session => claimed = SqliteSharing.ClaimDeadlines(session, now, max, time.GetUtcNow()))
            .WaitAsync(cancellation);
        return claimed;
    }

    public async Task<IReadOnlyList<string>> HoldLeases(
        string holder,
        IReadOnlyList<string> names,
        TimeSpan lasting,
        CancellationToken cancellation
    )
    {
        AppendRules.CheckLeases(holder, names);
        IReadOnlyList<string> held = [];
        await writer
            .RunJoined(session => held = SqliteSharing.HoldLeases(session, holder, names, lasting, time.GetUtcNow()))
            .WaitAsync(cancellation);
        return held;
    }

    public Task ReleaseLeases(string holder, CancellationToken cancellation) =>
        writer.RunJoined(session => SqliteSharing.ReleaseLeases(session, holder)).WaitAsync(cancellation);

    public async Task<byte[]?> KeepSubjectKey(string subject, ReadOnlyMemory<byte> key, CancellationToken cancellation)
    {
        AppendRules.CheckSubject(subject);
        byte[]? kept = null;
        await writer.RunJoined(session => kept = SqliteSubjectKeys.Keep(session, subject, key)).WaitAsync(cancellation);
        return kept;
    }

    public Task<byte[]?> FindSubjectKey(string subject, CancellationToken cancellation) =>
        Read(session => SqliteSubjectKeys.Find(session, subject), cancellation);

    public Task DestroySubjectKey(string subject, CancellationToken cancellation)
    {
        AppendRules.CheckSubject(subject);
        return Destroy(subject).WaitAsync(cancellation);
    }

    private async Task Destroy(string subject)
    {
        await writer.RunJoined(session => SqliteSubjectKeys.Destroy(session, subject));
        await writer.RunBetween(SqliteSubjectKeys.ForgetLog);
    }

    public async Task<byte[]> KeepFact(string name, ReadOnlyMemory<byte> value, CancellationToken cancellation)
    {
        AppendRules.CheckFact(name, value);
        byte[] kept = [];
        await writer.RunJoined(session => kept = SqliteFacts.Keep(session, name, value)).WaitAsync(cancellation);
        return kept;
    }

    public Task<IReadOnlyList<InstallationFact>> ListFacts(string prefix, CancellationToken cancellation) =>
        Read<IReadOnlyList<InstallationFact>>(session => SqliteFacts.List(session, prefix), cancellation);

    public async Task SaveSnapshot(Snapshot snapshot, CancellationToken cancellation)
    {
        AppendRules.Check(snapshot);
        await writer.RunJoined(session => SqliteReaderWrites.SaveSnapshot(session, snapshot)).WaitAsync(cancellation);
    }

    public Task<long> ReadCheckpoint(string reader, CancellationToken cancellation) =>
        Read(session => SqliteQueries.Checkpoint(session, reader), cancellation);

    public async Task<bool> SaveReader(ReaderProgress progress, CancellationToken cancellation)
    {
        AppendRules.Check(progress);
        var saved = false;
        await writer
            .RunJoined(session => saved = SqliteReaderWrites.SaveReader(session, progress))
            .WaitAsync(cancellation);
        return saved;
    }

    public async IAsyncEnumerable<ReaderRow> ReadRows(
        string reader,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await Task.CompletedTask;
        var session = readers.Rent();
        var rows = SqliteQueries.Rows(session, reader);
        try
        {
            while (SqliteFaults.Translate(rows.Step))
            {
                cancellation.ThrowIfCancellationRequested();
                yield return new ReaderRow(rows.Text(0), rows.Bytes(1));
            }
        }
        finally
        {
            rows.Reset();
            readers.Return(session);
        }
    }

    public Task<IReadOnlyList<ReaderRow>> FindRows(
        string reader,
        IReadOnlyList<KeyRange> ranges,
        CancellationToken cancellation
    ) =>
        Read<IReadOnlyList<ReaderRow>>(
            session => [.. ranges.SelectMany(range => SqliteQueries.Rows(session, reader, range))],
            cancellation
        );

    public Task ResetReader(string reader, CancellationToken cancellation) =>
        writer.RunJoined(session => SqliteReaderWrites.ResetReader(session, reader)).WaitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await pruning.DisposeAsync();
        await appends.DisposeAsync();
        signal.Close();
        writer.Dispose();
        readers.Dispose();
    }

    private async Task<Verdict[]> Commit(IReadOnlyList<Append> batch, CancellationToken cancellation)
    {
        var verdicts = new Verdict[batch.Count];
        await writer.RunAlone(session =>
        {
            if (appender?.WritesTo(session) is not true)
            {
                appender = new SqliteAppender(session);
            }
            return appender.Append(batch, verdicts);
        });
        return verdicts;
    }

    private async Task<int> PruneInbox(DateTimeOffset before)
    {
        var pruned = 0;
        await writer.RunJoined(session => pruned = SqliteReaderWrites.PruneInbox(session, before));
        return pruned;
    }

    private Task<T> Read<T>(Func<SqliteSession, T> query, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellation);
        }
        try
        {
            return Task.FromResult(readers.Read(query));
        }
        catch (Exception fault)
        {
            return Task.FromException<T>(fault);
        }
    }
}
