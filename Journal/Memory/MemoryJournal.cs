using System.Runtime.CompilerServices;

namespace EcosystemSilo.Journal.Memory;

/// <summary>
/// A journal that keeps nothing beyond the process, for tests and simulation. It starts no thread and no poll: on a
/// single-threaded task scheduler one seed gives one execution.
/// </summary>
public sealed class MemoryJournal : IJournal
{
    private static readonly IReadOnlyList<Migration> Known = [new Migration(1, Sql: "")];
    private readonly MemoryDisk disk;
    private readonly MemoryFaults faults;
    private readonly TimeProvider time;
    private readonly GroupCommit appends;
    private readonly GroupLoading loads;
    private readonly CommitSignal signal;

    public MemoryJournal(MemoryDisk disk, TimeProvider time, MemoryFaults? faults = null)
    {
        this.disk = disk;
        this.time = time;
        this.faults = faults ?? new MemoryFaults();
        signal = new CommitSignal(lastPosition: null, time);
        appends = new GroupCommit(Commit, signal.Publish, time);
        loads = new GroupLoading(LoadMany, LoadAlone, time);
    }

    public Task<IJournalHold> Hold(HoldKind kind, CancellationToken cancellation) =>
        Holds.Take(kind, () => Task.FromResult(disk.TryHold(kind)), time, cancellation);

    public Task Open(CancellationToken cancellation)
    {
        foreach (var step in Migrations.Missing(Known, disk.SchemaVersion))
        {
            disk.SchemaVersion = step.Version;
        }
        disk.Listen(signal.Publish);
        disk.PruneInbox(time.GetUtcNow() - JournalLimits.InboxKept);
        appends.Start();
        return Task.CompletedTask;
    }

    public Task<AppendResult> Append(Append append, CancellationToken cancellation) =>
        appends.Append(append, cancellation);

    public Task<GrainHistory> Load(string grain, CancellationToken cancellation) => loads.Load(grain, cancellation);

    public Task<IReadOnlyList<GrainHistory?>> LoadMany(IReadOnlyList<string> grains, CancellationToken cancellation)
    {
        AppendRules.CheckLoad(grains);
        return Run(() => disk.Histories(grains), cancellation);
    }

    public Task<IReadOnlyList<RecordedEvent>> ReadGrain(
        string grain,
        long afterVersion,
        int max,
        CancellationToken cancellation
    ) => Run(() => disk.GrainEvents(grain, afterVersion, max), cancellation);

    public Task<IReadOnlyList<RecordedEvent>> ReadAll(long afterPosition, int max, CancellationToken cancellation) =>
        Run(() => disk.AllEvents(afterPosition, max), cancellation);

    public Task<long> LastPosition(CancellationToken cancellation) => Run(disk.LastPosition, cancellation);

    public Task WaitForEvents(long afterPosition, CancellationToken cancellation) =>
        signal.Wait(afterPosition, cancellation);

    public Task<InboxEntry?> FindCommand(string scope, string id, CancellationToken cancellation) =>
        Run(() => disk.FindCommand(scope, id), cancellation);

    public Task<IReadOnlyList<Deadline>> DueDeadlines(DateTimeOffset now, int max, CancellationToken cancellation) =>
        Run(() => disk.DueDeadlines(now, max), cancellation);

    public Task<IReadOnlyList<Deadline>> DeadlinesOf(string grain, CancellationToken cancellation) =>
        Run(() => disk.DeadlinesOf(grain), cancellation);

    public Task<JournalFigures> Figures(DateTimeOffset now, CancellationToken cancellation) =>
        Run(() => disk.Figures(now, time.GetUtcNow()), cancellation);

    public Task<IReadOnlyList<Deadline>> ClaimDeadlines(DateTimeOffset now, int max, CancellationToken cancellation) =>
        Run(() => disk.ClaimDeadlines(now, max, time.GetUtcNow()), cancellation);

    public Task<IReadOnlyList<string>> HoldLeases(
        string holder,
        IReadOnlyList<string> names,
        TimeSpan lasting,
        CancellationToken cancellation
    )
    {
        AppendRules.CheckLeases(holder, names);
        return Run(() => disk.HoldLeases(holder, names, lasting, time.GetUtcNow()), cancellation);
    }

    public Task ReleaseLeases(string holder, CancellationToken cancellation) =>
        Run(() => disk.ReleaseLeases(holder), cancellation);

    public Task<byte[]?> KeepSubjectKey(string subject, ReadOnlyMemory<byte> key, CancellationToken cancellation)
    {
        AppendRules.CheckSubject(subject);
        return Run(() => disk.KeepSubjectKey(subject, key), cancellation);
    }

    public Task<byte[]?> FindSubjectKey(string subject, CancellationToken cancellation) =>
        Run(() => disk.FindSubjectKey(subject), cancellation);

    public Task DestroySubjectKey(string subject, CancellationToken cancellation)
    {
        AppendRules.CheckSubject(subject);
        return Run(() => disk.DestroySubjectKey(subject), cancellation);
    }

    public Task<byte[]> KeepFact(string name, ReadOnlyMemory<byte> value, CancellationToken cancellation)
    {
        AppendRules.CheckFact(name, value);
        return Run(() => disk.KeepFact(name, value), cancellation);
    }

    public Task<IReadOnlyList<InstallationFact>> ListFacts(string prefix, CancellationToken cancellation) =>
        Run(() => disk.Facts(prefix), cancellation);

    public Task SaveSnapshot(Snapshot snapshot, CancellationToken cancellation)
    {
        AppendRules.Check(snapshot);
        return Run(() => disk.SaveSnapshot(snapshot), cancellation);
    }

    public Task<long> ReadCheckpoint(string reader, CancellationToken cancellation) =>
        Run(() => disk.Checkpoint(reader), cancellation);

    public Task<bool> SaveReader(ReaderProgress progress, CancellationToken cancellation)
    {
        AppendRules.Check(progress);
        return Run(() => disk.SaveReader(progress), cancellation);
    }

    public async IAsyncEnumerable<ReaderRow> ReadRows(
        string reader,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        foreach (var row in await Run(() => disk.Rows(reader), cancellation))
        {
            yield return row;
        }
    }

    public Task<IReadOnlyList<ReaderRow>> FindRows(
        string reader,
        IReadOnlyList<KeyRange> ranges,
        CancellationToken cancellation
    ) => Run(() => disk.Rows(reader, ranges), cancellation);

    public Task ResetReader(string reader, CancellationToken cancellation) =>
        Run(() => disk.ResetReader(reader), cancellation);

    public async ValueTask DisposeAsync()
    {
        await loads.DisposeAsync();
        await appends.DisposeAsync();
        disk.StopListening(signal.Publish);
        signal.Close();
    }

    private async Task<Verdict[]> Commit(IReadOnlyList<Append> batch, CancellationToken cancellation)
    {
        if (faults.BeforeCommit is { } before)
        {
            await before(batch).WaitAsync(cancellation);
        }
        var verdicts = disk.Commit(batch);
        if (faults.AfterCommit is { } after)
        {
            await after(batch);
        }
        return verdicts;
    }

    private Task<GrainHistory> LoadAlone(string grain, CancellationToken cancellation) =>
        Run(() => disk.History(grain), cancellation);

    private Task Run(Action work, CancellationToken cancellation) =>
        Run(
            () =>
            {
                work();
                return true;
            },
            cancellation
        );

    private async Task<T> Run<T>(Func<T> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (faults.BeforeOther is { } before)
        {
            await before().WaitAsync(cancellation);
        }
        return work();
    }
}
