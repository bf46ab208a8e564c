namespace EcosystemSilo.Grains.Interfaces.Lists;

/// <summary>How far the lists and boards have followed the journal.</summary>
public interface IReadModels
{
    /// <summary>The position of the last event that lists and boards show.</summary>
    long Position { get; }

    /// <summary>
    /// Completes once everything that was in the journal at start is shown; faults when an event could not be read,
    /// after which nothing more is shown.
    /// </summary>
    Task CaughtUp { get; }

    /// <summary>Completes as soon as the event at this position is shown.</summary>
    Task WaitFor(long position, CancellationToken cancellation);
}
