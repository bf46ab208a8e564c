using EcosystemSilo.Grains.Endpoints;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Pauses;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Outbound;

/// <summary>What is kept of an endpoint between two starts.</summary>
/// <param name="Round">The position at which it was last created or enabled; part of the ids of what is asked for
/// it.</param>
/// <param name="Behind">Up to which position it was told of events; null when it follows live.</param>
/// <param name="IsToBePlaced">Whether it still has to be found out from where on it missed events.</param>
internal sealed record SubscriberRow(
    long Version,
    EndpointView View,
    long Round,
    long? Behind,
    bool IsToBePlaced,
    DateTimeOffset? PausedUntil
);

/// <summary>An endpoint as the reader of the journal knows it: a fold of its events, and what waits for it.</summary>
internal sealed class Subscriber(GrainKey key, int waitingMax)
{
    private DateTimeOffset _restsUntil;

    public GrainKey Key => key;

    public EndpointQueue Queue { get; } = new();

    public SubscriberRow Row { get; private set; } = null!;

    public bool IsLive => Row is { Behind: null, IsToBePlaced: false };

    public bool IsActive => Row.View.Status == EndpointStatus.Active;

    /// <summary>Whether too much waits for it to be told of more.</summary>
    public bool IsFull => Queue.Count > waitingMax;

    /// <summary>
    /// From when on it is to be told of events that it missed; null while it missed none or has no room for them.
    /// </summary>
    public DateTimeOffset? ReadsOnAt => !IsLive && IsActive && Queue.Count <= waitingMax / 2 ? _restsUntil : null;

    public void Load(SubscriberRow row)
    {
        Row = row;
        Queue.Endpoint = row.View;
        Queue.Pause(row.PausedUntil ?? DateTimeOffset.MinValue);
    }

    public void Fold(RecordedEvent recorded)
    {
        var happened = GrainCodec.Decode(recorded);
        if (happened is IPauseEvent)
        {
            Row = Row with { Version = recorded.Version };
            return;
        }

        var view = Endpoint.Apply(Row?.View, happened);
        Row = happened switch
        {
            EndpointCreated => new SubscriberRow(recorded.Version, view, recorded.Position, null, false, null),
            EndpointEnabled => Row! with
            {
                Version = recorded.Version,
                View = view,
                Round = recorded.Position,
                IsToBePlaced = true,
            },
            _ => Row! with { Version = recorded.Version, View = view },
        };
        Queue.Endpoint = view;
    }

    public void Pause(DateTimeOffset until)
    {
        Row = Row with { PausedUntil = until };
        Queue.Pause(until);
    }

    /// <summary>Is not read on for before a time; null: at once.</summary>
    public void Rest(DateTimeOffset? until) => _restsUntil = until ?? DateTimeOffset.MinValue;

    /// <summary>Was told of everything up to a position, and is told of the rest later.</summary>
    public void FallBehind(long position) => Row = Row with { Behind = position, IsToBePlaced = false };

    public void FollowLive() => Row = Row with { Behind = null, IsToBePlaced = false };

    /// <summary>Whether its owner chose events like this one; whose they are is asked separately.</summary>
    public bool Chose(PublishedEvent published) => EventCatalogue.Matches(Row.View.Settings.Types, published.Type);
}
