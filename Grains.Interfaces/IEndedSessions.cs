namespace EcosystemSilo.Grains.Interfaces;

/// <summary>
/// Sessions that were ended before their time, in all processes alike: a session itself is a cookie, which whoever
/// copied it still has.
/// </summary>
public interface IEndedSessions
{
    /// <summary>Ends a session for good; when it returns, no process takes its cookie any more.</summary>
    /// <exception cref="GrainUnavailableException">The journal does not answer; ask again.</exception>
    Task End(string session, CancellationToken cancellation);

    /// <exception cref="GrainUnavailableException">The journal does not answer, so that nobody knows.</exception>
    Task<bool> HasEnded(string session, CancellationToken cancellation);
}
