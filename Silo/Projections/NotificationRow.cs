using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Notifications;

namespace EcosystemSilo.Silo.Projections;

/// <param name="Born">Position of the first event, the order of lists.</param>
internal sealed record NotificationRow(long Born, NotificationCard Card) : IRow
{
    public string Id => Card.Id;

    /// <summary>Whose notification an event is about; null for an event of another kind.</summary>
    public static EndpointId? EndpointOf(IEvent happened) =>
        happened switch
        {
            NotificationCreated e => e.Endpoint,
            NotificationDelivered e => e.Endpoint,
            NotificationAttemptFailed e => e.Endpoint,
            NotificationFailed e => e.Endpoint,
            NotificationRequeued e => e.Endpoint,
            NotificationCancelled e => e.Endpoint,
            _ => null,
        };

    public static NotificationRow? Fold(NotificationRow? row, Fact fact) =>
        fact.Version <= row?.Card.Version
            ? row
            : (row, fact.Body) switch
            {
                (null, NotificationCreated e) => Start(fact, e),
                (null, _) => null,
                (_, NotificationDelivered e) => Tried(row, fact, NotificationStatus.Delivered, e.Attempt, dueAt: null),
                (_, NotificationAttemptFailed e) => Tried(row, fact, NotificationStatus.Pending, e.Attempt, e.NextAt),
                (_, NotificationFailed e) => Tried(row, fact, NotificationStatus.Failed, e.Attempt, dueAt: null),
                (_, NotificationRequeued e) => Moved(row, fact, NotificationStatus.Pending, e.At),
                (_, NotificationCancelled) => Moved(row, fact, NotificationStatus.Cancelled, dueAt: null),
                _ => row,
            };

    private static NotificationRow Start(Fact fact, NotificationCreated e) =>
        new(
            fact.Position,
            new NotificationCard(
                fact.Grain.Id,
                fact.Version,
                e.Endpoint,
                e.Event,
                e.Type,
                NotificationStatus.Pending,
                e.At,
                Attempts: 0,
                LastAttemptAt: null,
                LastStatus: null,
                LastError: null,
                DueAt: e.At
            )
        );

    private static NotificationRow Moved(
        NotificationRow row,
        Fact fact,
        NotificationStatus status,
        DateTimeOffset? dueAt
    ) => row with { Card = row.Card with { Version = fact.Version, Status = status, DueAt = dueAt } };

    private static NotificationRow Tried(
        NotificationRow row,
        Fact fact,
        NotificationStatus status,
        Attempt attempt,
        DateTimeOffset? dueAt
    )
    {
        var moved = Moved(row, fact, status, dueAt);
        return moved with
        {
            Card = moved.Card with
            {
                Attempts = row.Card.Attempts + 1,
                LastAttemptAt = attempt.At,
                LastStatus = attempt.Status,
                LastError = attempt.Error,
            },
        };
    }
}
