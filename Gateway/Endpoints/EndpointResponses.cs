using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Notifications;

namespace EcosystemSilo.Gateway.Endpoints;

/// <summary>An address that is told what happens.</summary>
/// <param name="Status">Nothing is sent to one that is disabled.</param>
/// <param name="Reason">Why it is disabled, while it is.</param>
/// <param name="FailingSince">Since when every attempt has failed; after five days it is disabled.</param>
/// <param name="CatchingUpSince">From when on it is being told what it missed, until it has been told all.</param>
/// <param name="Secret">What the receiver verifies signatures with: <c>whsec_…</c>, or the public key <c>whpk_…</c>.
/// Only in the answer that made it; it cannot be shown again.</param>
/// <param name="Secrets">Every secret that signs, by its last characters.</param>
/// <param name="Counts">What became of its notifications.</param>
public sealed record EndpointResponse(
    EndpointId Id,
    long Version,
    string Url,
    string? Description,
    IReadOnlyList<string> Types,
    PartnerId? Partner,
    SendOrder Order,
    int? PerSecond,
    EndpointStatus Status,
    DisabledReason? Reason,
    DateTimeOffset? DisabledAt,
    DateTimeOffset? FailingSince,
    DateTimeOffset? CatchingUpSince,
    string? Secret,
    IReadOnlyList<SecretHint> Secrets,
    NotificationCounts Counts
)
{
    public static EndpointResponse Of(EndpointCard card, string? secret = null) =>
        new(
            new EndpointId(card.Id),
            card.Version,
            card.Settings.Url,
            card.Settings.Description,
            card.Settings.Types,
            card.Settings.Partner,
            card.Settings.Order,
            card.Settings.PerSecond,
            card.Status,
            card.Reason,
            card.DisabledAt,
            card.FailingSince,
            card.CatchingUpSince,
            secret,
            card.Secrets,
            card.Counts
        );

    public static EndpointResponse Of(
        GrainKey key,
        Versioned<EndpointView> endpoint,
        NotificationCounts counts,
        string? secret
    )
    {
        var view = endpoint.View;
        return Of(
            new EndpointCard(
                key.Id,
                endpoint.Version,
                view.Settings,
                [.. view.Secrets.Select(some => new SecretHint(some.Hint, some.CreatedAt, some.ExpiresAt))],
                view.Status,
                view.Reason,
                view.DisabledAt,
                view.FailingSince,
                view.CatchingUpSince,
                counts
            ),
            secret
        );
    }
}

/// <summary>One event on its way to one endpoint.</summary>
/// <param name="Event">The <c>webhook-id</c> of every attempt; the same for all endpoints and in the feed.</param>
/// <param name="Body">What every attempt sends, byte by byte.</param>
/// <param name="DueAt">When the next attempt is made, while it waits.</param>
/// <param name="Attempts">How many were made in all.</param>
/// <param name="Log">The latest of them, the oldest first.</param>
public sealed record NotificationResponse(
    EndpointId Endpoint,
    PublishedEventId Event,
    long Version,
    string Type,
    NotificationStatus Status,
    string Body,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DueAt,
    int Attempts,
    IReadOnlyList<Attempt> Log
)
{
    public static NotificationResponse Of(Versioned<NotificationView> notification)
    {
        var view = notification.View;
        return new NotificationResponse(
            view.Endpoint,
            view.Event,
            notification.Version,
            view.Type,
            view.Status,
            view.Body,
            view.CreatedAt,
            view.DueAt,
            view.Attempts,
            view.Log
        );
    }
}
