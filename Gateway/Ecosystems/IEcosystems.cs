using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Gateway.Ecosystems;

/// <summary>The ecosystems that this service runs.</summary>
public interface IEcosystems
{
    IReadOnlyList<EcosystemId> All { get; }

    bool Knows(EcosystemId ecosystem);
}
