using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Gateway.WearableStreams;

/// <summary>The id of a stream in a route: <c>{person}~{source}</c>.</summary>
public readonly record struct StreamId(PersonId Person, SourceId Source)
{
    public static bool TryParse(string? text, out StreamId id)
    {
        id = default;
        if (
            text?.Split(WearableStreamKey.Separator) is not [var person, var source]
            || !PersonId.TryParse(person, out var personId)
            || !SourceId.TryParse(source, out var sourceId)
        )
        {
            return false;
        }

        id = new StreamId(personId, sourceId);
        return true;
    }

    public override string ToString() => $"{Person}{WearableStreamKey.Separator}{Source}";
}
