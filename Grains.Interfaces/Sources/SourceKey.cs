namespace EcosystemSilo.Grains.Interfaces.Sources;

public static class SourceKey
{
    public const string Kind = "source";

    public static GrainKey Of(EcosystemId ecosystem, SourceId source) => new(ecosystem, Kind, source.Value);

    /// <summary>The scope in which the ids of a source's events are unique.</summary>
    public static string Scope(EcosystemId ecosystem, SourceId source) => $"{ecosystem}/source/{source}";

    /// <summary>Who acts, in the journal, when a source's event is handled.</summary>
    public static string Actor(SourceId source) => $"source:{source}";
}
