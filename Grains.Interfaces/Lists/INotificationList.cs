using EcosystemSilo.Grains.Interfaces.Notifications;

namespace EcosystemSilo.Grains.Interfaces.Lists;

/// <param name="Attempts">How many were made in all.</param>
/// <param name="LastAttemptAt">When the latest was made.</param>
/// <param name="LastStatus">The HTTP status it was answered with, if any.</param>
/// <param name="LastError">Why it was not answered.</param>
/// <param name="DueAt">When the next is made, unless the endpoint is disabled or others go first.</param>
public sealed record NotificationCard(
    string Id,
    long Version,
    EndpointId Endpoint,
    PublishedEventId Event,
    string Type,
    NotificationStatus Status,
    DateTimeOffset CreatedAt,
    int Attempts,
    DateTimeOffset? LastAttemptAt,
    int? LastStatus,
    string? LastError,
    DateTimeOffset? DueAt
);

/// <summary>Which notifications are wanted; null means any.</summary>
public sealed record NotificationQuery(EndpointId? Endpoint = null, NotificationStatus? Status = null);

/// <summary>The latest notifications of an ecosystem; the oldest drop out beyond a bound.</summary>
public interface INotificationList
{
    Page<NotificationCard> Find(EcosystemId ecosystem, NotificationQuery query, PageRequest page);
}
