using EcosystemSilo.Grains.Interfaces.Board;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Projections;

/// <summary>The stored version of a board, so that it never moves back after a restart.</summary>
internal sealed record BoardRow(BoardKind Kind, long Version)
{
    public const string RowKind = "board";
}

/// <summary>
/// One live board: the cards on it, and its last changes with the card before and after each. What a viewer misses
/// follows from the changes after its version, so nothing is kept per viewer. One writer, any number of readers.
/// </summary>
internal sealed class BoardFeed(BoardKind kind, TimeProvider time)
{
    private readonly record struct Change(long Version, string Id, Card? Before, Card? After, string Correlation);

    private readonly record struct DeltaKey(BoardFilter Filter, string? Only, long After, long Shown);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Card> cards = new(StringComparer.Ordinal);
    private readonly List<Change> changes = [];
    private readonly Dictionary<DeltaKey, Lazy<BoardStep?>> deltas = [];
    private readonly BoardPictures pictures = new(kind, time);
    private long version;
    private long published;
    private long floor;
    private int waiters;
    private TaskCompletionSource next = NewSource();

    public BoardKind Kind => kind;

    /// <summary>
    /// The version that viewers are told of; the newest changes wait for the next <see cref="Publish"/>.
    /// </summary>
    public long Version => Volatile.Read(ref published);

    public void Load(long loadedVersion, IEnumerable<Card> loaded)
    {
        lock (gate)
        {
            foreach (var card in loaded.Where(card => card.IsOnBoard))
            {
                cards[card.Id] = card;
            }

            version = published = floor = loadedVersion;
        }
    }

    /// <summary>Puts a card's next state on the board. False when neither state belongs there.</summary>
    public bool Move(long position, Card? before, Card? after, string correlation)
    {
        var was = before is { IsOnBoard: true } ? before : null;
        var now = after is { IsOnBoard: true } ? after : null;
        if ((now ?? was) is not { } card)
        {
            return false;
        }

        lock (gate)
        {
            if (now is null)
            {
                cards.Remove(card.Id);
            }
            else
            {
                cards[card.Id] = now;
            }

            version = position;
            changes.Add(new Change(position, card.Id, was, now, correlation));
            if (changes.Count > ProjectionLimits.BoardChangesKept)
            {
                ForgetOldest(ProjectionLimits.BoardChangesKept / 8);
            }
        }

        return true;
    }

    /// <summary>Lets viewers see all changes so far, wakes those who wait, and returns how many these were.</summary>
    public int Publish()
    {
        TaskCompletionSource waiting;
        int woken;
        lock (gate)
        {
            if (published == version)
            {
                return 0;
            }

            published = version;
            deltas.Clear();
            (waiting, next) = (next, NewSource());
            (woken, waiters) = (waiters, 0);
        }

        waiting.TrySetResult();
        return woken;
    }

    public async Task<bool> Changed(long after, TimeSpan patience, CancellationToken cancellation)
    {
        Task publish;
        lock (gate)
        {
            if (published > after)
            {
                return true;
            }

            waiters++;
            publish = next.Task;
        }

        try
        {
            await publish.WaitAsync(patience, time, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    public BoardJson Snapshot(BoardScope scope)
    {
        if (pictures.Find(scope, Volatile.Read(ref version)) is { } kept)
        {
            return kept;
        }

        Card[] all;
        long at;
        lock (gate)
        {
            all = [.. cards.Values];
            at = version;
        }

        return pictures.Draw(scope, at, all);
    }

    public BoardStep? Since(BoardScope scope, long after, long shown)
    {
        Lazy<BoardStep?> step;
        lock (gate)
        {
            if (after < floor || after > version)
            {
                return null;
            }

            if (after >= published)
            {
                return new BoardStep(after, null);
            }

            var key = new DeltaKey(scope.Filter, scope.Only?.Value, after, shown);
            if (!deltas.TryGetValue(key, out step!))
            {
                step = Tell(scope, after, shown);
                if (deltas.Count < ProjectionLimits.BoardDeltasKept)
                {
                    deltas.Add(key, step);
                }
            }
        }

        return step.Value;
    }

    /// <summary>Takes the changes under the lock; they are compared and written by the first who wants them.</summary>
    private Lazy<BoardStep?> Tell(BoardScope scope, long after, long shown)
    {
        var from = IndexAfter(after);
        var to = IndexAfter(published);
        if (to - from > ProjectionLimits.BoardChangesBehindMax)
        {
            return new Lazy<BoardStep?>((BoardStep?)null);
        }

        if (to - from > ProjectionLimits.BoardChangesPerDeltaMax)
        {
            // Up to the end of a version: changes of one event are told together.
            to = IndexAfter(changes[from + ProjectionLimits.BoardChangesPerDeltaMax - 1].Version);
        }

        var range = changes.GetRange(from, to - from);
        var at = range[^1].Version;
        return new Lazy<BoardStep?>(() => new BoardStep(at, Compare(scope, range, at, shown)));
    }

    private static BoardJson? Compare(BoardScope scope, List<Change> range, long at, long shown)
    {
        var ends = new Dictionary<string, (Change First, Change Last)>(StringComparer.Ordinal);
        foreach (var change in range)
        {
            ends[change.Id] = (ends.TryGetValue(change.Id, out var known) ? known.First : change, change);
        }

        var upserts = new List<Card>();
        var removes = new List<string>();
        var correlations = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (id, (first, last)) in ends)
        {
            if (scope.Shows(last.After))
            {
                upserts.Add(last.After!);
            }
            else if (scope.Shows(first.Before))
            {
                removes.Add(id);
            }
            else
            {
                continue;
            }

            correlations.Add(last.Correlation);
        }

        return upserts.Count + removes.Count == 0
            ? null
            : new BoardDelta(
                at,
                shown,
                upserts,
                removes,
                correlations.Count == 1 ? correlations.Single() : null
            ).Write();
    }

    private void ForgetOldest(int count)
    {
        floor = changes[count - 1].Version;
        changes.RemoveRange(0, count);
    }

    /// <summary>Index of the first change after a version; changes stand in the order of their versions.</summary>
    private int IndexAfter(long after)
    {
        var (low, high) = (0, changes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = changes[middle].Version > after ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private static TaskCompletionSource NewSource() => new(Scheduling.Asynchronously);
}
