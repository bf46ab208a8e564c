namespace EcosystemSilo.Silo.Membership;

/// <summary>Why a process ended, for whoever supervises it.</summary>
internal static class ExitCodes
{
    /// <summary>
    /// The cluster has given this silo up, or Orleans found itself in a state that it cannot go on from. Start it
    /// again: it comes back as a new silo.
    /// </summary>
    public const int GivenUp = 70;
}

/// <summary>Ends this process with an exit code; a test's silo shares its process and ends otherwise.</summary>
internal delegate void EndProcess(int exitCode);
