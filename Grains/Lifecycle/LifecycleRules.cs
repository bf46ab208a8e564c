using EcosystemSilo.Grains.Blueprints;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.Lifecycle;

namespace EcosystemSilo.Grains.Lifecycle;

/// <summary>
/// The four phases as every kind uses them: guarded transitions, gates from checklists, time boxes with overdue alarms,
/// history. Deciders call <see cref="Decide"/> for the shared commands and <see cref="Apply"/> for the shared events.
/// </summary>
public static class LifecycleRules
{
    /// <summary>The deadline that raises the overdue alarm of the current phase.</summary>
    public const string TimeBoxDeadline = "time-box";

    /// <summary>Enters a phase with the checklist and time box that the blueprint lays down.</summary>
    /// <param name="category">Chooses the items that only some partners have; null for deals.</param>
    public static PhaseEntered Enter(
        Phase phase,
        PhaseRule rule,
        PublishedBlueprint blueprint,
        DateTimeOffset now,
        CategoryId? category = null
    ) => new(phase, now, now + rule.TimeBox(), rule.Items(category), blueprint.Version);

    /// <summary>
    /// Arms the overdue alarm for a phase just entered, or stands down the one of the phase that was left.
    /// </summary>
    public static Decision WithTimeBox(this Decision decision, PhaseEntered entered) =>
        entered.DueAt is { } due
            ? decision.WithDeadline(TimeBoxDeadline, due)
            : decision.WithoutDeadline(TimeBoxDeadline);

    /// <summary>
    /// Decides the shared lifecycle commands; <paramref name="enter"/> enters a phase by the blueprint.
    /// </summary>
    public static Decision Decide(
        LifecycleView lifecycle,
        ICommand command,
        DecisionContext context,
        Func<Phase, PhaseEntered> enter
    ) =>
        command switch
        {
            CompleteItem complete => Complete(lifecycle, complete, context),
            AdvancePhase advance => Advance(lifecycle, advance, enter),
            DeadlineReached { Name: TimeBoxDeadline } reached => RaiseOverdue(lifecycle, reached),
            _ => throw Unhandled.Command("lifecycle", command),
        };

    public static LifecycleView Start(PhaseEntered entered) => Apply(new LifecycleView([], []), entered);

    public static LifecycleView Apply(LifecycleView lifecycle, IEvent happened) =>
        happened switch
        {
            PhaseEntered entered => new LifecycleView(
                [
                    .. lifecycle.Visits.Select(visit =>
                        visit.LeftAt is null ? visit with { LeftAt = entered.At } : visit
                    ),
                    new PhaseVisit(entered.Phase, entered.At, entered.DueAt),
                ],
                [
                    .. lifecycle.Checklist,
                    .. entered.Items.Select(item => new ChecklistItem(
                        item.Item,
                        item.Title,
                        entered.Phase,
                        item.Required
                    )),
                ]
            ),
            ItemCompleted completed => lifecycle with
            {
                Checklist =
                [
                    .. lifecycle.Checklist.Select(item =>
                        item.Item == completed.Item ? item with { DoneAt = completed.At, DoneBy = completed.By } : item
                    ),
                ],
            },
            PhaseOverdue overdue => lifecycle with
            {
                Visits =
                [
                    .. lifecycle.Visits.Take(lifecycle.Visits.Count - 1),
                    lifecycle.Current with
                    {
                        OverdueSince = overdue.DueAt,
                    },
                ],
            },
            _ => throw Unhandled.Event("lifecycle", happened),
        };

    private static Decision Complete(LifecycleView lifecycle, CompleteItem command, DecisionContext context)
    {
        var item = lifecycle.Checklist.FirstOrDefault(entry => entry.Item == command.Item);
        return item switch
        {
            null => Decision.Refuse(
                Refusals.ItemUnknown,
                $"'{command.Item}' is not on the checklist of a phase entered so far; now open: {OpenItems(lifecycle)}.",
                "item"
            ),
            { DoneAt: not null } => Decision.Nothing,
            _ => Decision.Accept(new ItemCompleted(command.Item, context.Now, context.Actor)),
        };
    }

    private static Decision Advance(LifecycleView lifecycle, AdvancePhase command, Func<Phase, PhaseEntered> enter)
    {
        var current = lifecycle.Current.Phase;
        if (current == Phase.Scale)
        {
            return Decision.Refuse(Refusals.PhaseLast, "The phase 'scale' is the last one.", "to");
        }

        var next = current + 1;
        if (command.To is { } asked && asked != next)
        {
            return Decision.Refuse(
                Refusals.PhaseSkipped,
                $"From '{Word(current)}' the next phase is '{Word(next)}', not '{Word(asked)}'.",
                "to"
            );
        }

        if (OpenItems(lifecycle) is { Length: > 0 } open)
        {
            return Decision.Refuse(
                Refusals.GateNotMet,
                $"The gate to '{Word(next)}' is closed; missing: {open}.",
                "to"
            );
        }

        var entered = enter(next);
        return Decision.Accept(entered).WithTimeBox(entered);
    }

    private static Decision RaiseOverdue(LifecycleView lifecycle, DeadlineReached reached) =>
        lifecycle.Current is { OverdueSince: null, DueAt: { } due } current && due == reached.Due
            ? Decision.Accept(new PhaseOverdue(current.Phase, due))
            : Decision.Nothing;

    /// <summary>Required items that stand between the current phase and the next, comma separated.</summary>
    private static string OpenItems(LifecycleView lifecycle) =>
        string.Join(
            ", ",
            lifecycle.Checklist.Where(item => item is { Required: true, DoneAt: null }).Select(item => item.Item.Value)
        );

    private static string Word(Phase phase) => phase.ToString().ToLowerInvariant();
}
