using System.Runtime.InteropServices;

namespace EcosystemSilo.Journal.Memory;

/// <summary>
/// The store behind in-memory journals. It outlives them: several on one disk are several processes on one database,
/// and a new one on an old disk is a restart.
/// </summary>
public sealed partial class MemoryDisk
{
    private readonly Lock gate = new();
    private readonly List<RecordedEvent> events = [];
    private readonly Dictionary<string, List<RecordedEvent>> grains = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Scope, string Id), StoredCommand> inbox = [];
    private readonly Dictionary<(string Grain, string Name), StoredDeadline> deadlines = [];
    private readonly Dictionary<string, Snapshot> snapshots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredReader> readers = new(StringComparer.Ordinal);

    private Action<long>? committed;

    /// <summary>The schema version that journals find; above 1 the disk was written by a newer product.</summary>
    public int SchemaVersion { get; set; }

    internal Verdict[] Commit(IReadOnlyList<Append> batch)
    {
        var verdicts = new Verdict[batch.Count];
        Action<long>? told;
        long newest;
        lock (gate)
        {
            var brokenChains = new HashSet<AppendChain>();
            for (var i = 0; i < batch.Count; i++)
            {
                verdicts[i] = Commit(batch[i], brokenChains);
            }
            newest = events.Count;
            told = committed;
        }
        told?.Invoke(newest);
        return verdicts;
    }

    /// <summary>
    /// Tells the listener the newest position, now and after every commit of any journal on this disk.
    /// </summary>
    internal void Listen(Action<long> listener)
    {
        lock (gate)
        {
            committed += listener;
        }
        listener(LastPosition());
    }

    internal void StopListening(Action<long> listener)
    {
        lock (gate)
        {
            committed -= listener;
        }
    }

    internal GrainHistory History(string grain)
    {
        lock (gate)
        {
            var snapshot = snapshots.GetValueOrDefault(grain);
            return new GrainHistory(snapshot, Slice(OfGrain(grain), snapshot?.Version ?? 0, int.MaxValue));
        }
    }

    internal IReadOnlyList<GrainHistory?> Histories(IReadOnlyList<string> wanted)
    {
        lock (gate)
        {
            var bytes = 0L;
            return
            [
                .. wanted.Select(
                    (grain, place) =>
                    {
                        var history = History(grain);
                        bytes += history.PayloadBytes;
                        return place == 0 || bytes <= JournalLimits.PageBytesMax ? history : null;
                    }
                ),
            ];
        }
    }

    internal IReadOnlyList<RecordedEvent> GrainEvents(string grain, long afterVersion, int max)
    {
        lock (gate)
        {
            return Slice(OfGrain(grain), afterVersion, max);
        }
    }

    internal IReadOnlyList<RecordedEvent> AllEvents(long afterPosition, int max)
    {
        lock (gate)
        {
            var bytes = 0L;
            var page = Slice(events, afterPosition, max);
            var last = page.FindIndex(happened => (bytes += happened.Payload.Length) >= JournalLimits.PageBytesMax);
            return last < 0 ? page : page.GetRange(0, last + 1);
        }
    }

    internal long LastPosition()
    {
        lock (gate)
        {
            return events.Count;
        }
    }

    internal InboxEntry? FindCommand(string scope, string id)
    {
        lock (gate)
        {
            return inbox.TryGetValue((scope, id), out var stored)
                ? new InboxEntry(stored.Grain, stored.Version, stored.Hash)
                : null;
        }
    }

    internal void SaveSnapshot(Snapshot snapshot)
    {
        lock (gate)
        {
            if (!snapshots.TryGetValue(snapshot.Grain, out var stored) || snapshot.Version >= stored.Version)
            {
                snapshots[snapshot.Grain] = snapshot with { State = snapshot.State.ToArray() };
            }
        }
    }

    internal long Checkpoint(string reader)
    {
        lock (gate)
        {
            return readers.TryGetValue(reader, out var stored) ? stored.Checkpoint : 0;
        }
    }

    internal bool SaveReader(ReaderProgress progress)
    {
        lock (gate)
        {
            ref var stored = ref CollectionsMarshal.GetValueRefOrAddDefault(readers, progress.Reader, out _);
            stored ??= new StoredReader();
            if (progress.Checkpoint <= stored.Checkpoint)
            {
                return false;
            }
            stored.Checkpoint = progress.Checkpoint;
            foreach (var row in progress.Rows)
            {
                if (row.Value is { } value)
                {
                    stored.Rows[row.Key] = value.ToArray();
                }
                else
                {
                    stored.Rows.Remove(row.Key);
                }
            }
            return true;
        }
    }

    internal IReadOnlyList<ReaderRow> Rows(string reader)
    {
        lock (gate)
        {
            return readers.TryGetValue(reader, out var stored)
                ? [.. stored.Rows.Select(row => new ReaderRow(row.Key, row.Value))]
                : [];
        }
    }

    internal IReadOnlyList<ReaderRow> Rows(string reader, IReadOnlyList<KeyRange> ranges)
    {
        var all = Rows(reader);
        return
        [
            .. ranges.SelectMany(range =>
                all.Where(row =>
                    string.CompareOrdinal(row.Key, range.From) >= 0 && string.CompareOrdinal(row.Key, range.Before) < 0
                )
            ),
        ];
    }

    internal void ResetReader(string reader)
    {
        lock (gate)
        {
            readers.Remove(reader);
        }
    }

    internal void PruneInbox(DateTimeOffset before)
    {
        lock (gate)
        {
            var old = inbox.Where(entry => entry.Value.DecidedAt < StoredTime.From(before)).ToList();
            old.ForEach(entry => inbox.Remove(entry.Key));
        }
    }

    private Verdict Commit(Append append, HashSet<AppendChain> brokenChains)
    {
        var version = (long)OfGrain(append.Grain).Count;
        var key = (append.Command.Scope, append.Command.Id);
        var isKnown = inbox.TryGetValue(key, out var stored);
        var fits = version == append.ExpectedVersion && (append.Chain is null || !brokenChains.Contains(append.Chain));
        if (isKnown || !fits)
        {
            if (append.Chain is not null)
            {
                brokenChains.Add(append.Chain);
            }
            return isKnown
                ? Repeat(stored!, append)
                : Answer(AppendOutcome.VersionConflict, append.Grain, version, events.Count);
        }
        AddEvents(append);
        ChangeDeadlines(append);
        version += append.Events.Count;
        var at = StoredTime.From(append.At);
        inbox.Add(key, new StoredCommand(append.Grain, version, events.Count, append.Command.Hash.ToArray(), at));
        return Answer(AppendOutcome.Committed, append.Grain, version, events.Count);
    }

    private static Verdict Repeat(StoredCommand stored, Append append)
    {
        var isSame = stored.Hash.AsSpan().SequenceEqual(append.Command.Hash.Span);
        var outcome = isSame ? AppendOutcome.Repeated : AppendOutcome.IdReused;
        return new Verdict(new AppendResult(outcome, stored.Grain, stored.Version, stored.Position), stored.DecidedAt);
    }

    private void AddEvents(Append append)
    {
        ref var ofGrain = ref CollectionsMarshal.GetValueRefOrAddDefault(grains, append.Grain, out _);
        ofGrain ??= [];
        foreach (var happened in append.Events)
        {
            var recorded = new RecordedEvent(
                events.Count + 1,
                append.Grain,
                ofGrain.Count + 1,
                happened.Name,
                happened.Shape,
                happened.Payload.ToArray(),
                StoredTime.To(StoredTime.From(append.At)),
                append.Correlation,
                append.Actor,
                append.Command.Id
            );
            ofGrain.Add(recorded);
            events.Add(recorded);
        }
    }

    private List<RecordedEvent> OfGrain(string grain) => grains.GetValueOrDefault(grain) ?? [];

    /// <summary>Versions and positions both count from 1, so what comes after n starts at index n.</summary>
    private static List<RecordedEvent> Slice(List<RecordedEvent> from, long after, int max)
    {
        var start = (int)Math.Min(after, from.Count);
        return from.GetRange(start, Math.Min(max, from.Count - start));
    }

    private static Verdict Answer(AppendOutcome outcome, string grain, long version, long position) =>
        new(new AppendResult(outcome, grain, version, position), DecidedAt: 0);

    private sealed record StoredCommand(string Grain, long Version, long Position, byte[] Hash, long DecidedAt);

    private sealed class StoredReader
    {
        public long Checkpoint { get; set; }
        public Dictionary<string, byte[]> Rows { get; } = new(StringComparer.Ordinal);
    }
}
