using EcosystemSilo.Grains.Interfaces.Deliveries;

namespace EcosystemSilo.Grains.Interfaces.Lists;

/// <summary>
/// A webhook event that did not become a command: of an unknown type, or unmappable, or refused for good.
/// </summary>
/// <param name="Reason">Why it is a dead letter; null for an ignored one.</param>
/// <param name="Replays">How often a replay was tried.</param>
public sealed record DeadLetterCard(
    string Id,
    long Version,
    SourceId Source,
    string Type,
    string EventId,
    Refusal? Reason,
    DateTimeOffset ReceivedAt,
    DeliveryStatus Status,
    int Replays
);

/// <summary>Which dead letters are wanted; null means any.</summary>
public sealed record DeadLetterQuery(SourceId? Source = null, DeliveryStatus? Status = null);

/// <summary>The dead letters and ignored events of an ecosystem; the oldest drop out beyond a bound.</summary>
public interface IDeliveryList
{
    Page<DeadLetterCard> Find(EcosystemId ecosystem, DeadLetterQuery query, PageRequest page);
}
