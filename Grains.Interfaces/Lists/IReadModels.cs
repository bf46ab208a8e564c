namespace EcosystemSilo.Grains.Interfaces.Lists;

/// <summary>How far the lists and boards have followed the journal.</summary>
public interface IReadModels
{
    /// <summary>The position of the last event that lists and boards show.</summary>
    long Position { get; }

    /// <summary>Completes once everything that was in the journal at start is shown.</summary>
    Task CaughtUp { get; }

    /// <summary>
    /// Why nothing more is shown, when an event could not be read: a bug, and the process is not ready.
    /// </summary>
    Exception? Fault { get; }

    /// <summary>Completes as soon as the event at this position can be found in lists.</summary>
    /// <exception cref="InvalidOperationException">There is a <see cref="Fault"/>.</exception>
    Task WaitFor(long position, CancellationToken cancellation);
}
