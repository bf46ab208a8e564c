namespace EcosystemSilo.Grains.Interfaces.Lifecycle;

/// <summary>
/// The four phases that partners, deals, customer programs and wearable streams go through, in order.
/// </summary>
public enum Phase
{
    Discovery,
    Integration,
    Launch,
    Scale,
}

/// <summary>
/// One entry of a phase's checklist. The gate to the next phase opens when all required items are done.
/// </summary>
public sealed record PhaseItem(ItemId Item, string Title, bool Required = true);

/// <summary>One stay in a phase. DueAt is null for a phase without a time box.</summary>
public sealed record PhaseVisit(
    Phase Phase,
    DateTimeOffset EnteredAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? LeftAt = null,
    DateTimeOffset? OverdueSince = null
);

/// <summary>A checklist item of a phase that was entered, with who completed it and when.</summary>
public sealed record ChecklistItem(
    ItemId Item,
    string Title,
    Phase Phase,
    bool Required,
    DateTimeOffset? DoneAt = null,
    string? DoneBy = null
);

/// <summary>Where a grain stands in its four phases. Visits are in order; the last one is the current.</summary>
public sealed record LifecycleView(IReadOnlyList<PhaseVisit> Visits, IReadOnlyList<ChecklistItem> Checklist)
{
    public PhaseVisit Current => Visits[^1];
}

/// <summary>
/// Marks a checklist item of the current phase as done. Completing a done item again changes nothing.
/// </summary>
[Wire("lifecycle.complete-item")]
public sealed record CompleteItem(ItemId Item) : ICommand;

/// <summary>Moves to the next phase. When <paramref name="To"/> is given it must be that next phase.</summary>
[Wire("lifecycle.advance")]
public sealed record AdvancePhase(Phase? To = null) : ICommand;

/// <summary>
/// A phase was entered with its time box and the checklist that the blueprint version laid down for it.
/// </summary>
[Wire("lifecycle.phase-entered")]
public sealed record PhaseEntered(
    Phase Phase,
    DateTimeOffset At,
    DateTimeOffset? DueAt,
    IReadOnlyList<PhaseItem> Items,
    int Blueprint
) : IEvent;

[Wire("lifecycle.item-completed")]
public sealed record ItemCompleted(ItemId Item, DateTimeOffset At, string By) : IEvent;

/// <summary>The time box of the current phase ran out. Raised once per stay, at the first moment after DueAt.</summary>
[Wire("lifecycle.phase-overdue")]
public sealed record PhaseOverdue(Phase Phase, DateTimeOffset DueAt) : IEvent;
