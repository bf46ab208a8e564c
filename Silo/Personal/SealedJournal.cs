using System.Collections.Frozen;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Personal;

/// <summary>
/// The journal as the silo sees it: personal events and the snapshots of grains that have some are encrypted on their
/// way to the store and decrypted on their way back. Once a person is erased their key is destroyed, and what was
/// encrypted under it reads as <see cref="PersonalDataErased"/>.
/// </summary>
internal sealed class SealedJournal(IJournal journal, IKeySafe safe) : IJournal
{
    private static readonly FrozenSet<string> PersonalNames = Wire
        .All.Where(wire => wire.Type.IsAssignableTo(typeof(IPersonal)))
        .Select(wire => wire.Name)
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly string ErasedName = Wire.Of(new PersonErased(default)).Name;
    private static readonly WireType Unreadable = Wire.Of(new PersonalDataErased());
    private static readonly byte[] UnreadableBody = Wire.Write(new PersonalDataErased());

    private readonly SubjectKeys _keys = new(journal, safe);

    /// <summary>The keys that it seals and opens with.</summary>
    public SubjectKeys Keys => _keys;

    public Task<IJournalHold> Hold(HoldKind kind, CancellationToken cancellation) => journal.Hold(kind, cancellation);

    public Task Open(CancellationToken cancellation) => journal.Open(cancellation);

    public Task<AppendResult> Append(Append append, CancellationToken cancellation) =>
        Subjects.Of(append.Grain) is { } subject
            ? AppendAbout(subject, append, cancellation)
            : journal.Append(append, cancellation);

    public async Task<GrainHistory> Load(string grain, CancellationToken cancellation) =>
        await Open(grain, await journal.Load(grain, cancellation), cancellation);

    public async Task<IReadOnlyList<GrainHistory?>> LoadMany(
        IReadOnlyList<string> grains,
        CancellationToken cancellation
    )
    {
        var histories = await journal.LoadMany(grains, cancellation);
        var opened = new List<GrainHistory?>(histories.Count);
        for (var i = 0; i < histories.Count; i++)
        {
            opened.Add(histories[i] is { } history ? await Open(grains[i], history, cancellation) : null);
        }

        return opened;
    }

    public async Task<IReadOnlyList<RecordedEvent>> ReadGrain(
        string grain,
        long afterVersion,
        int max,
        CancellationToken cancellation
    ) => await Open(await journal.ReadGrain(grain, afterVersion, max, cancellation), cancellation);

    public async Task<IReadOnlyList<RecordedEvent>> ReadAll(long afterPosition, int max, CancellationToken cancellation)
    {
        var events = await journal.ReadAll(afterPosition, max, cancellation);
        foreach (var erased in events.Where(recorded => recorded.Name == ErasedName))
        {
            // Every process comes by here, and also after a crash between the erasure and its acknowledgement.
            await _keys.DestroyLeft(Subjects.Of(erased.Grain)!, cancellation);
        }

        return await Open(events, cancellation);
    }

    public Task<byte[]> KeepFact(string name, ReadOnlyMemory<byte> value, CancellationToken cancellation) =>
        journal.KeepFact(name, value, cancellation);

    public Task<IReadOnlyList<InstallationFact>> ListFacts(string prefix, CancellationToken cancellation) =>
        journal.ListFacts(prefix, cancellation);

    public async Task SaveSnapshot(Snapshot snapshot, CancellationToken cancellation)
    {
        if (Subjects.Of(snapshot.Grain) is not { } subject)
        {
            await journal.SaveSnapshot(snapshot, cancellation);
        }
        else if (await _keys.Keep(subject, cancellation) is { } key)
        {
            var state = SealedBytes.Seal(snapshot.State.Span, key, PlaceOf(snapshot));
            await journal.SaveSnapshot(snapshot with { State = state }, cancellation);
        }
    }

    public Task<byte[]?> KeepSubjectKey(string subject, ReadOnlyMemory<byte> key, CancellationToken cancellation) =>
        journal.KeepSubjectKey(subject, key, cancellation);

    public Task<byte[]?> FindSubjectKey(string subject, CancellationToken cancellation) =>
        journal.FindSubjectKey(subject, cancellation);

    public Task DestroySubjectKey(string subject, CancellationToken cancellation) =>
        _keys.Destroy(subject, cancellation);

    public Task<long> LastPosition(CancellationToken cancellation) => journal.LastPosition(cancellation);

    public Task WaitForEvents(long afterPosition, CancellationToken cancellation) =>
        journal.WaitForEvents(afterPosition, cancellation);

    public Task<InboxEntry?> FindCommand(string scope, string id, CancellationToken cancellation) =>
        journal.FindCommand(scope, id, cancellation);

    public Task<IReadOnlyList<Deadline>> DueDeadlines(DateTimeOffset now, int max, CancellationToken cancellation) =>
        journal.DueDeadlines(now, max, cancellation);

    public Task<IReadOnlyList<Deadline>> DeadlinesOf(string grain, CancellationToken cancellation) =>
        journal.DeadlinesOf(grain, cancellation);

    public Task<JournalFigures> Figures(DateTimeOffset now, CancellationToken cancellation) =>
        journal.Figures(now, cancellation);

    public Task<IReadOnlyList<Deadline>> ClaimDeadlines(DateTimeOffset now, int max, CancellationToken cancellation) =>
        journal.ClaimDeadlines(now, max, cancellation);

    public Task<IReadOnlyList<string>> HoldLeases(
        string holder,
        IReadOnlyList<string> names,
        TimeSpan lasting,
        CancellationToken cancellation
    ) => journal.HoldLeases(holder, names, lasting, cancellation);

    public Task ReleaseLeases(string holder, CancellationToken cancellation) =>
        journal.ReleaseLeases(holder, cancellation);

    public Task<long> ReadCheckpoint(string reader, CancellationToken cancellation) =>
        journal.ReadCheckpoint(reader, cancellation);

    public async Task<bool> SaveReader(ReaderProgress progress, CancellationToken cancellation)
    {
        if (!Subjects.HasPersonalRows(progress.Reader))
        {
            return await journal.SaveReader(progress, cancellation);
        }

        var rows = new List<ReaderRow>(progress.Rows.Count);
        foreach (var row in progress.Rows)
        {
            rows.Add(row.Value is { } value ? await Seal(progress.Reader, row.Key, value, cancellation) : row);
        }

        return await journal.SaveReader(progress with { Rows = rows }, cancellation);
    }

    /// <summary>A row that cannot be opened any more comes without its value.</summary>
    public async Task<IReadOnlyList<ReaderRow>> FindRows(
        string reader,
        IReadOnlyList<KeyRange> ranges,
        CancellationToken cancellation
    )
    {
        var found = await journal.FindRows(reader, ranges, cancellation);
        if (!Subjects.HasPersonalRows(reader))
        {
            return found;
        }

        var rows = new List<ReaderRow>(found.Count);
        foreach (var row in found)
        {
            var key = await _keys.Find(Subjects.OfRow(row.Key), cancellation);
            // A plain null would be one of byte[], which turns into an empty value.
            var value = key is null
                ? default(ReadOnlyMemory<byte>?)
                : SealedBytes.Open(row.Value!.Value.Span, key, PlaceOf(reader, row.Key));
            rows.Add(row with { Value = value });
        }

        return rows;
    }

    public IAsyncEnumerable<ReaderRow> ReadRows(string reader, CancellationToken cancellation) =>
        journal.ReadRows(reader, cancellation);

    public Task ResetReader(string reader, CancellationToken cancellation) => journal.ResetReader(reader, cancellation);

    public ValueTask DisposeAsync() => journal.DisposeAsync();

    private async Task<AppendResult> AppendAbout(string subject, Append append, CancellationToken cancellation)
    {
        if (append.Events.Any(happened => PersonalNames.Contains(happened.Name)))
        {
            var key =
                await _keys.Keep(subject, cancellation)
                ?? throw new InvalidOperationException($"{append.Grain} writes about a person who was erased.");
            append = append with { Events = [.. append.Events.Select(happened => Seal(append.Grain, happened, key))] };
        }

        var result = await journal.Append(append, cancellation);
        if (append.Events.Any(happened => happened.Name == ErasedName) && result.Outcome == AppendOutcome.Committed)
        {
            await _keys.Destroy(subject, cancellation);
        }

        return result;
    }

    private async ValueTask<GrainHistory> Open(string grain, GrainHistory history, CancellationToken cancellation)
    {
        if (Subjects.Of(grain) is not { } subject)
        {
            return history;
        }

        if (history.Snapshot is not { } snapshot)
        {
            return history with { Tail = await Open(history.Tail, cancellation) };
        }

        // A snapshot that cannot be opened any more is made up for by the events.
        return await _keys.Find(subject, cancellation) is { } key
            ? new GrainHistory(
                snapshot with
                {
                    State = SealedBytes.Open(snapshot.State.Span, key, PlaceOf(snapshot)),
                },
                await Open(history.Tail, cancellation)
            )
            : new GrainHistory(Snapshot: null, await ReadGrain(grain, 0, int.MaxValue, cancellation));
    }

    private async ValueTask<IReadOnlyList<RecordedEvent>> Open(
        IReadOnlyList<RecordedEvent> events,
        CancellationToken cancellation
    )
    {
        if (!events.Any(IsSealed))
        {
            return events;
        }

        var opened = new List<RecordedEvent>(events.Count);
        foreach (var recorded in events)
        {
            opened.Add(IsSealed(recorded) ? await Open(recorded, cancellation) : recorded);
        }

        return opened;
    }

    private async ValueTask<RecordedEvent> Open(RecordedEvent recorded, CancellationToken cancellation) =>
        await _keys.Find(Subjects.Of(recorded.Grain)!, cancellation) is { } key
            ? recorded with
            {
                Payload = SealedBytes.Open(recorded.Payload.Span, key, PlaceOf(recorded.Grain, recorded.Name)),
            }
            : recorded with
            {
                Name = Unreadable.Name,
                Shape = Unreadable.Version,
                Payload = UnreadableBody,
            };

    /// <summary>About a person who was erased nothing is kept.</summary>
    private async ValueTask<ReaderRow> Seal(
        string reader,
        string row,
        ReadOnlyMemory<byte> value,
        CancellationToken cancellation
    ) =>
        await _keys.Keep(Subjects.OfRow(row), cancellation) is { } key
            ? new ReaderRow(row, SealedBytes.Seal(value.Span, key, PlaceOf(reader, row)))
            : new ReaderRow(row, Value: null);

    private static NewEvent Seal(string grain, NewEvent happened, byte[] key) =>
        PersonalNames.Contains(happened.Name)
            ? happened with
            {
                Payload = SealedBytes.Seal(happened.Payload.Span, key, PlaceOf(grain, happened.Name)),
            }
            : happened;

    private static bool IsSealed(RecordedEvent recorded) => SealedBytes.Are(recorded.Payload.Span);

    private static string PlaceOf(string grain, string name) => $"{grain} {name}";

    private static string PlaceOf(Snapshot snapshot) => PlaceOf(snapshot.Grain, "snapshot");
}
