using EcosystemSilo.Grains.Interfaces.Lifecycle;

namespace EcosystemSilo.Grains.Interfaces.Partners;

public sealed record PartnerView(string Name, CategoryId Category, string? Region, TierId Tier, LifecycleView Lifecycle)
    : IView;
