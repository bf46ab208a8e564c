using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;

namespace EcosystemSilo.Grains.Interfaces.Lists;

/// <summary>Which deals are wanted; null means any.</summary>
/// <param name="Partner">Whose deals; for callers of role partner always their own.</param>
/// <param name="Text">Part of the id, customer, partner or product, in any case.</param>
public sealed record DealQuery(
    Phase? Phase = null,
    DealStatus? Status = null,
    PartnerId? Partner = null,
    string? Text = null
);

/// <summary>The deals of an ecosystem, open and closed, as the journal's reader last saw them.</summary>
public interface IDealList
{
    Page<DealCard> Find(EcosystemId ecosystem, DealQuery query, PageRequest page);
}
