using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Pauses;
using EcosystemSilo.Grains.Interfaces.People;

namespace EcosystemSilo.Grains.Interfaces.WearableStreams;

public enum StreamStatus
{
    /// <summary>The person has not agreed to what the stream is for, or no longer: nothing is stored.</summary>
    Stopped,

    /// <summary>Allowed, and nothing has come yet.</summary>
    Waiting,

    /// <summary>Only what lies in the past has come so far.</summary>
    Backfilling,

    Live,

    /// <summary>Nothing new came for longer than a worn device is silent.</summary>
    Stale,

    /// <summary>The sender says that the person took its permission back: it must be connected again.</summary>
    Disconnected,
}

/// <summary>Samples of one measure.</summary>
/// <param name="Count">How many.</param>
/// <param name="First">When the first of them began, and when the last one ended.</param>
/// <param name="Data">As <see cref="SampleCodec"/> writes them.</param>
public sealed record SampleBlock(Measure Measure, int Count, DateTimeOffset First, DateTimeOffset Last, byte[] Data);

/// <summary>Connects a person to a source, or again after a disconnection. Nothing flows before it is
/// allowed.</summary>
/// <param name="User">The sender's id of the person; empty where the whole source is theirs.</param>
[Wire("stream.open")]
public sealed record OpenStream(string User, Purpose Purpose) : ICommand;

/// <summary>What the person's consents allow. One of an older serial changes nothing.</summary>
/// <param name="Serial">Orders permissions: see <see cref="StreamPermission"/>.</param>
[Wire("stream.follow-consent")]
public sealed record FollowConsent(bool IsAllowed, long Serial) : ICommand, IDespitePause
{
    bool IDespitePause.IsDespitePause => !IsAllowed;
}

/// <summary>Stores what a delivery says; without consent it is only counted.</summary>
[Wire("stream.store-samples")]
public sealed record StoreSamples(
    IReadOnlyList<SampleBlock> Blocks,
    IReadOnlyList<DeletedReading> Deleted,
    IReadOnlyList<SetAside> SetAside
) : ICommand;

/// <summary>Nothing more comes from the sender.</summary>
/// <param name="Reason">The sender's word for it.</param>
[Wire("stream.disconnect")]
public sealed record DisconnectStream(string Reason) : ICommand;

/// <summary>Expects what lies in the past; it is marked, and ends for each measure by itself or by a
/// command.</summary>
[Wire("stream.start-backfill")]
public sealed record StartBackfill(DateTimeOffset From) : ICommand;

/// <param name="Measure">Null: all of them.</param>
[Wire("stream.complete-backfill")]
public sealed record CompleteBackfill(Measure? Measure) : ICommand;

[Wire("stream.opened")]
public sealed record StreamOpened(Purpose Purpose, DateTimeOffset At) : IEvent;

/// <summary>Who the person is at the sender.</summary>
[Wire("stream.user-named")]
public sealed record StreamUserNamed(string User) : IEvent, IPersonal;

[Wire("stream.flow-allowed")]
public sealed record FlowAllowed(long Serial, DateTimeOffset At) : IEvent;

[Wire("stream.flow-stopped")]
public sealed record FlowStopped(long Serial, DateTimeOffset At) : IEvent;

/// <param name="IsBackfill">Whether all of it lies in the past.</param>
[Wire("stream.samples-stored")]
public sealed record SamplesStored(
    IReadOnlyList<SampleBlock> Blocks,
    IReadOnlyList<DeletedReading> Deleted,
    IReadOnlyList<SetAside> SetAside,
    bool IsBackfill,
    DateTimeOffset At
) : IEvent, IPersonal;

/// <summary>A delivery without consent: all that is kept of it.</summary>
/// <param name="Count">How many samples it had.</param>
[Wire("stream.samples-refused")]
public sealed record SamplesRefused(int Count, DateTimeOffset At) : IEvent;

[Wire("stream.went-live")]
public sealed record StreamWentLive(DateTimeOffset At) : IEvent;

[Wire("stream.went-stale")]
public sealed record StreamWentStale(DateTimeOffset At) : IEvent;

[Wire("stream.disconnected")]
public sealed record StreamDisconnected(string Reason, DateTimeOffset At) : IEvent;

[Wire("stream.backfill-started")]
public sealed record BackfillStarted(DateTimeOffset From, DateTimeOffset At) : IEvent;

/// <summary>The past of a measure is complete.</summary>
[Wire("stream.backfill-completed")]
public sealed record BackfillCompleted(Measure Measure, DateTimeOffset At) : IEvent;

/// <summary>How far a measure has come.</summary>
/// <param name="Newest">When its newest sample ended.</param>
/// <param name="Oldest">When its oldest sample began.</param>
/// <param name="Samples">How many were stored, repeats and corrections among them.</param>
/// <param name="BackfilledAt">When its past was complete; null while it is not known to be.</param>
public sealed record Watermark(
    Measure Measure,
    DateTimeOffset Oldest,
    DateTimeOffset Newest,
    long Samples,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? BackfilledAt = null
);

/// <param name="User">The sender's id of the person; null once they were erased.</param>
/// <param name="Serial">Of the permission in force.</param>
/// <param name="BackfillFrom">From when on the past is expected; null when nothing is.</param>
/// <param name="Why">Why it stopped, in a word of the sender's; null for none.</param>
/// <param name="RefusedDeliveries">Deliveries that came without consent.</param>
/// <param name="RecentlySetAside">The newest values that were not taken.</param>
/// <param name="Authorisation">Null while the sender may not be asked for anything.</param>
/// <param name="NewestFetch">The number of the newest fetch.</param>
/// <param name="Fetches">Those that wait or are under way.</param>
/// <param name="Past">The resources of a backfill by fetching, until all of them are complete.</param>
/// <param name="WhyNotFetched">The reason of the newest fetch that was given up.</param>
[Wire("stream.view")]
public sealed record WearableStreamView(
    StreamStatus Status,
    Purpose Purpose,
    string? User,
    bool IsAllowed,
    long Serial,
    LifecycleView Lifecycle,
    IReadOnlyList<Watermark> Watermarks,
    DateTimeOffset? BackfillFrom,
    DateTimeOffset? LastDataAt,
    string? Why,
    long RefusedDeliveries,
    long RefusedSamples,
    long ValuesSetAside,
    IReadOnlyList<SetAside> RecentlySetAside,
    Authorisation? Authorisation,
    long NewestFetch,
    IReadOnlyList<PendingFetch> Fetches,
    IReadOnlyList<PastFetch> Past,
    long FetchesGivenUp,
    string? WhyNotFetched
) : IView
{
    public Watermark? Of(Measure measure) => Watermarks.FirstOrDefault(mark => mark.Measure == measure);
}
