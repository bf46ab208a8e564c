using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Notifications;

namespace EcosystemSilo.Grains.Notifications;

/// <summary>
/// One event on its way to one endpoint: its body, which is the same in every attempt, and what came of each.
/// </summary>
public static class Notification
{
    public static GrainKind<NotificationView> Kind { get; } =
        new(NotificationKey.Kind, stateShape: 1, Decide, Apply, isKept: false);

    public static Decision Decide(NotificationView? notification, ICommand command, DecisionContext context) =>
        (notification, command) switch
        {
            (null, SendNotification c) => Decision.Accept(
                new NotificationCreated(c.Endpoint, c.Event, c.Type, c.Lane, c.Body, context.Now)
            ),
            (null, _) => Decision.Refuse(Refusals.Missing(context.Key)),
            ({ Status: NotificationStatus.Failed or NotificationStatus.Cancelled }, SendNotification) => Requeue(
                notification,
                context
            ),
            (_, SendNotification) => Decision.Nothing,
            ({ Status: NotificationStatus.Pending }, ResendNotification) => Decision.Nothing,
            (_, ResendNotification) => Requeue(notification, context),
            ({ Status: NotificationStatus.Pending }, RecordAttempt c) => Record(notification, c, context),
            (_, RecordAttempt) => Decision.Nothing,
            ({ Status: NotificationStatus.Pending }, CancelNotification) => Decision.Accept(
                new NotificationCancelled(notification.Endpoint)
            ),
            (_, CancelNotification) => Decision.Nothing,
            _ => throw Unhandled.Command(NotificationKey.Kind, command),
        };

    public static NotificationView Apply(NotificationView? notification, IEvent happened) =>
        (notification, happened) switch
        {
            (null, NotificationCreated e) => new NotificationView(
                e.Endpoint,
                e.Event,
                e.Type,
                e.Lane,
                e.Body,
                NotificationStatus.Pending,
                e.At,
                DueAt: e.At,
                Round: 0,
                Attempts: 0,
                Log: []
            ),
            ({ }, NotificationDelivered e) => Note(notification, NotificationStatus.Delivered, e.Attempt, nextAt: null),
            ({ }, NotificationAttemptFailed e) => Note(
                notification,
                NotificationStatus.Pending,
                e.Attempt,
                nextAt: e.NextAt
            ),
            ({ }, NotificationFailed e) => Note(notification, NotificationStatus.Failed, e.Attempt, nextAt: null),
            ({ }, NotificationRequeued e) => notification with
            {
                Status = NotificationStatus.Pending,
                DueAt = e.At,
                Round = 0,
            },
            ({ }, NotificationCancelled) => notification with { Status = NotificationStatus.Cancelled, DueAt = null },
            _ => throw Unhandled.Event(NotificationKey.Kind, happened),
        };

    private static Decision Requeue(NotificationView notification, DecisionContext context) =>
        Decision.Accept(
            new NotificationRequeued(notification.Endpoint, notification.Lane, notification.Status, context.Now)
        );

    private static Decision Record(NotificationView notification, RecordAttempt command, DecisionContext context)
    {
        if (command.Number != notification.Attempts + 1)
        {
            return Decision.Nothing;
        }

        var (endpoint, attempt) = (notification.Endpoint, command.Attempt);
        if (attempt.IsSuccess())
        {
            return Decision.Accept(new NotificationDelivered(endpoint, attempt));
        }

        return RetrySchedule.Next(context.Key, notification.Round + 1, attempt) is { } next
            ? Decision.Accept(new NotificationAttemptFailed(endpoint, attempt, next))
            : Decision.Accept(new NotificationFailed(endpoint, attempt));
    }

    private static NotificationView Note(
        NotificationView notification,
        NotificationStatus status,
        Attempt attempt,
        DateTimeOffset? nextAt
    ) =>
        notification with
        {
            Status = status,
            DueAt = nextAt,
            Round = notification.Round + 1,
            Attempts = notification.Attempts + 1,
            Log = [.. notification.Log.TakeLast(NotificationLimits.LogMax - 1), attempt],
        };
}
