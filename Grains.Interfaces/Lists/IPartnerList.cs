using EcosystemSilo.Grains.Interfaces.Lifecycle;

namespace EcosystemSilo.Grains.Interfaces.Lists;

/// <summary>Which partners are wanted; null means any.</summary>
/// <param name="Text">Part of the id or name, in any case.</param>
/// <param name="Only">The one partner that the caller may see.</param>
public sealed record PartnerQuery(
    Phase? Phase = null,
    TierId? Tier = null,
    CategoryId? Category = null,
    string? Text = null,
    bool? Overdue = null,
    PartnerId? Only = null
);

/// <summary>The partners of an ecosystem, as the journal's reader last saw them.</summary>
public interface IPartnerList
{
    Page<PartnerCard> Find(EcosystemId ecosystem, PartnerQuery query, PageRequest page);

    PartnerCard? Find(EcosystemId ecosystem, PartnerId partner);
}
