namespace EcosystemSilo.Journal;

/// <summary>
/// The durable log of everything that happened. It knows grains only by their key as text and events only as bytes.
/// Append is the one write path; whatever is shown, sent or triggered follows from <see cref="ReadAll"/>.
/// </summary>
/// <remarks>
/// Every member throws <see cref="JournalUnavailableException"/> when the store cannot answer; retrying may help then.
/// </remarks>
public interface IJournal : IAsyncDisposable
{
    /// <summary>
    /// Keeps off the journal whom this process does not suffer beside it, until the hold is disposed of or the process
    /// ends, however it ends. Waits <see cref="JournalLimits.HoldPatience"/> for whoever is just going. It may come
    /// before <see cref="Open"/>.
    /// </summary>
    /// <remarks>It finds mistakes in a set-up. What is stored is right without it.</remarks>
    /// <exception cref="JournalHeldException">Others hold it.</exception>
    Task<IJournalHold> Hold(HoldKind kind, CancellationToken cancellation);

    /// <summary>Creates or migrates the schema under a lock and refuses settings that could lose a commit.</summary>
    Task Open(CancellationToken cancellation);

    /// <summary>
    /// Commits a command's events, the grain's new version, its deadlines and its inbox entry in one transaction.
    /// Returns only when that is durable. Concurrent appends share a transaction (group commit); a conflict of one
    /// grain never fails another grain's append.
    /// </summary>
    Task<AppendResult> Append(Append append, CancellationToken cancellation);

    /// <summary>The newest snapshot of a grain, if any, and all its events after it, oldest first.</summary>
    Task<GrainHistory> Load(string grain, CancellationToken cancellation);

    /// <summary>
    /// What <see cref="Load"/> gives for each of the grains, in their order and in one round trip. Null from the first
    /// on whose payloads, together with those of the grains before it, come to more than
    /// <see cref="JournalLimits.PageBytesMax"/>: these are to be loaded alone. The first of all is never null.
    /// </summary>
    /// <remarks>Loads that come at the same time share their reads anyway, where that saves something.</remarks>
    /// <param name="grains">At most <see cref="JournalLimits.GrainsPerLoadMax"/>; one may come more than once.</param>
    Task<IReadOnlyList<GrainHistory?>> LoadMany(IReadOnlyList<string> grains, CancellationToken cancellation);

    /// <summary>
    /// At most <paramref name="max"/> events of one grain with a version above the given one, oldest first.
    /// </summary>
    Task<IReadOnlyList<RecordedEvent>> ReadGrain(
        string grain,
        long afterVersion,
        int max,
        CancellationToken cancellation
    );

    /// <summary>
    /// At most <paramref name="max"/> events of all grains with a position above the given one, in commit order; fewer
    /// when their payloads come to <see cref="JournalLimits.PageBytesMax"/>, none only when there are none.
    /// Positions have no gaps: an event whose position is visible is never preceded by one that becomes visible later.
    /// </summary>
    Task<IReadOnlyList<RecordedEvent>> ReadAll(long afterPosition, int max, CancellationToken cancellation);

    /// <summary>The position of the newest event, 0 for an empty journal.</summary>
    Task<long> LastPosition(CancellationToken cancellation);

    /// <summary>
    /// Completes as soon as events after the position may be readable. Appends of this process wake it at once, those
    /// of other processes within a poll interval; a spurious wake-up is allowed.
    /// </summary>
    Task WaitForEvents(long afterPosition, CancellationToken cancellation);

    /// <summary>What the inbox knows of a command id; null when it was never committed.</summary>
    Task<InboxEntry?> FindCommand(string scope, string id, CancellationToken cancellation);

    /// <summary>
    /// Deadlines whose time has come, earliest first. They stay until an append clears or replaces them.
    /// </summary>
    Task<IReadOnlyList<Deadline>> DueDeadlines(DateTimeOffset now, int max, CancellationToken cancellation);

    /// <summary>The deadlines of one grain that are set, earliest first, due or not.</summary>
    Task<IReadOnlyList<Deadline>> DeadlinesOf(string grain, CancellationToken cancellation);

    /// <summary>
    /// Deadlines whose time has come and that nobody is trying, first those never tried, then earliest first. They are
    /// the caller's for <see cref="JournalLimits.DeadlineClaim"/>, by the store's clock: no other claim gets them
    /// meanwhile, and when the caller dies or fails, another one does afterwards. Parked ones are nobody's, however
    /// many there are: see <see cref="Journal.Append.ParksDeadlines"/>.
    /// </summary>
    Task<IReadOnlyList<Deadline>> ClaimDeadlines(DateTimeOffset now, int max, CancellationToken cancellation);

    /// <summary>
    /// Takes the leases that are free, keeps those the holder has, and returns these two kinds. They last for the time
    /// given from now, by the store's clock, and are then anybody's.
    /// </summary>
    /// <remarks>
    /// A lease saves doing work twice; it is no lock. A holder that was paused may go on past its end, so whatever it
    /// writes must be recognised (commands, by their ids) or refused (checkpoints, which only move forward).
    /// </remarks>
    /// <param name="holder">Names one process, and each start of it differently.</param>
    /// <param name="lasting">The same for all who want these leases.</param>
    Task<IReadOnlyList<string>> HoldLeases(
        string holder,
        IReadOnlyList<string> names,
        TimeSpan lasting,
        CancellationToken cancellation
    );

    /// <summary>Gives up all leases of a holder, so that others need not wait for their end.</summary>
    Task ReleaseLeases(string holder, CancellationToken cancellation);

    /// <summary>
    /// Keeps a data subject's key and returns it: the one given, or the one that was kept before. Null when it was
    /// destroyed; then nothing can be written about the subject any more.
    /// </summary>
    /// <param name="key">Encrypted by the caller; the store does not look into it.</param>
    Task<byte[]?> KeepSubjectKey(string subject, ReadOnlyMemory<byte> key, CancellationToken cancellation);

    /// <summary>A data subject's key; null when there is none or it was destroyed.</summary>
    Task<byte[]?> FindSubjectKey(string subject, CancellationToken cancellation);

    /// <summary>Destroys a data subject's key for good: what was encrypted under it can no longer be read.</summary>
    Task DestroySubjectKey(string subject, CancellationToken cancellation);

    /// <summary>
    /// Keeps a fact of the installation and returns it: the value given, or the one that was kept before, which stays.
    /// For the few things that all its processes must agree on.
    /// </summary>
    /// <param name="value">At most <see cref="JournalLimits.FactBytesMax"/>.</param>
    Task<byte[]> KeepFact(string name, ReadOnlyMemory<byte> value, CancellationToken cancellation);

    /// <summary>The facts whose names begin with the prefix, in the order of their names.</summary>
    Task<IReadOnlyList<InstallationFact>> ListFacts(string prefix, CancellationToken cancellation);

    /// <summary>Keeps the newest snapshot of a grain; an older one never replaces a newer one.</summary>
    Task SaveSnapshot(Snapshot snapshot, CancellationToken cancellation);

    /// <summary>How far a reader has come; 0 when it never saved.</summary>
    Task<long> ReadCheckpoint(string reader, CancellationToken cancellation);

    /// <summary>
    /// Saves a reader's rows and its checkpoint in one transaction. Returns false, and changes nothing, when the stored
    /// checkpoint is already at or beyond the one given: a checkpoint only moves forward.
    /// </summary>
    Task<bool> SaveReader(ReaderProgress progress, CancellationToken cancellation);

    /// <summary>All rows that a reader saved, in no particular order.</summary>
    IAsyncEnumerable<ReaderRow> ReadRows(string reader, CancellationToken cancellation);

    /// <summary>
    /// The rows that a reader saved whose keys lie in one of the ranges, in no particular order; each row once for
    /// every range that it lies in. For read models that are too large to be held in memory.
    /// </summary>
    Task<IReadOnlyList<ReaderRow>> FindRows(
        string reader,
        IReadOnlyList<KeyRange> ranges,
        CancellationToken cancellation
    );

    /// <summary>What an operator looks at now and then; no reader needs it.</summary>
    Task<JournalFigures> Figures(DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Forgets a reader's rows and checkpoint, so that it is rebuilt from zero.</summary>
    Task ResetReader(string reader, CancellationToken cancellation);
}
