namespace EcosystemSilo.Silo.Projections;

/// <summary>The bounds of lists and boards, each with the reason for its size.</summary>
public static class ProjectionLimits
{
    /// <summary>
    /// Events read at a time: enough to amortise the query, few enough to keep a catching-up board moving.
    /// </summary>
    public const int EventsPerReadMax = 2_000;

    /// <summary>
    /// Saved rows understood at a time at a start: enough for both cores to have some, few enough that a thread of the
    /// pool is free again in a moment.
    /// </summary>
    public const int RowsPerReading = 500;

    /// <summary>
    /// Changed rows kept back before they are saved out of turn, so that a rebuild's saves stay moderate.
    /// </summary>
    public const int UnsavedRowsMax = 20_000;

    /// <summary>How long changed rows wait to be saved: what a crash makes the next start read again.</summary>
    public static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a start waits for lists and boards: enough for 100,000s of events, short enough for a supervisor that
    /// waits for the process to answer.
    /// </summary>
    public static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);

    /// <summary>Pause before the journal is tried again after a fault: soon, but no busy loop.</summary>
    public static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Dead letters and ignored events listed per ecosystem; a mapping gone wrong must not fill the memory. The oldest
    /// drop out of the list, never out of the journal.
    /// </summary>
    public const int DeliveriesListedMax = 20_000;

    /// <summary>
    /// Notifications listed per ecosystem, in about 10 MB. The oldest drop out of the list, never out of the journal.
    /// </summary>
    public const int NotificationsListedMax = 20_000;

    /// <summary>
    /// Ecosystems kept because they were asked for; beyond it only those in which something happened, so that made-up
    /// names cannot fill the memory.
    /// </summary>
    public const int EcosystemsAskedForMax = 1_000;

    /// <summary>
    /// Changes kept per board for viewers who come back: over a minute of a board with 200 changes a second.
    /// </summary>
    public const int BoardChangesKept = 16_384;

    /// <summary>A viewer further behind than this many changes is better served by a snapshot than by deltas.</summary>
    public const int BoardChangesBehindMax = 2_000;

    /// <summary>Changes told at once: about 100 KB, which is what a viewer who reads slowly costs in memory.</summary>
    public const int BoardChangesPerDeltaMax = 250;

    /// <summary>Deltas kept in their written form: one for each filter that somebody is watching with.</summary>
    public const int BoardDeltasKept = 256;

    /// <summary>Changes are shown at once on a quiet board and gathered for this long on a busy one.</summary>
    public static readonly TimeSpan BoardPulse = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// What each waiting viewer adds to the pulse, because a message costs about this much however small it is: 1,000
    /// viewers are told every 150 ms.
    /// </summary>
    public static readonly TimeSpan BoardPulsePerViewer = TimeSpan.FromMicroseconds(150);

    /// <summary>Longest pulse, so that a change is seen within a quarter of a second.</summary>
    public static readonly TimeSpan BoardPulseMax = TimeSpan.FromMilliseconds(150);

    /// <summary>
    /// How long a written snapshot may be reused while nothing changes; its median ages drift until then.
    /// </summary>
    public static readonly TimeSpan BoardSnapshotKept = TimeSpan.FromMinutes(1);
}
