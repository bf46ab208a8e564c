using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;

namespace EcosystemSilo.Gateway.Ecosystems;

/// <summary>The words of a blueprint for its ids; an id that it does not have stands for itself.</summary>
public sealed record ProgramNames(BlueprintDocument? Document)
{
    public string? Title => Document?.Name;

    public string Category(CategoryId id) =>
        Document?.Categories.FirstOrDefault(category => category.Id == id.Value)?.Name ?? id.Value;

    public string Tier(TierId id) => Document?.Tiers.FirstOrDefault(tier => tier.Id == id.Value)?.Name ?? id.Value;
}
