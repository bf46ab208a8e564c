namespace EcosystemSilo.Grains.Interfaces.Sources;

public static class SourceKey
{
    public const string Kind = "source";

    public static GrainKey Of(EcosystemId ecosystem, SourceId source) => new(ecosystem, Kind, source.Value);
}
