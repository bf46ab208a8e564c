namespace EcosystemSilo.Grains.Interfaces.Deals;

public static class DealKey
{
    public const string Kind = "deal";

    public static GrainKey Of(EcosystemId ecosystem, DealId deal) => new(ecosystem, Kind, deal.Value);
}
