namespace EcosystemSilo.Grains.Interfaces.Blueprints;

/// <summary>There is one blueprint grain an ecosystem; it owns the published versions of the rules.</summary>
public static class BlueprintKey
{
    public const string Kind = "blueprint";

    public static GrainKey Of(EcosystemId ecosystem) => new(ecosystem, Kind, "program");
}
