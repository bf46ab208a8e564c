using EcosystemSilo.Grains.Interfaces.Pauses;

namespace EcosystemSilo.Grains.Interfaces.Notifications;

public enum NotificationStatus
{
    /// <summary>Waits for its next attempt.</summary>
    Pending,

    /// <summary>The receiver answered 2xx.</summary>
    Delivered,

    /// <summary>Every attempt of the schedule failed.</summary>
    Failed,

    /// <summary>Its endpoint was deleted.</summary>
    Cancelled,
}

/// <summary>One request to the receiver.</summary>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Status">The HTTP status; null when there was no answer.</param>
/// <param name="Error">Why there was no answer, as a word: <c>timeout</c>, <c>address-refused</c>.</param>
/// <param name="Response">The beginning of the answer's body.</param>
/// <param name="RetryAfterSeconds">When the receiver would like to be asked again.</param>
public sealed record Attempt(
    DateTimeOffset At,
    int Milliseconds,
    int? Status,
    string? Error = null,
    string? Response = null,
    int? RetryAfterSeconds = null
)
{
    /// <summary>Only a 2xx counts as received (Standard Webhooks, "Deliverability and reliability").</summary>
    public bool IsSuccess() => Status is >= 200 and < 300;
}

/// <summary>
/// Sends an event to an endpoint. For one that was given up it is another round; for one that waits or was delivered it
/// changes nothing.
/// </summary>
/// <param name="Lane">What happened to the same grain is in the same lane, for endpoints that want order.</param>
/// <param name="Body">The bytes that every attempt sends, as text.</param>
[Wire("notification.send")]
public sealed record SendNotification(
    EndpointId Endpoint,
    PublishedEventId Event,
    string Type,
    string? Lane,
    string Body
) : ICommand;

/// <summary>An attempt was made.</summary>
/// <param name="Number">1 for the first ever; one that is not the next changes nothing.</param>
[Wire("notification.record-attempt")]
public sealed record RecordAttempt(int Number, Attempt Attempt) : ICommand, IDespitePause;

/// <summary>Sends it once more, whatever became of it.</summary>
[Wire("notification.resend")]
public sealed record ResendNotification : ICommand;

[Wire("notification.cancel")]
public sealed record CancelNotification : ICommand;

[Wire("notification.created")]
public sealed record NotificationCreated(
    EndpointId Endpoint,
    PublishedEventId Event,
    string Type,
    string? Lane,
    string Body,
    DateTimeOffset At
) : IEvent;

[Wire("notification.delivered")]
public sealed record NotificationDelivered(EndpointId Endpoint, Attempt Attempt) : IEvent;

[Wire("notification.attempt-failed")]
public sealed record NotificationAttemptFailed(EndpointId Endpoint, Attempt Attempt, DateTimeOffset NextAt) : IEvent;

/// <summary>The last attempt of the schedule failed as well.</summary>
[Wire("notification.failed")]
public sealed record NotificationFailed(EndpointId Endpoint, Attempt Attempt) : IEvent;

/// <summary>A new round of attempts begins.</summary>
/// <param name="Was">What had become of it.</param>
[Wire("notification.requeued")]
public sealed record NotificationRequeued(EndpointId Endpoint, string? Lane, NotificationStatus Was, DateTimeOffset At)
    : IEvent;

[Wire("notification.cancelled")]
public sealed record NotificationCancelled(EndpointId Endpoint) : IEvent;

/// <param name="DueAt">When the next attempt may be made; null unless pending.</param>
/// <param name="Round">Attempts since it was last queued, which the schedule goes by.</param>
/// <param name="Attempts">How many there were in all.</param>
/// <param name="Log">The latest of them, the oldest first.</param>
[Wire("notification.view")]
public sealed record NotificationView(
    EndpointId Endpoint,
    PublishedEventId Event,
    string Type,
    string? Lane,
    string Body,
    NotificationStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DueAt,
    int Round,
    int Attempts,
    IReadOnlyList<Attempt> Log
) : IView;
