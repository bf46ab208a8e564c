using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces.WearableStreams;

/// <summary>What came of one attempt at a fetch.</summary>
public enum FetchOutcome
{
    /// <summary>All of it was taken.</summary>
    Done,

    /// <summary>The sender, or the way to it, failed; later it may work.</summary>
    Failed,

    /// <summary>The sender's quota is used up for now; that is nobody's failure.</summary>
    Throttled,

    /// <summary>It will never work.</summary>
    Impossible,

    /// <summary>The sender does not take the tokens any more, and fresh ones cannot be had.</summary>
    Unauthorised,
}

/// <summary>Something that the sender is to be asked for, and has not been yet.</summary>
/// <param name="Number">Counts the fetches of the stream.</param>
/// <param name="Resource">The sender's word for what is new; <see cref="Deregister"/> is no fetch.</param>
/// <param name="Id">The sender's id of the record; null when the time says what to fetch.</param>
/// <param name="Version">Orders what is fetched, see <see cref="Reading.Version"/>.</param>
/// <param name="IsPast">A slice of a backfill, which gives way to what is new.</param>
/// <param name="Attempts">How many were begun; names the newest of them.</param>
/// <param name="Failures">How many of them failed.</param>
/// <param name="DueAt">When an attempt begins; for one that is under way, when it is taken for lost.</param>
/// <param name="Trouble">Why the newest attempt that ended did not succeed.</param>
public sealed record PendingFetch(
    long Number,
    string Resource,
    string? Id,
    DateTimeOffset? From,
    DateTimeOffset? To,
    long Version,
    bool IsPast,
    DateTimeOffset RequestedAt,
    DateTimeOffset DueAt,
    int Attempts = 0,
    int Failures = 0,
    string? Trouble = null
)
{
    /// <summary>Tells the sender that the person's data are not wanted any more.</summary>
    public const string Deregister = "deregister";

    [JsonIgnore]
    public bool IsDeregistration => Resource == Deregister;
}

/// <summary>How far the past of a resource has been fetched, from now back.</summary>
/// <param name="Measures">Those that the resource holds.</param>
/// <param name="From">The end of the way.</param>
/// <param name="Reached">Everything after it was fetched.</param>
/// <param name="Broken">Why the way ended too early; null while it did not.</param>
public sealed record PastFetch(
    string Resource,
    IReadOnlyList<Measure> Measures,
    DateTimeOffset From,
    DateTimeOffset Reached,
    string? Broken = null
)
{
    [JsonIgnore]
    public bool IsComplete => Reached <= From;
}

/// <summary>A resource of a sender that has a past.</summary>
public sealed record PastResource(string Resource, IReadOnlyList<Measure> Measures);

/// <summary>The tokens by which a person lets us fetch.</summary>
/// <param name="Sealed">Encrypted under the master key, and as all of a person's data under theirs.</param>
public sealed record Authorisation(string Sealed, DateTimeOffset At);

/// <summary>Stores the person's tokens at the sender; a stream that waits for them is taken up again.</summary>
[Wire("stream.authorise")]
public sealed record AuthoriseStream(string Sealed) : ICommand;

/// <summary>Stores the tokens that the sender gave for older ones, unless others came meanwhile.</summary>
[Wire("stream.renew-tokens")]
public sealed record RenewTokens(string Sealed, string Replaced) : ICommand;

/// <summary>The sender says that there is something new. The same again replaces what waits.</summary>
[Wire("stream.request-fetch")]
public sealed record RequestFetch(string Resource, string? Id, DateTimeOffset? From, DateTimeOffset? To, long Version)
    : ICommand;

/// <summary>Fetches what lies in the past, slice by slice, the newest first.</summary>
[Wire("stream.fetch-past")]
public sealed record FetchPast(DateTimeOffset From, IReadOnlyList<PastResource> Resources) : ICommand;

/// <summary>Says what came of an attempt; of any but the newest one it changes nothing.</summary>
/// <param name="Reason">A short word that people are shown; null for success.</param>
/// <param name="RetryAfterSeconds">How long the sender asks to be left alone.</param>
[Wire("stream.record-fetch")]
public sealed record RecordFetch(
    long Number,
    int Attempt,
    FetchOutcome Outcome,
    string? Reason = null,
    int? RetryAfterSeconds = null
) : ICommand;

[Wire("stream.authorised")]
public sealed record StreamAuthorised(string Sealed, DateTimeOffset At) : IEvent, IPersonal;

[Wire("stream.fetch-requested")]
public sealed record FetchRequested(
    long Number,
    string Resource,
    string? Id,
    DateTimeOffset? From,
    DateTimeOffset? To,
    long Version,
    bool IsPast,
    DateTimeOffset DueAt,
    DateTimeOffset At
) : IEvent, IPersonal;

/// <summary>An attempt begins.</summary>
/// <param name="LostAt">When it is taken for lost, should nothing be heard of it.</param>
[Wire("stream.fetch-due")]
public sealed record FetchDue(long Number, int Attempt, DateTimeOffset LostAt) : IEvent;

[Wire("stream.fetch-postponed")]
public sealed record FetchPostponed(
    long Number,
    bool IsFailure,
    string Reason,
    DateTimeOffset NextAt,
    DateTimeOffset At
) : IEvent;

[Wire("stream.fetch-completed")]
public sealed record FetchCompleted(long Number, DateTimeOffset At) : IEvent;

/// <param name="Number">0 for one that was not even begun.</param>
[Wire("stream.fetch-given-up")]
public sealed record FetchGivenUp(long Number, string Reason, DateTimeOffset At) : IEvent;

[Wire("stream.past-requested")]
public sealed record PastRequested(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<PastResource> Resources)
    : IEvent;

/// <summary>The sender is to be told that nothing more is wanted.</summary>
[Wire("stream.deregistration-requested")]
public sealed record DeregistrationRequested(long Number, DateTimeOffset At) : IEvent;
