using System.Collections.Frozen;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Reactions;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Leases;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Reactions;

/// <summary>
/// Follows the journal and sends the commands that events give rise to. A grain that is paused, or cannot be reached
/// for a while, does not hold up the others: its lane is parked, and when the grain takes commands again the lane
/// follows the journal by itself, page by page, until it has caught up.
/// </summary>
internal sealed class ReactionRunner : LeasedReader
{
    private const string Reader = "reactions";

    private readonly FrozenDictionary<string, Reaction[]> _byEvent;
    private readonly FollowUpSender _sender;
    private readonly ParkedLanes _lanes;
    private readonly ILogger _logger;

    public ReactionRunner(
        IJournal journal,
        IGrains grains,
        ISubjectBox box,
        IReadOnlyList<Reaction> reactions,
        LeaseHolder leases,
        TimeProvider clock,
        SiloMetrics metrics,
        ILogger<ReactionRunner> logger
    )
        : base(Reader, journal, leases, clock, metrics, logger)
    {
        _byEvent = reactions
            .SelectMany(reaction => reaction.On.Select(type => (Wire.Of(type).Name, reaction)))
            .GroupBy(pair => pair.Name, pair => pair.reaction, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        _sender = new FollowUpSender(Reader, grains, box, clock, metrics, logger);
        _lanes = new ParkedLanes(clock);
        _logger = logger;
        metrics.ObserveParked(() => _lanes.Count);
    }

    protected override async Task Load(CancellationToken over)
    {
        var rows = new List<ReaderRow>();
        await foreach (var row in Journal.ReadRows(Reader, over))
        {
            rows.Add(row);
        }

        _lanes.Load(rows);
    }

    protected override IReadOnlyList<ReaderRow> ChangedRows() => _lanes.ChangedRows();

    protected override void NoteSaved() => _lanes.NoteSaved();

    protected override TimeSpan? ContinuesIn() => _lanes.NextAt() - Clock.GetUtcNow();

    /// <summary>Follow-ups to one grain keep the order of their events; different grains go at the same time.</summary>
    protected override async Task Follow(IReadOnlyList<RecordedEvent> events, CancellationToken over)
    {
        // Before anything is sent: whoever is found paused from here on is resumed by an event that is yet to come.
        foreach (var resumed in Resumed(events))
        {
            _lanes.Resume(resumed);
        }

        var sendings = events.SelectMany(FollowUpsOf).Where(sending => !_lanes.Holds(sending.FollowUp.Target));
        // With so many parked it is not one grain that is out of reach, and to read on would help nobody.
        var patience = _lanes.IsFull ? TimeSpan.MaxValue : Limits.FollowUpPatience;
        foreach (var stuck in await _sender.SendAll(sendings, LaneOf, patience, over))
        {
            Park(stuck);
        }
    }

    /// <summary>Sends what waits in parked lanes whose time has come, a few pages of the journal at once.</summary>
    protected override async Task Continue(CancellationToken over)
    {
        var due = _lanes.Due();
        if (due.Count == 0)
        {
            return;
        }

        var (sendings, reached) = await ReadMissed(due, over);
        var stuck = (await _sender.SendAll(sendings, LaneOf, Limits.ParkedPatience, over)).ToDictionary(lane =>
            lane.Left[0].FollowUp.Target
        );
        foreach (var (lane, position) in reached)
        {
            if (stuck.TryGetValue(lane.Grain, out var again))
            {
                Park(again);
            }
            else if (position < Position)
            {
                _lanes.Advance(lane, position);
            }
            else
            {
                _lanes.Release(lane.Grain);
                Log.LaneReleased(_logger, lane.Grain.ToString(), position);
            }
        }
    }

    /// <summary>
    /// The follow-ups that lanes have missed, as far as some pages of the journal tell; and to which position each lane
    /// comes by them. Lanes that stand in the same page share it.
    /// </summary>
    private async Task<(List<Sending> Sendings, List<(ParkedLane Lane, long Position)> Reached)> ReadMissed(
        IReadOnlyList<ParkedLane> due,
        CancellationToken over
    )
    {
        var sendings = new List<Sending>();
        var reached = new List<(ParkedLane, long)>();
        var left = due.ToDictionary(lane => lane.Grain);
        for (var page = 0; page < Limits.ParkedPagesPerStep && left.Count > 0; page++)
        {
            var from = due.First(lane => left.ContainsKey(lane.Grain)).Row.After;
            var events = await Journal.ReadAll(from, Limits.EventsPerRead, over);
            var missed = events.TakeWhile(recorded => recorded.Position <= Position).ToList();
            var to = missed.Count == 0 ? Position : missed[^1].Position;
            var here = left.Values.Where(lane => lane.Row.After >= from && lane.Row.After <= to).ToList();
            sendings.AddRange(
                missed
                    .SelectMany(FollowUpsOf)
                    .Where(sending =>
                        left.TryGetValue(sending.FollowUp.Target, out var lane)
                        && lane.Row.After >= from
                        && lane.Row.After < sending.Cause.Position
                    )
            );
            foreach (var lane in here)
            {
                reached.Add((lane, to));
                left.Remove(lane.Grain);
            }
        }

        return (sendings, reached);
    }

    private void Park(StuckLane stuck)
    {
        var (first, waitsFor) = (stuck.Left[0], stuck.WaitsFor);
        if (!_lanes.Holds(first.FollowUp.Target))
        {
            Log.LaneParked(
                _logger,
                first.FollowUp.Target.ToString(),
                first.Cause.Position,
                waitsFor is { } paused ? $"{paused} is paused" : "it cannot be reached"
            );
        }

        _lanes.Park(first.FollowUp.Target, first.Cause.Position - 1, waitsFor);
    }

    private static object LaneOf(Sending sending) => sending.FollowUp.Target;

    /// <summary>
    /// The follow-ups of one event. Their ids name the event, the target and the command, so that a reaction added
    /// later does not change the ids of the others.
    /// </summary>
    private IReadOnlyList<Sending> FollowUpsOf(RecordedEvent recorded)
    {
        if (!_byEvent.TryGetValue(recorded.Name, out var interested))
        {
            return [];
        }

        var key = GrainKey.Parse(recorded.Grain);
        var happened = GrainCodec.Decode(recorded);
        var sendings = new List<Sending>();
        foreach (var followUp in interested.SelectMany(reaction => reaction.React(key, happened)))
        {
            var stem = Sending.Stem(recorded, followUp);
            var twins = sendings.Count(other => other.Id.StartsWith($"{stem}/", StringComparison.Ordinal));
            sendings.Add(new Sending(followUp, Cause.Of(recorded), $"{stem}/{twins}"));
        }

        return sendings;
    }
}
