using Npgsql;

namespace EcosystemSilo.Journal.Postgres;

/// <summary>
/// The journal on PostgreSQL 15 or newer, shared by any number of processes. Its tables live in the first schema of the
/// connection string's Search Path.
/// </summary>
public sealed class PostgresJournal : IJournal
{
    private readonly IReadOnlyList<(string Name, string Sql)> steps;
    private readonly string unpooled;
    private readonly NpgsqlDataSource source;
    private readonly PostgresQueries queries;
    private readonly PostgresLoading loading;
    private readonly PostgresReaderWrites writes;
    private readonly PostgresSnapshots snapshots;
    private readonly PostgresSharing sharing;
    private readonly PostgresSubjectKeys subjectKeys;
    private readonly PostgresFacts facts;
    private readonly PostgresFigures figures;
    private readonly PostgresAppender appender;
    private readonly GroupCommit appends;
    private readonly GroupLoading loads;
    private readonly CommitSignal signal;
    private readonly InboxPruning pruning;
    private readonly TimeProvider time;

    /// <param name="connectionString">For example <c>Host=db;Database=silo;Username=silo;Search
    /// Path=journal</c>.</param>
    /// <param name="steps">What others need in the same schema of the database: each runs once, in this order, after
    /// the journal's own and under the same lock, and is known by its name from then on. Null for nothing.</param>
    /// <param name="connections">The most that are open at a time, unless the connection string says so.</param>
    public PostgresJournal(
        string connectionString,
        TimeProvider time,
        IReadOnlyList<(string Name, string Sql)>? steps = null,
        int connections = JournalLimits.PostgresConnectionsMax
    )
    {
        this.steps = steps ?? [];
        this.time = time;
        source = PostgresSettings.Source(connectionString, connections);
        unpooled = PostgresSettings.Unpooled(connectionString);
        queries = new PostgresQueries(source);
        loading = new PostgresLoading(queries);
        loads = new GroupLoading(loading.LoadMany, loading.Load, time);
        writes = new PostgresReaderWrites(source);
        snapshots = new PostgresSnapshots(source);
        sharing = new PostgresSharing(queries);
        subjectKeys = new PostgresSubjectKeys(queries);
        facts = new PostgresFacts(queries);
        figures = new PostgresFigures(queries);
        appender = new PostgresAppender(source);
        signal = new CommitSignal(LastPosition, time);
        appends = new GroupCommit(appender.Append, signal.Publish, time);
        pruning = new InboxPruning(writes.PruneInbox, time);
    }

    internal long ReadsOfHistories => loads.Reads;

    public async Task<IJournalHold> Hold(HoldKind kind, CancellationToken cancellation) =>
        await PostgresHold.Take(unpooled, kind, time, cancellation);

    public async Task Open(CancellationToken cancellation)
    {
        await PostgresQueries.Translate(async () =>
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            await PostgresSettings.RefuseWeakSettings(connection, cancellation);
            await PostgresSchema.Migrate(connection, steps, cancellation);
            return true;
        });
        appends.Start();
        pruning.Start();
    }

    public Task<AppendResult> Append(Append append, CancellationToken cancellation) =>
        appends.Append(append, cancellation);

    public Task<GrainHistory> Load(string grain, CancellationToken cancellation)
    {
        // Before it meets others in a read: a statement that fails over it may leave its connection in disorder.
        AppendRules.CheckText(grain, nameof(grain), mayBeEmpty: false);
        return loads.Load(grain, cancellation);
    }

    public Task<IReadOnlyList<GrainHistory?>> LoadMany(IReadOnlyList<string> grains, CancellationToken cancellation)
    {
        AppendRules.CheckLoad(grains);
        foreach (var grain in grains)
        {
            AppendRules.CheckText(grain, nameof(grains), mayBeEmpty: false);
        }
        return Soon(loading.LoadMany(grains, cancellation));
    }

    public async Task<IReadOnlyList<RecordedEvent>> ReadGrain(
        string grain,
        long afterVersion,
        int max,
        CancellationToken cancellation
    ) => await Soon(queries.GrainEvents(grain, afterVersion, max, cancellation));

    public async Task<IReadOnlyList<RecordedEvent>> ReadAll(
        long afterPosition,
        int max,
        CancellationToken cancellation
    ) => appends.Recent.After(afterPosition, max) ?? await queries.AllEvents(afterPosition, max, cancellation);

    public Task<long> LastPosition(CancellationToken cancellation) => queries.LastPosition(cancellation);

    public Task WaitForEvents(long afterPosition, CancellationToken cancellation) =>
        signal.Wait(afterPosition, cancellation);

    public Task<InboxEntry?> FindCommand(string scope, string id, CancellationToken cancellation) =>
        Soon(queries.Command(scope, id, cancellation));

    public async Task<IReadOnlyList<Deadline>> DueDeadlines(
        DateTimeOffset now,
        int max,
        CancellationToken cancellation
    ) => await queries.DueDeadlines(now, max, cancellation);

    public async Task<IReadOnlyList<Deadline>> DeadlinesOf(string grain, CancellationToken cancellation)
    {
        AppendRules.CheckText(grain, nameof(grain), mayBeEmpty: false);
        return await Soon(figures.DeadlinesOf(grain, cancellation));
    }

    public Task<JournalFigures> Figures(DateTimeOffset now, CancellationToken cancellation) =>
        Soon(figures.Of(now, cancellation));

    public async Task<IReadOnlyList<Deadline>> ClaimDeadlines(
        DateTimeOffset now,
        int max,
        CancellationToken cancellation
    ) => await sharing.ClaimDeadlines(now, max, cancellation);

    public async Task<IReadOnlyList<string>> HoldLeases(
        string holder,
        IReadOnlyList<string> names,
        TimeSpan lasting,
        CancellationToken cancellation
    )
    {
        AppendRules.CheckLeases(holder, names);
        return await sharing.HoldLeases(holder, names, lasting, cancellation);
    }

    public Task ReleaseLeases(string holder, CancellationToken cancellation) =>
        sharing.ReleaseLeases(holder, cancellation);

    public Task<byte[]?> KeepSubjectKey(string subject, ReadOnlyMemory<byte> key, CancellationToken cancellation)
    {
        AppendRules.CheckSubject(subject);
        return subjectKeys.Keep(subject, key, cancellation);
    }

    public Task<byte[]?> FindSubjectKey(string subject, CancellationToken cancellation) =>
        subjectKeys.Find(subject, cancellation);

    public Task DestroySubjectKey(string subject, CancellationToken cancellation)
    {
        AppendRules.CheckSubject(subject);
        return subjectKeys.Destroy(subject, cancellation);
    }

    public Task<byte[]> KeepFact(string name, ReadOnlyMemory<byte> value, CancellationToken cancellation)
    {
        AppendRules.CheckFact(name, value);
        return facts.Keep(name, value, cancellation);
    }

    public async Task<IReadOnlyList<InstallationFact>> ListFacts(string prefix, CancellationToken cancellation) =>
        await facts.List(prefix, cancellation);

    public Task SaveSnapshot(Snapshot snapshot, CancellationToken cancellation)
    {
        AppendRules.Check(snapshot);
        return snapshots.Save(snapshot, cancellation);
    }

    public Task<long> ReadCheckpoint(string reader, CancellationToken cancellation) =>
        queries.Checkpoint(reader, cancellation);

    public Task<bool> SaveReader(ReaderProgress progress, CancellationToken cancellation)
    {
        AppendRules.Check(progress);
        return writes.SaveReader(progress, cancellation);
    }

    public IAsyncEnumerable<ReaderRow> ReadRows(string reader, CancellationToken cancellation) =>
        queries.Rows(reader, cancellation);

    public async Task<IReadOnlyList<ReaderRow>> FindRows(
        string reader,
        IReadOnlyList<KeyRange> ranges,
        CancellationToken cancellation
    ) => await Soon(queries.Rows(reader, ranges, cancellation));

    public Task ResetReader(string reader, CancellationToken cancellation) => writes.ResetReader(reader, cancellation);

    public async ValueTask DisposeAsync()
    {
        await pruning.DisposeAsync();
        await loads.DisposeAsync();
        await appends.DisposeAsync();
        signal.Close();
        await appender.DisposeAsync();
        await source.DisposeAsync();
    }

    /// <summary>
    /// What callers wait for themselves is answered soon or not at all; the read goes on until its own time is over.
    /// </summary>
    private async Task<T> Soon<T>(Task<T> reading)
    {
        try
        {
            return await reading.WaitAsync(JournalLimits.ReadPatience, time);
        }
        catch (TimeoutException late)
        {
            throw new JournalUnavailableException("PostgreSQL did not answer in time.", late);
        }
    }
}
