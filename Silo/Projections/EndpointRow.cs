using EcosystemSilo.Grains.Endpoints;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Notifications;
using EcosystemSilo.Grains.Interfaces.Pauses;

namespace EcosystemSilo.Silo.Projections;

/// <param name="Born">Position of the first event, the order of lists.</param>
/// <param name="CountedTo">Position of the last notification's event that is in the counts.</param>
internal sealed record EndpointRow(
    string Id,
    long Born,
    long Version,
    EndpointView View,
    NotificationCounts Counts,
    long CountedTo
) : IRow
{
    private static readonly NotificationCounts None = new(Pending: 0, Delivered: 0, Failed: 0, Cancelled: 0);

    public EndpointCard Card() =>
        new(
            Id,
            Version,
            View.Settings,
            [.. View.Secrets.Select(secret => new SecretHint(secret.Hint, secret.CreatedAt, secret.ExpiresAt))],
            View.Status,
            View.Reason,
            View.DisabledAt,
            View.FailingSince,
            View.CatchingUpSince,
            Counts
        );

    /// <summary>An endpoint shows what it is, so its row is its view.</summary>
    public static EndpointRow? Fold(EndpointRow? row, Fact fact) =>
        fact.Version <= row?.Version ? row
        : row is not null && fact.Body is IPauseEvent ? row with { Version = fact.Version }
        : row is not null ? row with { Version = fact.Version, View = Endpoint.Apply(row.View, fact.Body) }
        : fact.Body is EndpointCreated
            ? new EndpointRow(fact.Grain.Id, fact.Position, fact.Version, Endpoint.Apply(null, fact.Body), None, 0)
        : null;

    /// <summary>Counts what became of one of its notifications.</summary>
    public EndpointRow Count(Fact fact)
    {
        if (fact.Position <= CountedTo)
        {
            return this;
        }

        var pending = fact.Body switch
        {
            NotificationCreated => Counts with { Pending = Counts.Pending + 1 },
            NotificationRequeued { Was: NotificationStatus.Delivered } => Counts with
            {
                Pending = Counts.Pending + 1,
                Delivered = Counts.Delivered - 1,
            },
            NotificationRequeued { Was: NotificationStatus.Failed } => Counts with
            {
                Pending = Counts.Pending + 1,
                Failed = Counts.Failed - 1,
            },
            NotificationRequeued => Counts with { Pending = Counts.Pending + 1, Cancelled = Counts.Cancelled - 1 },
            NotificationDelivered => Counts with { Pending = Counts.Pending - 1, Delivered = Counts.Delivered + 1 },
            NotificationFailed => Counts with { Pending = Counts.Pending - 1, Failed = Counts.Failed + 1 },
            NotificationCancelled => Counts with { Pending = Counts.Pending - 1, Cancelled = Counts.Cancelled + 1 },
            _ => Counts,
        };
        return pending == Counts ? this : this with { Counts = pending, CountedTo = fact.Position };
    }
}
