namespace EcosystemSilo.Grains.Interfaces.WearableStreams;

/// <summary>
/// A person's samples, of all sources together, about a second behind the journal. Only sources that may flow are
/// served, whatever is stored.
/// </summary>
public interface ISampleHistory
{
    /// <summary>What counts of a measure, in the order of time; readings that began from one time up to
    /// another.</summary>
    Task<IReadOnlyList<Sample>> Find(
        EcosystemId ecosystem,
        PersonId person,
        Measure measure,
        DateTimeOffset from,
        DateTimeOffset before,
        IReadOnlyCollection<SourceId> allowed,
        CancellationToken cancellation
    );

    /// <summary>The person's own days in figures, both ends included; days of which nothing is known are left
    /// out.</summary>
    Task<IReadOnlyList<DaySummary>> Days(
        EcosystemId ecosystem,
        PersonId person,
        Measure measure,
        DateOnly from,
        DateOnly to,
        IReadOnlyCollection<SourceId> allowed,
        CancellationToken cancellation
    );
}
