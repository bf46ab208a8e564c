namespace EcosystemSilo.Journal.Memory;

/// <summary>
/// What goes wrong, and when. Each hook may wait (a slow store) or throw <see cref="JournalUnavailableException"/>
/// (a failing one); a hook that is null does nothing.
/// </summary>
public sealed class MemoryFaults
{
    /// <summary>Runs before a batch is written: a fault here means that nothing of it is durable.</summary>
    public Func<IReadOnlyList<Append>, Task>? BeforeCommit { get; set; }

    /// <summary>
    /// Runs after a batch was written: a fault here means that all of it is durable, but nobody is told.
    /// </summary>
    public Func<IReadOnlyList<Append>, Task>? AfterCommit { get; set; }

    /// <summary>Runs before every read and every write beside appends.</summary>
    public Func<Task>? BeforeOther { get; set; }
}
