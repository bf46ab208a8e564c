using EcosystemSilo.Grains.Interfaces.Lifecycle;

namespace EcosystemSilo.Grains.Interfaces.Partners;

[Wire("partner.view")]
public sealed record PartnerView(string Name, CategoryId Category, string? Region, TierId Tier, LifecycleView Lifecycle)
    : IView;
