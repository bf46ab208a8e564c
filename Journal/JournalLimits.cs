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

    /// <summary>
    /// Newest events kept in memory for readers: what is committed in about half a second under full load, while a
    /// reader that keeps up is milliseconds behind.
    /// </summary>
    public const int RecentEventsMax = 8 * 1024;

    /// <summary>Payload bytes of these events, for journals of large ones.</summary>
    public const int RecentBytesMax = 16 * 1024 * 1024;

    /// <summary>
    /// Payload bytes after which a page of all events ends early: a page of large events must not fill the memory.
    /// </summary>
    public const int PageBytesMax = 8 * 1024 * 1024;

    /// <summary>
    /// Longest an append may wait or be retried before its caller is told the journal is unavailable: with the check
    /// below and the answer's own way, short of the 2 s after which calls time out and the most impatient webhook
    /// senders give up.
    /// </summary>
    public static readonly TimeSpan AppendPatience = TimeSpan.FromMilliseconds(1_500);

    /// <summary>
    /// Grains whose histories are read together: enough for a flood of new ones, few enough to be read in milliseconds.
    /// </summary>
    public const int GrainsPerLoadMax = 64;

    /// <summary>
    /// Shared reads of histories at once, each on a connection; what comes meanwhile waits for the next.
    /// </summary>
    public const int LoadsAtOnceMax = 4;

    /// <summary>Loads waiting for a read; beyond it callers are told to come back instead of piling up.</summary>
    public const int LoadsWaitingMax = 16_384;

    /// <summary>Longest a caller waits for a read of one grain or command, for the same reason.</summary>
    public static readonly TimeSpan ReadPatience = AppendPatience;

    /// <summary>
    /// Longest a process waits for the hold of another one: for one that is stopping, or was killed a moment ago.
    /// </summary>
    public static readonly TimeSpan HoldPatience = TimeSpan.FromSeconds(3);

    /// <summary>How often it tries meanwhile.</summary>
    public static readonly TimeSpan HoldTryInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How often a hold on a server is looked at: a silent cut is noticed in this time and that of a read.
    /// </summary>
    public static readonly TimeSpan HoldCheckInterval = TimeSpan.FromSeconds(1);

    /// <summary>How soon a reader notices what another process appended.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Inbox entries outlive any sender's retries (the longest known is 7 days).</summary>
    public static readonly TimeSpan InboxKept = TimeSpan.FromDays(14);

    /// <summary>
    /// How long a process may try a due deadline before another one does: longer than a command takes, short enough
    /// that nobody misses a deadline whose process died.
    /// </summary>
    public static readonly TimeSpan DeadlineClaim = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Longest key, id or name in UTF-16 units: two of them at three bytes each still fit PostgreSQL's index row of
    /// 2,704 bytes, so that no text can fail a whole batch.
    /// </summary>
    public const int TextCharactersMax = 400;

    /// <summary>A fact of the installation: an id or a key, never data; all of them are read at once.</summary>
    public const int FactBytesMax = 64 * 1024;

    /// <summary>What an append costs a transaction beside its payloads (keys, hash, index entries), roughly.</summary>
    public const int BytesPerAppendOverhead = 512;

    /// <summary>First pause after a failed commit: long enough for a dropped connection to be replaced.</summary>
    public static readonly TimeSpan RetryPauseMin = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Longest pause between tries of a commit, so that recovery is noticed well within the patience.
    /// </summary>
    public static readonly TimeSpan RetryPauseMax = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How often waiting appends are checked against the patience; it is overrun by at most this much.
    /// </summary>
    public static readonly TimeSpan PatienceCheckInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Old inbox entries removed in one transaction: small enough not to be felt by appends beside it.
    /// </summary>
    public const int InboxPrunedPerStep = 500;

    /// <summary>How often old inbox entries are looked for.</summary>
    public static readonly TimeSpan InboxPruneInterval = TimeSpan.FromMinutes(10);

    /// <summary>Idle SQLite connections kept for reads; more are opened under load and closed after it.</summary>
    public const int SqliteReadersKept = 8;

    /// <summary>Snapshots and reader saves that share one SQLite transaction, and with it one fsync.</summary>
    public const int SqliteWritesJoinedMax = 256;

    /// <summary>How long SQLite waits for another process's transaction on the same file, in milliseconds.</summary>
    public const int SqliteBusyMilliseconds = 1_000;

    /// <summary>Pages of 4 KB in the write-ahead log before SQLite copies them into the file: 64 MB. Copying more
    /// seldom is worth a few per cent of throughput; a longer log costs disk and a slower first read after a
    /// crash.</summary>
    public const int SqliteCheckpointPages = 16_000;

    /// <summary>
    /// Connections of a process that is told no other number: enough for all that one process does.
    /// </summary>
    public const int PostgresConnectionsMax = 24;

    /// <summary>
    /// Snapshots waiting to be saved, of different grains: a few megabytes. One that finds no room is not missed, since
    /// the grain's next one replaces it.
    /// </summary>
    public const int SnapshotsWaitingMax = 8_192;

    /// <summary>Longest a connection may take to open, in seconds, so that a caller learns of an outage soon.</summary>
    public const int PostgresConnectSeconds = 3;

    /// <summary>Longest a read may take, in seconds; every read is a bounded page.</summary>
    public const int PostgresReadSeconds = 10;

    /// <summary>
    /// Due deadlines that are counted for an operator: beyond it the answer is the same, and an index of as many is
    /// read in some milliseconds.
    /// </summary>
    public const int DueCountedMax = 10_000;

    /// <summary>Deadlines of a grain that are listed; the kind with the most sets one for each fetch.</summary>
    public const int DeadlinesListedMax = 200;
}
