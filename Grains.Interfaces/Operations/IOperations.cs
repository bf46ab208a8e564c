namespace EcosystemSilo.Grains.Interfaces.Operations;

/// <summary>
/// What operators look at and do. Whoever does not answer within a second is said not to, so that everything is
/// answered after one or two, and four at most.
/// </summary>
public interface IOperations
{
    /// <summary>The kinds of grain there are.</summary>
    IReadOnlyList<string> Kinds { get; }

    /// <summary>
    /// The installation now. The first look begins to measure commands, and a minute after the last one it ends.
    /// </summary>
    Task<OperationsView> Look(CancellationToken cancellation);

    /// <summary>A grain, read past its activation; null when it has no events.</summary>
    /// <exception cref="GrainUnavailableException">The journal does not answer.</exception>
    Task<GrainLook?> Find(GrainKey grain, CancellationToken cancellation);

    /// <summary>
    /// Puts a grain out of memory as soon as what it does is done; the next call brings it back from the journal.
    /// Returns where it was.
    /// </summary>
    Task<GrainPlace> Deactivate(GrainKey grain, Deactivation why, CancellationToken cancellation);

    /// <summary>Has another log level for a time, here and in the silos, or in one of them.</summary>
    Task<IReadOnlyList<LogLevelOutcome>> Log(LogLevelChange change, CancellationToken cancellation);
}
