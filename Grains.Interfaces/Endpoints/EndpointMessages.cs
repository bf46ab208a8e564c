using EcosystemSilo.Grains.Interfaces.Sources;

namespace EcosystemSilo.Grains.Interfaces.Endpoints;

public enum EndpointStatus
{
    Active,

    /// <summary>Nothing is sent, and nothing that happens is noted for it, until it is enabled again.</summary>
    Disabled,

    /// <summary>Gone for good; what was still to be sent is cancelled.</summary>
    Deleted,
}

/// <summary>Why an endpoint is disabled.</summary>
public enum DisabledReason
{
    /// <summary>Somebody asked for it.</summary>
    Asked,

    /// <summary>Every attempt failed for days.</summary>
    Failing,

    /// <summary>It answered 410 Gone: the receiver wants nothing more.</summary>
    Gone,
}

public enum SendOrder
{
    /// <summary>Each notification goes when it can; one that is tried again holds up no other.</summary>
    Unordered,

    /// <summary>
    /// What happened to one grain is told in the order it happened: the next waits until the one before was delivered
    /// or given up.
    /// </summary>
    Fifo,
}

/// <summary>What the owner of an endpoint chooses.</summary>
/// <param name="Types">Event types of the catalogue, or their beginnings such as <c>deal.*</c>; empty for
/// all.</param>
/// <param name="Partner">Only what happens to this partner, its deals and its programs; null for the whole
/// ecosystem.</param>
/// <param name="PerSecond">At most this many requests a second; null for as fast as it answers.</param>
public sealed record EndpointSettings(
    string Url,
    string? Description,
    IReadOnlyList<string> Types,
    PartnerId? Partner,
    SendOrder Order,
    int? PerSecond
);

[Wire("endpoint.create")]
public sealed record CreateEndpoint(EndpointSettings Settings, SealedSecret Secret) : ICommand;

[Wire("endpoint.change")]
public sealed record ChangeEndpoint(EndpointSettings Settings) : ICommand;

/// <summary>Adds a signing secret; the ones before it sign too for the overlap.</summary>
[Wire("endpoint.rotate-secret")]
public sealed record RotateEndpointSecret(SealedSecret Secret, TimeSpan Overlap) : ICommand;

[Wire("endpoint.disable")]
public sealed record DisableEndpoint(DisabledReason Reason = DisabledReason.Asked) : ICommand;

/// <summary>Sends again, what happened meanwhile first of all.</summary>
/// <param name="Since">From when on; left out, since it was disabled or began to fail.</param>
[Wire("endpoint.enable")]
public sealed record EnableEndpoint(DateTimeOffset? Since = null) : ICommand;

[Wire("endpoint.delete")]
public sealed record DeleteEndpoint : ICommand;

/// <summary>An attempt failed. Of many in a row only the first and the last count.</summary>
/// <param name="Status">The HTTP status, if there was an answer.</param>
[Wire("endpoint.note-failure")]
public sealed record NoteFailure(DateTimeOffset At, int? Status) : ICommand;

/// <summary>An attempt succeeded after others had failed.</summary>
[Wire("endpoint.note-success")]
public sealed record NoteSuccess(DateTimeOffset At) : ICommand;

/// <summary>All that happened while it was disabled is on its way.</summary>
[Wire("endpoint.note-caught-up")]
public sealed record NoteCaughtUp : ICommand;

[Wire("endpoint.created")]
public sealed record EndpointCreated(EndpointSettings Settings, SealedSecret Secret) : IEvent;

[Wire("endpoint.changed")]
public sealed record EndpointChanged(EndpointSettings Settings) : IEvent;

[Wire("endpoint.secret-rotated")]
public sealed record EndpointSecretRotated(SealedSecret Secret, DateTimeOffset OthersExpireAt) : IEvent;

/// <param name="Url">Where nothing is sent any more, for whoever is told of it.</param>
[Wire("endpoint.disabled")]
public sealed record EndpointDisabled(DisabledReason Reason, string Url, DateTimeOffset At) : IEvent;

[Wire("endpoint.enabled")]
public sealed record EndpointEnabled(DateTimeOffset Since) : IEvent;

[Wire("endpoint.deleted")]
public sealed record EndpointDeleted : IEvent;

[Wire("endpoint.failing")]
public sealed record EndpointFailing(DateTimeOffset Since, int? Status) : IEvent;

[Wire("endpoint.recovered")]
public sealed record EndpointRecovered(DateTimeOffset At) : IEvent;

[Wire("endpoint.caught-up")]
public sealed record EndpointCaughtUp : IEvent;

/// <param name="Reason">Why it is disabled, while it is.</param>
/// <param name="FailingSince">When the first of the attempts failed that have failed in a row.</param>
/// <param name="CatchingUpSince">From when on it is being told what it missed, until it has been told all.</param>
[Wire("endpoint.view")]
public sealed record EndpointView(
    EndpointSettings Settings,
    IReadOnlyList<SealedSecret> Secrets,
    EndpointStatus Status,
    DisabledReason? Reason,
    DateTimeOffset? DisabledAt,
    DateTimeOffset? FailingSince,
    DateTimeOffset? CatchingUpSince
) : IView;
