using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Grains.Interfaces.Lists;

/// <summary>A person's connection to a source, and how it is doing.</summary>
/// <param name="Id">As in routes: <c>{person}~{source}</c>.</param>
/// <param name="Partner">To whom the person's use is attributed.</param>
/// <param name="Since">When it came into its status.</param>
/// <param name="Backfilling">Measures of which the past is not complete.</param>
/// <param name="Why">Why it was disconnected, in the sender's word.</param>
public sealed record StreamCard(
    string Id,
    long Version,
    PersonId Person,
    SourceId Source,
    PartnerId? Partner,
    StreamStatus Status,
    DateTimeOffset Since,
    Phase Phase,
    DateTimeOffset? LastDataAt,
    long Samples,
    IReadOnlyList<Measure> Measures,
    IReadOnlyList<Measure> Backfilling,
    long ValuesSetAside,
    long RefusedDeliveries,
    string? Why
);

/// <summary>Which streams are wanted; null means any.</summary>
/// <param name="Only">The one partner whose people the caller may see.</param>
public sealed record StreamQuery(
    StreamStatus? Status = null,
    SourceId? Source = null,
    PersonId? Person = null,
    PartnerId? Only = null
);

/// <summary>The wearable streams of an ecosystem, as the journal's reader last saw them.</summary>
public interface IStreamList
{
    Page<StreamCard> Find(EcosystemId ecosystem, StreamQuery query, PageRequest page);
}
