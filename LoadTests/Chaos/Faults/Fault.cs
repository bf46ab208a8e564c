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

    /// <summary>SIGKILL of a process that runs no grains.</summary>
    KillGateway,

    /// <summary>SIGKILL of all that run grains, at once; they come back at other ports.</summary>
    KillAll,

    /// <summary>SIGTERM to one process after the other, each started again: what an upgrade does.</summary>
    Roll,

    /// <summary>A process gets a tenth of a processor for a while.</summary>
    Starve,

    /// <summary>Two silos do not reach each other for a while, and reach everybody else.</summary>
    CutPair,

    /// <summary>A silo reaches no other silo for a while, and reaches the database.</summary>
    CutOff,

    /// <summary>A silo does not reach the database for a while, and reaches everybody else.</summary>
    CutFromDatabase,
}

/// <summary>What a fault needs of the stage.</summary>
internal static class FaultNeeds
{
    /// <summary>Whether it needs a network in which packets can vanish.</summary>
    public static bool NeedsNetwork(this Fault fault) =>
        fault is Fault.CutPair or Fault.CutOff or Fault.CutFromDatabase;

    /// <summary>Whether it needs silos and gateways that are processes of their own.</summary>
    public static bool NeedsCluster(this Fault fault) => fault is Fault.KillGateway || fault.NeedsNetwork();
}
