using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Projections;

/// <summary>A recorded event with its key and body read: what read models fold.</summary>
internal sealed record Fact(RecordedEvent Recorded, GrainKey Grain, IEvent Body)
{
    public long Position => Recorded.Position;

    public long Version => Recorded.Version;

    public static Fact Of(GrainKey grain, RecordedEvent recorded) => new(recorded, grain, GrainCodec.Decode(recorded));
}
