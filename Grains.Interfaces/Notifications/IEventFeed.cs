namespace EcosystemSilo.Grains.Interfaces.Notifications;

/// <summary>Which published events are wanted.</summary>
/// <param name="Types">Types of the catalogue or their beginnings; empty for all.</param>
/// <param name="Only">Only what happens to this partner and its deals; null for the whole ecosystem.</param>
public sealed record FeedQuery(IReadOnlyList<string> Types, PartnerId? Only);

/// <param name="Body">The JSON that a webhook would send.</param>
public sealed record FeedEvent(PublishedEventId Id, string Body);

/// <param name="Position">Where the next page begins, also when this one is empty.</param>
/// <param name="IsEnd">Whether there was nothing more when it was read.</param>
public sealed record FeedPage(IReadOnlyList<FeedEvent> Events, long Position, bool IsEnd);

/// <summary>What webhooks tell, for those who would rather ask.</summary>
public interface IEventFeed
{
    /// <summary>
    /// The published events after a position, oldest first; bounded in number and in what is looked at.
    /// </summary>
    Task<FeedPage> Read(EcosystemId ecosystem, FeedQuery query, long after, int max, CancellationToken cancellation);
}
