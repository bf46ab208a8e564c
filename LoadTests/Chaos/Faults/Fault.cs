namespace EcosystemSilo.LoadTests.Chaos.Faults;

/// <summary>What can be done to a running service.</summary>
internal enum Fault
{
    /// <summary>SIGKILL, at random moments and at each crash point in turn.</summary>
    Kill,

    /// <summary>SIGSTOP, and SIGCONT after a pause.</summary>
    Pause,

    /// <summary>PostgreSQL is stopped so that transactions are rolled back, and started again.</summary>
    RestartFast,

    /// <summary>PostgreSQL is stopped as by a crash, and recovers.</summary>
    RestartImmediate,

    /// <summary>Every connection to PostgreSQL is cut in the middle of a request.</summary>
    Cut,

    /// <summary>Every connection to PostgreSQL loses the reply to its next request, and is cut.</summary>
    DropReplies,

    /// <summary>PostgreSQL answers nothing for a while, with all connections open.</summary>
    Stall,

    /// <summary>PostgreSQL cannot be reached for a while.</summary>
    Gone,

    /// <summary>The disk under the store is full for a while.</summary>
    DiskFull,
}
