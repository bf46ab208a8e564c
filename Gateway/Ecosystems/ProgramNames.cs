using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Gateway.Ecosystems;

/// <summary>The words of the blueprint in force for its ids; an id that it no longer has stands for itself.</summary>
public sealed class ProgramNames
{
    public static ProgramNames None { get; } = new();

    public string Category(CategoryId category) => category.Value;

    public string Tier(TierId tier) => tier.Value;
}
