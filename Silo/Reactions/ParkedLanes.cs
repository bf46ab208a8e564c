using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Projections;

namespace EcosystemSilo.Silo.Reactions;

/// <summary>What is kept of a parked lane.</summary>
/// <param name="After">All that follows for the grain from events up to here was sent; what follows from later ones is
/// read off the journal again when its time comes. So it does not matter how much waits.</param>
/// <param name="WaitsFor">The grain that has to be resumed first; null for one that could not be reached.</param>
internal sealed record LaneRow(long After, string? WaitsFor);

/// <summary>Follow-ups to one grain that wait, so that those to others do not.</summary>
internal sealed class ParkedLane(GrainKey grain, LaneRow row)
{
    public GrainKey Grain => grain;

    public LaneRow Row { get; set; } = row;

    /// <summary>When it is tried again, unless it waits for somebody.</summary>
    public DateTimeOffset TryAt { get; set; }

    public int Failures { get; set; }

    /// <summary>Orders those that are served, so that none waits for another's long history.</summary>
    public long ServedAs { get; set; }
}

/// <summary>
/// The lanes of one reader that are parked. They are saved with its checkpoint, in one transaction, so that nothing is
/// lost between the two, and whoever has the reader's lease next goes on with them.
/// </summary>
internal sealed class ParkedLanes(TimeProvider clock)
{
    private readonly Dictionary<GrainKey, ParkedLane> _lanes = [];
    private readonly Dictionary<string, LaneRow?> _changed = new(StringComparer.Ordinal);
    private long _served;
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether so much is out of reach that others had better wait too.</summary>
    public bool IsFull => _lanes.Count >= Limits.ParkedLanesMax;

    public void Load(IEnumerable<ReaderRow> rows)
    {
        _lanes.Clear();
        _changed.Clear();
        foreach (var row in rows)
        {
            var grain = GrainKey.Parse(row.Key);
            _lanes[grain] = new ParkedLane(grain, RowJson.Read<LaneRow>(row.Value!.Value));
        }

        Volatile.Write(ref _count, _lanes.Count);
    }

    public bool Holds(GrainKey grain) => _lanes.ContainsKey(grain);

    /// <summary>Parks a lane, or a parked one again.</summary>
    /// <param name="after">The position up to which all was sent.</param>
    public void Park(GrainKey grain, long after, GrainKey? waitsFor)
    {
        var row = new LaneRow(after, waitsFor?.ToString());
        if (!_lanes.TryGetValue(grain, out var lane))
        {
            _lanes[grain] = lane = new ParkedLane(grain, row);
            Volatile.Write(ref _count, _lanes.Count);
        }

        lane.Failures = waitsFor is null && after == lane.Row.After ? lane.Failures + 1 : 0;
        lane.TryAt = clock.GetUtcNow() + Limits.ParkedPause(lane.Failures);
        Change(lane, row);
    }

    /// <summary>A grain was resumed: what waits for it goes on.</summary>
    public void Resume(string grain)
    {
        foreach (var lane in _lanes.Values.Where(lane => lane.Row.WaitsFor == grain))
        {
            lane.TryAt = clock.GetUtcNow();
            Change(lane, lane.Row with { WaitsFor = null });
        }
    }

    /// <summary>Was sent all up to a position, and is sent the rest as soon as the others had their turn.</summary>
    public void Advance(ParkedLane lane, long after)
    {
        (lane.Failures, lane.TryAt, lane.ServedAs) = (0, clock.GetUtcNow(), ++_served);
        Change(lane, lane.Row with { After = after });
    }

    /// <summary>Was sent all there is: what comes next for it is sent as it comes.</summary>
    public void Release(GrainKey grain)
    {
        _lanes.Remove(grain);
        _changed[grain.ToString()] = null;
        Volatile.Write(ref _count, _lanes.Count);
    }

    /// <summary>Those that are to be tried now, the one that waited longest for its turn first.</summary>
    public IReadOnlyList<ParkedLane> Due()
    {
        if (_lanes.Count == 0)
        {
            return [];
        }

        var now = clock.GetUtcNow();
        return
        [
            .. _lanes
                .Values.Where(lane => lane.Row.WaitsFor is null && lane.TryAt <= now)
                .OrderBy(lane => lane.ServedAs)
                .ThenBy(lane => lane.Row.After),
        ];
    }

    /// <summary>When one is to be tried next; null when none is, however long one waits.</summary>
    public DateTimeOffset? NextAt() =>
        _lanes.Values.Where(lane => lane.Row.WaitsFor is null).Select(lane => (DateTimeOffset?)lane.TryAt).Min();

    public IReadOnlyList<ReaderRow> ChangedRows() =>
        [.. _changed.Select(row => new ReaderRow(row.Key, RowJson.WriteIfAny(row.Value)))];

    public void NoteSaved() => _changed.Clear();

    private void Change(ParkedLane lane, LaneRow row)
    {
        lane.Row = row;
        _changed[lane.Grain.ToString()] = row;
    }
}
