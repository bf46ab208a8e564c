namespace EcosystemSilo.Journal;

/// <summary>The bounds of the journal, each with the reason for its size.</summary>
public static class JournalLimits
{
    /// <summary>A command that needs more events than this is a modelling mistake, not a bigger batch.</summary>
    public const int EventsPerAppendMax = 256;

    /// <summary>A transaction of this many appends already amortises its fsync; larger ones only add waiting.</summary>
    public const int AppendsPerCommitMax = 1_024;

    /// <summary>Keeps one transaction's memory and WAL burst small enough for a laptop.</summary>
    public const int BytesPerCommitMax = 4 * 1024 * 1024;

    /// <summary>Appends waiting for a commit; beyond it callers are told to come back instead of piling up.</summary>
    public const int AppendsWaitingMax = 16_384;

    /// <summary>Longest an append may wait or be retried before its caller is told the journal is unavailable.</summary>
    public static readonly TimeSpan AppendPatience = TimeSpan.FromSeconds(2);

    /// <summary>How soon a reader notices what another process appended.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Inbox entries outlive any sender's retries (the longest known is 7 days).</summary>
    public static readonly TimeSpan InboxKept = TimeSpan.FromDays(14);
}
