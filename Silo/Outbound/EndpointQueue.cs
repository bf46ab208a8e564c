using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Outbound;

/// <summary>A notification that waits for its next attempt.</summary>
/// <param name="Version">The notification's version that this is of.</param>
/// <param name="Lane">Of those in one lane only the first may go.</param>
/// <param name="Number">The order within the lane: the position at which it was queued.</param>
/// <param name="IsPaused">It goes when it is resumed, and what is behind it in its lane waits with it.</param>
/// <param name="Correlation">That of what it tells of; null where an older build queued it.</param>
internal sealed record Waiting(
    GrainKey Key,
    long Version,
    string Lane,
    long Number,
    DateTimeOffset Due,
    bool IsPaused = false,
    string? Correlation = null
);

/// <summary>
/// What waits for one endpoint. The reader of the journal puts in and takes out; a courier borrows what is due, and
/// gives nothing back: what became of it comes by way of the journal.
/// </summary>
internal sealed class EndpointQueue
{
    private static readonly Comparer<Waiting> ByNumber = Comparer<Waiting>.Create(
        (one, other) => one.Number.CompareTo(other.Number)
    );

    private static readonly Comparer<Waiting> ByDue = Comparer<Waiting>.Create(
        (one, other) => (one.IsPaused, one.Due, one.Number).CompareTo((other.IsPaused, other.Due, other.Number))
    );

    private readonly Lock _gate = new();
    private readonly Dictionary<GrainKey, Waiting> _waiting = [];
    private readonly Dictionary<string, SortedSet<Waiting>> _lanes = new(StringComparer.Ordinal);
    private readonly SortedSet<Waiting> _ready = new(ByDue);
    private readonly Dictionary<GrainKey, string> _underWay = [];
    private readonly HashSet<string> _busyLanes = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(Scheduling.Asynchronously);
    private EndpointView? _endpoint;
    private DateTimeOffset _notBefore;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Completes with the next change.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    public EndpointView Endpoint
    {
        get
        {
            lock (_gate)
            {
                return _endpoint ?? throw new InvalidOperationException("A queue begins with its endpoint.");
            }
        }
        set => Change(() => _endpoint = value);
    }

    /// <summary>Nothing goes before this time.</summary>
    public void Pause(DateTimeOffset until) => Change(() => _notBefore = until > _notBefore ? until : _notBefore);

    public void Put(Waiting waiting) =>
        Change(() =>
        {
            Take(waiting.Key);
            _waiting.Add(waiting.Key, waiting);
            if (!_lanes.TryGetValue(waiting.Lane, out var lane))
            {
                _lanes.Add(waiting.Lane, lane = new SortedSet<Waiting>(ByNumber));
            }

            if (lane.Min is { } head)
            {
                _ready.Remove(head);
            }

            lane.Add(waiting);
            Ready(waiting.Lane);
        });

    public void Remove(GrainKey notification) => Change(() => Take(notification));

    public Waiting? Find(GrainKey notification)
    {
        lock (_gate)
        {
            return _waiting.GetValueOrDefault(notification);
        }
    }

    public IReadOnlyList<Waiting> All()
    {
        lock (_gate)
        {
            return [.. _waiting.Values];
        }
    }

    /// <summary>Borrows the notification that is due first; null when none may go now.</summary>
    /// <param name="pause">When to look again unless there is a change before.</param>
    public Waiting? Borrow(DateTimeOffset now, out TimeSpan pause)
    {
        lock (_gate)
        {
            pause = Timeout.InfiniteTimeSpan;
            if (
                _endpoint?.Status != EndpointStatus.Active
                || _ready.Min is not { IsPaused: false } first
                || _underWay.Count >= AtOnce
            )
            {
                return null;
            }

            var from = first.Due > _notBefore ? first.Due : _notBefore;
            if (from > now)
            {
                // Waiting knows whole milliseconds only; rounded down, what is left would be waited for in circles.
                pause = TimeSpan.FromMilliseconds(Math.Ceiling((from - now).TotalMilliseconds));
                return null;
            }

            _ready.Remove(first);
            _underWay.Add(first.Key, first.Lane);
            _busyLanes.Add(first.Lane);
            if (_endpoint.Settings.PerSecond is { } perSecond)
            {
                _notBefore = now + TimeSpan.FromSeconds(1.0 / perSecond);
            }

            return first;
        }
    }

    /// <summary>What was borrowed is tried again at another time, because nothing came of it.</summary>
    public void Postpone(Waiting waiting, DateTimeOffset until)
    {
        if (Find(waiting.Key) == waiting)
        {
            Put(waiting with { Due = until });
        }
    }

    private int AtOnce =>
        _endpoint!.FailingSince is null ? OutboundLimits.AtOncePerEndpoint : OutboundLimits.AtOnceWhileFailing;

    private void Take(GrainKey notification)
    {
        if (_underWay.Remove(notification, out var busy))
        {
            _busyLanes.Remove(busy);
        }

        if (!_waiting.Remove(notification, out var waiting))
        {
            return;
        }

        var lane = _lanes[waiting.Lane];
        _ready.Remove(waiting);
        lane.Remove(waiting);
        if (lane.Count == 0)
        {
            _lanes.Remove(waiting.Lane);
        }
        else
        {
            Ready(waiting.Lane);
        }
    }

    private void Ready(string lane)
    {
        if (!_busyLanes.Contains(lane))
        {
            _ready.Add(_lanes[lane].Min!);
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change();
            changed = _changed;
            _changed = new TaskCompletionSource(Scheduling.Asynchronously);
        }

        changed.TrySetResult();
    }
}
