using EcosystemSilo.Grains.Interfaces.Sources;

namespace EcosystemSilo.Grains.Interfaces.Lists;

/// <summary>A secret's last characters, to tell secrets apart; the secret itself never leaves its grain.</summary>
public sealed record SecretHint(string Hint, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

/// <summary>What became of a source's deliveries.</summary>
/// <param name="Applied">Commands that took effect.</param>
/// <param name="Repeated">Deliveries recognised as repeats, counted by this process since it started.</param>
/// <param name="Received">Batches journalled whole.</param>
/// <param name="DeadLettered">Dead letters that nobody has replayed with success.</param>
/// <param name="Refused">About people who are unknown here or have not agreed.</param>
public sealed record DeliveryCounts(
    long Applied,
    long Repeated,
    long Received,
    long Ignored,
    long DeadLettered,
    long Refused
);

public sealed record SourceCard(
    string Id,
    long Version,
    string Name,
    string Scheme,
    SourceMapping Mapping,
    IReadOnlyList<SecretHint> Secrets,
    DeliveryCounts Counts
);

/// <summary>The webhook sources of an ecosystem with the counts of their deliveries.</summary>
public interface ISourceList
{
    Page<SourceCard> Find(EcosystemId ecosystem, PageRequest page);

    /// <summary>The counts of one source; all zero for one that the reader has not seen.</summary>
    DeliveryCounts Counts(EcosystemId ecosystem, SourceId source);

    /// <summary>
    /// Counts a delivery that was recognised as a repeat: it leaves no event, so only its receiver knows.
    /// </summary>
    void CountRepeat(EcosystemId ecosystem, SourceId source);
}
