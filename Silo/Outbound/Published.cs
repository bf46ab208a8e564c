using System.Collections.Frozen;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Outbound;

/// <summary>A recorded event in its public form.</summary>
internal sealed record Published(RecordedEvent Recorded, GrainKey Grain, PublishedEvent As, IEvent Happened)
{
    private static readonly FrozenSet<string> Names = EventCatalogue
        .Classes.Select(type => Wire.Of(type).Name)
        .ToFrozenSet(StringComparer.Ordinal);

    public PublishedEventId Id => PublishedEventId.At(Recorded.Position);

    public string Body() => As.Body(Grain.Id, Recorded.Version, Recorded.At, Happened);

    /// <summary>Null for what stays inside.</summary>
    public static Published? Of(RecordedEvent recorded)
    {
        if (!Names.Contains(recorded.Name))
        {
            return null;
        }

        var grain = GrainKey.Parse(recorded.Grain);
        var happened = GrainCodec.Decode(recorded);
        return EventCatalogue.Find(grain, happened) is { } published
            ? new Published(recorded, grain, published, happened)
            : null;
    }
}
