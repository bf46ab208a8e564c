using EcosystemSilo.Grains.Endpoints;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Notifications;
using EcosystemSilo.Grains.Interfaces.Pauses;
using EcosystemSilo.Grains.Notifications;
using EcosystemSilo.Grains.Reactions;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Leases;
using EcosystemSilo.Silo.Reactions;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Outbound;

/// <summary>
/// Tells endpoints what happens. It folds the events of endpoints, so that at every position it knows who wants to be
/// told, asks for a notification for each of them, and folds the events of notifications into the queues that couriers
/// send from. Queues are saved with the checkpoint. An endpoint that missed events follows the journal by itself, page
/// by page, until it has caught up.
/// </summary>
internal sealed partial class OutboundReader : LeasedReader
{
    private const string Reader = "outbound";

    private readonly Subscribers _subscribers;
    private readonly ParkedNotes _parked;
    private readonly Owners _owners;
    private readonly FollowUpSender _sender;
    private readonly ILogger _logger;

    public OutboundReader(
        IJournal journal,
        IGrains grains,
        ISubjectBox box,
        ICarrier carrier,
        Owners owners,
        LeaseHolder leases,
        TimeProvider clock,
        SiloMetrics metrics,
        OutboundMetrics outbound,
        OutboundBound bound,
        ILogger<OutboundReader> logger
    )
        : base(Reader, journal, leases, clock, metrics, logger)
    {
        var places = new SemaphoreSlim(OutboundLimits.AtOnce);
        _subscribers = new Subscribers(
            new CourierTools(carrier, grains, clock, outbound, bound.WaitingMax, places, logger)
        );
        _parked = new ParkedNotes(clock);
        _owners = owners;
        _sender = new FollowUpSender(Reader, grains, box, clock, metrics, logger);
        _logger = logger;
        outbound.ObserveWaiting(() => _subscribers.Waiting);
    }

    protected override async Task Load(CancellationToken over)
    {
        var rows = new List<ReaderRow>();
        await foreach (var row in Journal.ReadRows(Reader, over))
        {
            rows.Add(row);
        }

        _parked.Load(rows);
        _subscribers.Load(
            [.. rows.Where(row => !ParkedNotes.Owns(row))],
            sendFrom: await Journal.LastPosition(over),
            over
        );
    }

    protected override Task Begin(CancellationToken over)
    {
        _subscribers.SendIfReached(Position);
        return Task.CompletedTask;
    }

    protected override Task End() => _subscribers.Stop();

    protected override IReadOnlyList<ReaderRow> ChangedRows() =>
        [.. _subscribers.ChangedRows(), .. _parked.ChangedRows()];

    protected override void NoteSaved()
    {
        _subscribers.NoteSaved();
        _parked.NoteSaved();
    }

    protected override TimeSpan? ContinuesIn() =>
        _subscribers.All.Select(subscriber => subscriber.ReadsOnAt).Append(_parked.NextAt()).Min() - Clock.GetUtcNow();

    protected override async Task Follow(IReadOnlyList<RecordedEvent> events, CancellationToken over)
    {
        // Before anything is sent: whoever is found paused from here on is resumed by an event that is yet to come.
        foreach (var resumed in Resumed(events))
        {
            _parked.Resume(resumed);
        }

        var sendings = new List<Sending>();
        foreach (var recorded in events)
        {
            var grain = GrainKey.Parse(recorded.Grain);
            sendings.AddRange(Fold(grain, recorded));
            var interested = _subscribers.In(grain.Ecosystem);
            if (interested.Count > 0 && Published.Of(recorded) is { } published)
            {
                foreach (var subscriber in interested.Where(one => one is { IsActive: true, IsLive: true }))
                {
                    await Tell(subscriber, published, sendings, over);
                }
            }
        }

        foreach (var missed in await SendAll(sendings, Limits.FollowUpPatience, over))
        {
            FallBehind(missed.Left[0]);
        }
    }

    /// <summary>Every endpoint that is behind takes one page, so that none waits for another's long history.</summary>
    protected override async Task Continue(CancellationToken over)
    {
        await SendParked(over);
        var now = Clock.GetUtcNow();
        foreach (var subscriber in _subscribers.All.Where(subscriber => subscriber.ReadsOnAt <= now).ToList())
        {
            await ReadOn(subscriber, over);
        }

        _subscribers.SendIfReached(Position);
    }

    private async Task ReadOn(Subscriber subscriber, CancellationToken over)
    {
        if (subscriber.Row.IsToBePlaced)
        {
            var missedSince = subscriber.Row.View.CatchingUpSince ?? Clock.GetUtcNow();
            var placed = await Journal.PositionBefore(missedSince - OutboundLimits.ClockSlack, over);
            var behind = Math.Min(Math.Min(placed, subscriber.Row.Round - 1), subscriber.Row.Behind ?? long.MaxValue);
            subscriber.FallBehind(behind);
            Log.EndpointBehind(_logger, subscriber.Key.ToString(), behind);
        }

        var events = await Journal.ReadAll(subscriber.Row.Behind!.Value, Limits.EventsPerRead, over);
        var missed = events.TakeWhile(recorded => recorded.Position <= Position).ToList();
        var sendings = new List<Sending>();
        foreach (var published in missed.Select(Published.Of).OfType<Published>())
        {
            if (published.Grain.Ecosystem == subscriber.Key.Ecosystem)
            {
                await Tell(subscriber, published, sendings, over);
            }
        }

        var stuck = await SendAll(sendings, Limits.ParkedPatience, over);
        var reached =
            stuck.Count > 0 ? stuck.Min(lane => lane.Left[0].Cause.Position) - 1
            : missed.Count == 0 ? Position
            : missed[^1].Position;
        subscriber.Rest(stuck.Count > 0 ? Clock.GetUtcNow() + Limits.ParkedPauseMax : null);
        if (reached < Position)
        {
            subscriber.FallBehind(reached);
        }
        else
        {
            subscriber.FollowLive();
            if (subscriber.Row.View.CatchingUpSince is not null && missed.Count > 0)
            {
                var caughtUp = new FollowUp(subscriber.Key, new NoteCaughtUp());
                var id = $"{subscriber.Row.Round}/{subscriber.Key}/caught-up";
                await SendAll([new Sending(caughtUp, Cause.Of(missed[^1]), id)], Limits.FollowUpPatience, over);
            }
        }

        _subscribers.NoteChanged(subscriber);
    }

    /// <summary>Asks for a notification, if the endpoint wants to be told of this event.</summary>
    private async ValueTask Tell(
        Subscriber subscriber,
        Published published,
        List<Sending> sendings,
        CancellationToken over
    )
    {
        var settings = subscriber.Row.View.Settings;
        if (
            !subscriber.Chose(published.As)
            || (settings.Partner is { } partner && await _owners.Of(published.Grain, over) != partner)
        )
        {
            return;
        }

        if (subscriber is { IsLive: true, IsFull: true })
        {
            subscriber.FallBehind(published.Recorded.Position - 1);
            _subscribers.NoteChanged(subscriber);
            Log.EndpointBehind(_logger, subscriber.Key.ToString(), published.Recorded.Position);
            return;
        }

        var endpoint = new EndpointId(subscriber.Key.Id);
        var followUp = new FollowUp(
            NotificationKey.Of(subscriber.Key.Ecosystem, endpoint, published.Id),
            new SendNotification(
                endpoint,
                published.Id,
                published.As.Type,
                settings.Order == SendOrder.Fifo ? $"{published.Grain.Kind}/{published.Grain.Id}" : null,
                published.Body()
            )
        );
        var id = $"{Sending.Stem(published.Recorded, followUp)}/{subscriber.Row.Round}";
        sendings.Add(new Sending(followUp, Cause.Of(published.Recorded), id));
    }

    private IReadOnlyList<Sending> Fold(GrainKey grain, RecordedEvent recorded) =>
        grain.Kind switch
        {
            EndpointKey.Kind => FoldEndpoint(grain, recorded),
            NotificationKey.Kind => FoldNotification(grain, recorded),
            _ => [],
        };

    private IReadOnlyList<Sending> FoldEndpoint(GrainKey key, RecordedEvent recorded)
    {
        if (_subscribers.Find(key) is null && GrainCodec.Decode(recorded) is IPauseEvent)
        {
            // It was deleted before, and can be paused all the same.
            return [];
        }

        var subscriber = _subscribers.FindOrAdd(key);
        subscriber.Fold(recorded);
        if (subscriber.Row.View is { Status: EndpointStatus.Disabled, Reason: { } reason })
        {
            Log.EndpointDisabled(_logger, key.ToString(), reason.ToString());
        }

        if (subscriber.Row.View.Status != EndpointStatus.Deleted)
        {
            _subscribers.NoteChanged(subscriber);
            return [];
        }

        _subscribers.Remove(subscriber);
        return [.. subscriber.Queue.All().Select(waiting => Follow(recorded, waiting.Key, new CancelNotification()))];
    }

    private IReadOnlyList<Sending> FoldNotification(GrainKey key, RecordedEvent recorded)
    {
        var happened = GrainCodec.Decode(recorded);
        if (happened is IPauseEvent)
        {
            _subscribers.Change(key, at => at with { Version = recorded.Version, IsPaused = happened is GrainPaused });
            return [];
        }

        (EndpointId Endpoint, string? Lane, DateTimeOffset? Due, Attempt? Attempt) told = happened switch
        {
            NotificationCreated e => (e.Endpoint, e.Lane ?? key.Id, e.At, null),
            NotificationRequeued e => (e.Endpoint, e.Lane ?? key.Id, e.At, null),
            NotificationAttemptFailed e => (e.Endpoint, null, e.NextAt, e.Attempt),
            NotificationDelivered e => (e.Endpoint, null, null, e.Attempt),
            NotificationFailed e => (e.Endpoint, null, null, e.Attempt),
            NotificationCancelled e => (e.Endpoint, null, null, null),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is not known of {key}."),
        };
        var (endpoint, lane, due, attempt) = told;
        var subscriber = _subscribers.Find(EndpointKey.Of(key.Ecosystem, endpoint));
        if (subscriber is null)
        {
            // Its endpoint was deleted while it was being asked for.
            return due is null ? [] : [Follow(recorded, key, new CancelNotification())];
        }

        if (due is null)
        {
            _subscribers.TakeOut(subscriber, key);
        }
        else if (lane is not null)
        {
            var (version, position, correlation) = (recorded.Version, recorded.Position, recorded.Correlation);
            _subscribers.PutIn(
                subscriber,
                new Waiting(key, version, lane, position, due.Value, Correlation: correlation)
            );
        }
        else if (subscriber.Queue.Find(key) is { } waiting)
        {
            _subscribers.PutIn(subscriber, waiting with { Version = recorded.Version, Due = due.Value });
        }

        return attempt is null ? [] : Judge(subscriber, recorded, attempt);
    }

    /// <summary>What an attempt says of its endpoint.</summary>
    private IReadOnlyList<Sending> Judge(Subscriber subscriber, RecordedEvent recorded, Attempt attempt)
    {
        var failingSince = subscriber.Row.View.FailingSince;
        if (attempt.IsSuccess())
        {
            return failingSince is null ? [] : [Follow(recorded, subscriber.Key, new NoteSuccess(attempt.At))];
        }

        if (attempt is { Status: 429 or 503, RetryAfterSeconds: not null })
        {
            // It asks us to slow down, not only this notification.
            subscriber.Pause(attempt.At + RetrySchedule.RetryAfter(attempt));
            _subscribers.NoteChanged(subscriber);
        }

        var counts =
            failingSince is null || attempt.Status == 410 || attempt.At - failingSince >= EndpointLimits.FailingMax;
        return counts && subscriber.IsActive
            ? [Follow(recorded, subscriber.Key, new NoteFailure(attempt.At, attempt.Status))]
            : [];
    }

    private static Sending Follow(RecordedEvent cause, GrainKey target, ICommand command)
    {
        var followUp = new FollowUp(target, command);
        return new Sending(followUp, Cause.Of(cause), Sending.Stem(cause, followUp));
    }
}
