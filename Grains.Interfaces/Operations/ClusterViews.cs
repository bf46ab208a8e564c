namespace EcosystemSilo.Grains.Interfaces.Operations;

/// <summary>Where a silo is in its life.</summary>
public enum MemberState
{
    Joining,
    Active,
    Stopping,
    Dead,
}

/// <summary>The installation at one moment, as operators see it.</summary>
/// <param name="At">When it was looked at.</param>
/// <param name="SilosAnswer">Whether any silo could be asked; when not, nothing is known of them.</param>
/// <param name="Silos">Every silo that the cluster remembers, the dead ones for a day.</param>
/// <param name="Process">The process that answers.</param>
/// <param name="Commands">What all silos that answered have done.</param>
/// <param name="Journal">Null when the journal does not answer in time.</param>
/// <param name="Dashboard">Whether Orleans' dashboard can be opened here.</param>
public sealed record OperationsView(
    DateTimeOffset At,
    bool SilosAnswer,
    IReadOnlyList<SiloView> Silos,
    ProcessView Process,
    CommandsView Commands,
    JournalView? Journal,
    bool Dashboard
);

/// <summary>One silo as the cluster knows it, and what it says of itself.</summary>
/// <param name="Address">Host, port and the generation of its start: <c>10.0.0.7:11111@1234</c>.</param>
/// <param name="StartedAt">Null when the membership table does not answer in time.</param>
/// <param name="LastSignAt">Its last sign of life in the membership table, or when it was last given up.</param>
/// <param name="Process">What it says of itself; null when it does not answer within a second.</param>
public sealed record SiloView(
    string Name,
    string Address,
    MemberState State,
    DateTimeOffset? StartedAt,
    DateTimeOffset? LastSignAt,
    ProcessView? Process
);

/// <summary>What a process says of itself.</summary>
/// <param name="Name">Machine, process id and a word that is new at each start; leases are held under it.</param>
/// <param name="Role">What it does: Single, Silo, Gateway or Both.</param>
/// <param name="Version">Of the build.</param>
/// <param name="CpuPercent">Of all processors it may use, over the last seconds; null at the first look.</param>
/// <param name="MemoryBytes">Its working set.</param>
/// <param name="MemoryBytesMax">What it may use.</param>
/// <param name="Active">Active grains by kind; kinds that are not kept share a few activations.</param>
/// <param name="Handled">Commands answered since its start.</param>
/// <param name="UnderWay">Commands asked and not yet answered: waiting for state, for their turn or for their
/// commit.</param>
/// <param name="Conflicts">Commands that met a newer version, since its start.</param>
/// <param name="Overloads">Commands that a full mailbox turned away, since its start.</param>
/// <param name="DeadlinesDelivered">Since its start.</param>
/// <param name="LogLevels">What is logged otherwise than the settings say, for a time.</param>
public sealed record ProcessView(
    string Name,
    string Role,
    string Version,
    DateTimeOffset StartedAt,
    double? CpuPercent,
    long MemoryBytes,
    long MemoryBytesMax,
    IReadOnlyList<ActiveGrains> Active,
    long Handled,
    long UnderWay,
    long Conflicts,
    long Overloads,
    long DeadlinesDelivered,
    IReadOnlyList<RaisedLogLevel> LogLevels
);

/// <summary>How many grains of a kind are active.</summary>
public sealed record ActiveGrains(string Kind, int Count);

/// <summary>What the silos that answered have done of late. It is measured only while somebody looks.</summary>
/// <param name="PerSecond">Over the last minute; null before anything was measured.</param>
/// <param name="P50Milliseconds">From a grain's being asked until the answer is durable, within 10 %.</param>
/// <param name="P99Milliseconds">As <paramref name="P50Milliseconds"/>; null when nothing was asked.</param>
/// <param name="History">The last ten minutes in steps of <see cref="StepSeconds"/>, oldest first.</param>
public sealed record CommandsView(
    double? PerSecond,
    double? P50Milliseconds,
    double? P99Milliseconds,
    int StepSeconds,
    IReadOnlyList<CommandStep> History
);

/// <summary>What was measured in one step; times are null when no command was answered in it.</summary>
public sealed record CommandStep(DateTimeOffset At, double PerSecond, double? P50Milliseconds, double? P99Milliseconds);

/// <summary>How far what follows from events is behind them.</summary>
/// <param name="LastPosition">Of the newest event.</param>
/// <param name="DeadlinesDue">Deadlines whose time has come.</param>
/// <param name="DeadlinesMore">Whether there are more than were counted.</param>
/// <param name="OldestDueAt">When the earliest of them was due.</param>
public sealed record JournalView(
    long LastPosition,
    IReadOnlyList<ReaderView> Readers,
    int DeadlinesDue,
    bool DeadlinesMore,
    DateTimeOffset? OldestDueAt
);

/// <summary>What one process at a time does for all by following the journal.</summary>
/// <param name="Position">How far it has come; where its process does not say, how far it had when it last
/// saved.</param>
/// <param name="Lag">Events behind that position.</param>
/// <param name="Holder">The process that does it; null when nobody has the lease.</param>
public sealed record ReaderView(string Name, long Position, long Lag, string? Holder);
