namespace EcosystemSilo.Silo.Membership;

/// <summary>
/// Why a process ended, for whoever supervises it; 0 when it was told to. The numbers are those of sysexits.h where it
/// has a word for it, and none is below 64, which shells and runtimes use themselves.
/// </summary>
internal static class ExitCodes
{
    /// <summary>
    /// A newer version of the product has changed the journal. Starting again does not help; that version does.
    /// </summary>
    public const int NewerJournal = 65;

    /// <summary>
    /// The journal belongs to an installation with another cluster id or another master key. Starting again does not
    /// help; the right setting does.
    /// </summary>
    public const int OtherInstallation = 66;

    /// <summary>The journal's store did not answer. Starting again helps as soon as it does.</summary>
    public const int JournalAway = 69;

    /// <summary>
    /// The cluster has given this silo up, or Orleans found itself in a state that it cannot go on from. Start it
    /// again: it comes back as a new silo.
    /// </summary>
    public const int GivenUp = 70;

    /// <summary>
    /// A part of the process ended with a fault that nothing foresaw; the log has it. Start it again, and report it.
    /// </summary>
    public const int Failed = 71;

    /// <summary>A port or address cannot be listened on. Starting again helps when another process had it.</summary>
    public const int PortTaken = 73;

    /// <summary>
    /// Another process has the journal in a way that suffers no other. Starting again helps when that one was about to
    /// end; otherwise <c>Cluster__Role</c> is wrong in one of the two.
    /// </summary>
    public const int JournalHeld = 75;

    /// <summary>A setting or a blueprint file is wrong. Starting again does not help; the sentence names it.</summary>
    public const int Settings = 78;
}
