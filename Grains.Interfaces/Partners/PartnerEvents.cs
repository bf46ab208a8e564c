namespace EcosystemSilo.Grains.Interfaces.Partners;

[Wire("partner.registered")]
public sealed record PartnerRegistered(string Name, CategoryId Category, string? Region, TierId Tier, int Blueprint)
    : IEvent;
