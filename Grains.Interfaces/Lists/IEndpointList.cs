using EcosystemSilo.Grains.Interfaces.Endpoints;

namespace EcosystemSilo.Grains.Interfaces.Lists;

/// <summary>What became of an endpoint's notifications; in all they are those that were due.</summary>
/// <param name="Pending">Wait for an attempt.</param>
/// <param name="Failed">Were given up.</param>
/// <param name="Cancelled">Were waiting when the endpoint was deleted.</param>
public sealed record NotificationCounts(long Pending, long Delivered, long Failed, long Cancelled)
{
    public long Due => Pending + Delivered + Failed + Cancelled;
}

public sealed record EndpointCard(
    string Id,
    long Version,
    EndpointSettings Settings,
    IReadOnlyList<SecretHint> Secrets,
    EndpointStatus Status,
    DisabledReason? Reason,
    DateTimeOffset? DisabledAt,
    DateTimeOffset? FailingSince,
    DateTimeOffset? CatchingUpSince,
    NotificationCounts Counts
);

/// <summary>The endpoints of an ecosystem, without those that were deleted.</summary>
public interface IEndpointList
{
    Page<EndpointCard> Find(EcosystemId ecosystem, PageRequest page);

    /// <summary>The counts of one endpoint, also after it was deleted; all zero for an unknown one.</summary>
    NotificationCounts Counts(EcosystemId ecosystem, EndpointId endpoint);
}
