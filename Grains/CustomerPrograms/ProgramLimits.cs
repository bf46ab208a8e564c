namespace EcosystemSilo.Grains.CustomerPrograms;

/// <summary>The bounds of a customer program, each with the reason for its size.</summary>
public static class ProgramLimits
{
    /// <summary>
    /// Open invitations at a time: one a department of a large employer. They are read with every enrolment; whoever
    /// needs more raises the uses of one.
    /// </summary>
    public const int InvitationsOpenMax = 200;

    /// <summary>Longest time from now to an end; whoever plans further ahead renews.</summary>
    public static readonly TimeSpan AheadMax = TimeSpan.FromDays(3650);
}
