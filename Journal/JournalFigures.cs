namespace EcosystemSilo.Journal;

/// <summary>What an operator looks at: how far readers are, who does what for all, and what is due.</summary>
/// <param name="LastPosition">The position of the newest event.</param>
/// <param name="Readers">Every reader that ever saved, in the order of their names; former ones among them.</param>
/// <param name="Leases">Every lease that was taken and not given up, in the order of their names.</param>
/// <param name="Due">Deadlines whose time has come, counted up to
/// <see cref="JournalLimits.DueCountedMax"/>.</param>
/// <param name="OldestDue">When the earliest of them was due; null when none is.</param>
public sealed record JournalFigures(
    long LastPosition,
    IReadOnlyList<ReaderPlace> Readers,
    IReadOnlyList<TakenLease> Leases,
    int Due,
    DateTimeOffset? OldestDue
);

/// <summary>How far a reader has come.</summary>
public sealed record ReaderPlace(string Reader, long Checkpoint);

/// <summary>Who has a lease.</summary>
/// <param name="Left">How long still, by the store's clock; not above zero when it is over and anybody's.</param>
public sealed record TakenLease(string Name, string Holder, TimeSpan Left);
