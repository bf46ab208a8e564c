namespace EcosystemSilo.Journal;

/// <summary>One event to append: stable name and version of its shape, and its bytes (UTF-8 JSON).</summary>
public sealed record NewEvent(string Name, int Shape, ReadOnlyMemory<byte> Payload);

/// <summary>
/// Identifies the command behind an append. The scope is the caller or webhook source that chose the id; the hash
/// (SHA-256, 32 bytes) is of what was asked, so that the same id with another body is told apart from a repeat.
/// </summary>
public sealed record CommandStamp(string Scope, string Id, ReadOnlyMemory<byte> Hash);

/// <summary>
/// Schedules a named deadline of the grain (replacing one of the same name), or cancels it when Due is null.
/// </summary>
public sealed record DeadlineChange(string Name, DateTimeOffset? Due)
{
    /// <summary>
    /// Cancels only what is due at exactly this time, to the microsecond: a later one under the same name stays. Null
    /// cancels whatever is set.
    /// </summary>
    public DateTimeOffset? Was { get; init; }
}

/// <summary>
/// All that one accepted command commits. Events may be empty: then only the inbox entry and deadlines are written
/// and the grain's version stays. At most <see cref="JournalLimits.EventsPerAppendMax"/> events.
/// </summary>
/// <param name="Grain">The grain's key as text, for example <c>acme/partner/p-1</c>.</param>
/// <param name="ExpectedVersion">The version the decision was made on; 0 for a new grain.</param>
/// <param name="At">When the command was decided, UTC, stored to the microsecond.</param>
/// <param name="Correlation">One id from the first request to everything that follows from it.</param>
/// <param name="Actor">Who asked, for example <c>key:k_12ab</c> or <c>source:hubspot</c>.</param>
public sealed record Append(
    string Grain,
    long ExpectedVersion,
    IReadOnlyList<NewEvent> Events,
    CommandStamp Command,
    IReadOnlyList<DeadlineChange> Deadlines,
    DateTimeOffset At,
    string Correlation,
    string Actor
)
{
    /// <summary>
    /// The line of decisions this append belongs to, for a caller that decides on state it has not yet seen committed.
    /// Null when the expected version was read from the journal or acknowledged by it.
    /// </summary>
    public AppendChain? Chain { get; init; }

    /// <summary>
    /// True: nobody claims the grain's deadlines any more, neither those that are set nor those that will be. False:
    /// all of them can be claimed again, as if nobody had ever tried them. Null leaves it as it is.
    /// </summary>
    public bool? ParksDeadlines { get; init; }
}

public enum AppendOutcome
{
    /// <summary>Durable now. Version is the grain's version after it, Position that of its last event.</summary>
    Committed,

    /// <summary>
    /// The same command was committed before; Version is what that commit led to. Nothing was written.
    /// </summary>
    Repeated,

    /// <summary>The id was used before in this scope for something else. Nothing was written.</summary>
    IdReused,

    /// <summary>
    /// The grain is at another version (given in Version) than expected, or an earlier append of the same
    /// <see cref="AppendChain"/> was not committed. Nothing was written.
    /// </summary>
    VersionConflict,
}

/// <param name="Grain">The grain that holds the command: for a repeat, the one the first commit reached.</param>
/// <param name="Position">Position of the last event committed; the journal's end for an append without events.</param>
public readonly record struct AppendResult(AppendOutcome Outcome, string Grain, long Version, long Position);

/// <summary>An event as it stands in the journal.</summary>
public sealed record RecordedEvent(
    long Position,
    string Grain,
    long Version,
    string Name,
    int Shape,
    ReadOnlyMemory<byte> Payload,
    DateTimeOffset At,
    string Correlation,
    string Actor,
    string CommandId
);

/// <summary>A grain's state at a version; Shape is the version of the state's own format.</summary>
public sealed record Snapshot(string Grain, long Version, int Shape, ReadOnlyMemory<byte> State);

public sealed record GrainHistory(Snapshot? Snapshot, IReadOnlyList<RecordedEvent> Tail)
{
    internal long PayloadBytes => (Snapshot?.State.Length ?? 0L) + Tail.Sum(happened => (long)happened.Payload.Length);
}

/// <summary>
/// A command that was committed before: what it asked (hash), where it went and the version it led to.
/// </summary>
public sealed record InboxEntry(string Grain, long Version, ReadOnlyMemory<byte> Hash);

public sealed record Deadline(string Grain, string Name, DateTimeOffset Due);

/// <summary>Something that is the same for all processes of an installation, such as its id.</summary>
public sealed record InstallationFact(string Name, ReadOnlyMemory<byte> Value);

/// <summary>One row of a read model; Key is unique within its reader. A null value deletes.</summary>
public sealed record ReaderRow(string Key, ReadOnlyMemory<byte>? Value);

/// <summary>Keys from one on, up to and without another; they compare by their bytes.</summary>
public readonly record struct KeyRange(string From, string Before)
{
    /// <summary>Every key that begins with the prefix. Its last character must be ASCII, below 127.</summary>
    public static KeyRange Of(string prefix) => new(prefix, $"{prefix[..^1]}{(char)(prefix[^1] + 1)}");
}

public sealed record ReaderProgress(string Reader, long Checkpoint, IReadOnlyList<ReaderRow> Rows);
