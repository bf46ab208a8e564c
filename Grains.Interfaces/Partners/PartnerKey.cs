namespace EcosystemSilo.Grains.Interfaces.Partners;

public static class PartnerKey
{
    public const string Kind = "partner";

    public static GrainKey Of(EcosystemId ecosystem, PartnerId partner) => new(ecosystem, Kind, partner.Value);
}
