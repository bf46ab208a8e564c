namespace EcosystemSilo.Grains.Interfaces.WearableStreams;

/// <summary>What one source tells of one person: <c>acme/stream/{person}~{source}</c>.</summary>
public static class WearableStreamKey
{
    public const string Kind = "stream";

    /// <summary>No id contains it.</summary>
    public const char Separator = '~';

    public static GrainKey Of(EcosystemId ecosystem, PersonId person, SourceId source) =>
        new(ecosystem, Kind, $"{person}{Separator}{source}");

    public static (PersonId Person, SourceId Source) Parts(GrainKey key)
    {
        var at = key.Id.IndexOf(Separator);
        return (new PersonId(key.Id[..at]), new SourceId(key.Id[(at + 1)..]));
    }
}
