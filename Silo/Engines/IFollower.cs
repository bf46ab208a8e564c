using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Engines;

/// <summary>An engine that keeps grains in memory and is told of every event, whichever process committed it.</summary>
internal interface IFollower
{
    /// <summary>Takes over what it does not know yet. In the journal's order, from one caller at a time.</summary>
    void Follow(IReadOnlyList<RecordedEvent> events);
}
