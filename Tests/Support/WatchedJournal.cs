using EcosystemSilo.Journal;

namespace EcosystemSilo.Tests.Support;

/// <summary>A journal whose calls a test can hold, fail or count on their way to the real one.</summary>
public sealed class WatchedJournal(IJournal journal) : IJournal
{
    /// <summary>
    /// Appends to one grain reach the journal in the order of their calls, as they would without a watch.
    /// </summary>
    private readonly Dictionary<string, Task> _forwarded = new(StringComparer.Ordinal);
    private int _deadlineClaims;

    /// <summary>Runs before an append reaches the journal: wait to hold it, throw to fail it without effect.</summary>
    public Func<Append, Task>? BeforeAppend { get; set; }

    /// <summary>Runs when an append has its result: throw to lose the result of a durable append.</summary>
    public Func<Append, AppendResult, Task>? AfterAppend { get; set; }

    public Func<string, Task>? BeforeLoad { get; set; }

    /// <summary>Runs when a grain has been loaded and its reader does not know yet.</summary>
    public Func<string, Task>? AfterLoad { get; set; }

    public Func<string, Task>? BeforeReadGrain { get; set; }

    public Func<string, Task>? BeforeFindCommand { get; set; }

    /// <summary>Runs before leases are asked for: a process that is paused does not ask.</summary>
    public Func<Task>? BeforeHoldLeases { get; set; }

    public Func<string, Task>? BeforeReadCheckpoint { get; set; }

    /// <summary>Runs before events of all grains are read, with the position after which.</summary>
    public Action<long>? BeforeReadAll { get; set; }

    /// <summary>How often due deadlines were asked for.</summary>
    public int DeadlineClaims => Volatile.Read(ref _deadlineClaims);

    /// <summary>Runs when a checkpoint was read and its reader does not know yet.</summary>
    public Func<string, Task>? AfterReadCheckpoint { get; set; }

    /// <summary>False for a save that is lost, as when the process dies before it.</summary>
    public Func<ReaderProgress, bool>? Saves { get; set; }

    /// <summary>The hold that is given out, instead of the journal's.</summary>
    public IJournalHold? Held { get; set; }

    public Task<IJournalHold> Hold(HoldKind kind, CancellationToken cancellation) =>
        Held is { } held ? Task.FromResult(held) : journal.Hold(kind, cancellation);

    public Task Open(CancellationToken cancellation) => journal.Open(cancellation);

    public async Task<AppendResult> Append(Append append, CancellationToken cancellation)
    {
        var forwarded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = Exchange(append.Grain, forwarded.Task);
        Task<AppendResult> appending;
        try
        {
            await (BeforeAppend?.Invoke(append) ?? Task.CompletedTask);
            await before;
            appending = journal.Append(append, cancellation);
        }
        finally
        {
            forwarded.SetResult();
        }

        var result = await appending;
        await (AfterAppend?.Invoke(append, result) ?? Task.CompletedTask);
        return result;
    }

    public async Task<GrainHistory> Load(string grain, CancellationToken cancellation)
    {
        await (BeforeLoad?.Invoke(grain) ?? Task.CompletedTask);
        var history = await journal.Load(grain, cancellation);
        await (AfterLoad?.Invoke(grain) ?? Task.CompletedTask);
        return history;
    }

    public async Task<IReadOnlyList<GrainHistory?>> LoadMany(
        IReadOnlyList<string> grains,
        CancellationToken cancellation
    )
    {
        await Task.WhenAll(grains.Select(grain => BeforeLoad?.Invoke(grain) ?? Task.CompletedTask));
        var histories = await journal.LoadMany(grains, cancellation);
        await Task.WhenAll(grains.Select(grain => AfterLoad?.Invoke(grain) ?? Task.CompletedTask));
        return histories;
    }

    public async Task<IReadOnlyList<RecordedEvent>> ReadGrain(
        string grain,
        long afterVersion,
        int max,
        CancellationToken cancellation
    )
    {
        await (BeforeReadGrain?.Invoke(grain) ?? Task.CompletedTask);
        return await journal.ReadGrain(grain, afterVersion, max, cancellation);
    }

    public Task<IReadOnlyList<RecordedEvent>> ReadAll(long afterPosition, int max, CancellationToken cancellation)
    {
        BeforeReadAll?.Invoke(afterPosition);
        return journal.ReadAll(afterPosition, max, cancellation);
    }

    public Task<long> LastPosition(CancellationToken cancellation) => journal.LastPosition(cancellation);

    public Task WaitForEvents(long afterPosition, CancellationToken cancellation) =>
        journal.WaitForEvents(afterPosition, cancellation);

    public async Task<InboxEntry?> FindCommand(string scope, string id, CancellationToken cancellation)
    {
        await (BeforeFindCommand?.Invoke(id) ?? Task.CompletedTask);
        return await journal.FindCommand(scope, id, cancellation);
    }

    public Task<IReadOnlyList<Deadline>> DueDeadlines(DateTimeOffset now, int max, CancellationToken cancellation) =>
        journal.DueDeadlines(now, max, cancellation);

    public Task<IReadOnlyList<Deadline>> DeadlinesOf(string grain, CancellationToken cancellation) =>
        journal.DeadlinesOf(grain, cancellation);

    public Task<JournalFigures> Figures(DateTimeOffset now, CancellationToken cancellation) =>
        journal.Figures(now, cancellation);

    public Task<IReadOnlyList<Deadline>> ClaimDeadlines(DateTimeOffset now, int max, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _deadlineClaims);
        return journal.ClaimDeadlines(now, max, cancellation);
    }

    public async Task<IReadOnlyList<string>> HoldLeases(
        string holder,
        IReadOnlyList<string> names,
        TimeSpan lasting,
        CancellationToken cancellation
    )
    {
        await (BeforeHoldLeases?.Invoke() ?? Task.CompletedTask);
        return await journal.HoldLeases(holder, names, lasting, cancellation);
    }

    public Task ReleaseLeases(string holder, CancellationToken cancellation) =>
        journal.ReleaseLeases(holder, cancellation);

    public Task<byte[]?> KeepSubjectKey(string subject, ReadOnlyMemory<byte> key, CancellationToken cancellation) =>
        journal.KeepSubjectKey(subject, key, cancellation);

    public Task<byte[]?> FindSubjectKey(string subject, CancellationToken cancellation) =>
        journal.FindSubjectKey(subject, cancellation);

    public Task DestroySubjectKey(string subject, CancellationToken cancellation) =>
        journal.DestroySubjectKey(subject, cancellation);

    public Task<byte[]> KeepFact(string name, ReadOnlyMemory<byte> value, CancellationToken cancellation) =>
        journal.KeepFact(name, value, cancellation);

    public Task<IReadOnlyList<InstallationFact>> ListFacts(string prefix, CancellationToken cancellation) =>
        journal.ListFacts(prefix, cancellation);

    public Task SaveSnapshot(Snapshot snapshot, CancellationToken cancellation) =>
        journal.SaveSnapshot(snapshot, cancellation);

    public async Task<long> ReadCheckpoint(string reader, CancellationToken cancellation)
    {
        await (BeforeReadCheckpoint?.Invoke(reader) ?? Task.CompletedTask);
        var checkpoint = await journal.ReadCheckpoint(reader, cancellation);
        await (AfterReadCheckpoint?.Invoke(reader) ?? Task.CompletedTask);
        return checkpoint;
    }

    public Task<bool> SaveReader(ReaderProgress progress, CancellationToken cancellation) =>
        Saves?.Invoke(progress) == false ? Task.FromResult(false) : journal.SaveReader(progress, cancellation);

    public Task<IReadOnlyList<ReaderRow>> FindRows(
        string reader,
        IReadOnlyList<KeyRange> ranges,
        CancellationToken cancellation
    ) => journal.FindRows(reader, ranges, cancellation);

    public IAsyncEnumerable<ReaderRow> ReadRows(string reader, CancellationToken cancellation) =>
        journal.ReadRows(reader, cancellation);

    public Task ResetReader(string reader, CancellationToken cancellation) => journal.ResetReader(reader, cancellation);

    public ValueTask DisposeAsync() => journal.DisposeAsync();

    private Task Exchange(string grain, Task forwarded)
    {
        lock (_forwarded)
        {
            var before = _forwarded.GetValueOrDefault(grain, Task.CompletedTask);
            _forwarded[grain] = forwarded;
            return before;
        }
    }
}
