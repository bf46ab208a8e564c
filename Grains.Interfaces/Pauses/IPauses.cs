namespace EcosystemSilo.Grains.Interfaces.Pauses;

/// <summary>Tells whether a grain is paused, from the journal: the grain itself is not asked.</summary>
public interface IPauses
{
    /// <summary>Null when there is no such kind, or the grain has no events.</summary>
    /// <param name="version">As it was at this version; null: as it is.</param>
    /// <exception cref="GrainUnavailableException">The journal did not answer; try again.</exception>
    Task<PauseState?> Find(GrainKey key, long? version, CancellationToken cancellation);
}

/// <param name="Version">The grain's version that this is of.</param>
/// <param name="Pause">Null when the grain is not paused.</param>
public sealed record PauseState(long Version, GrainPause? Pause);
