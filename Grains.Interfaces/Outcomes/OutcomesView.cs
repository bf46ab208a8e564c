using System.Text.Json.Serialization;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Grains.Interfaces.Outcomes;

/// <summary>A figure about a group of people.</summary>
/// <param name="Value">Null when it is withheld; never 0 for that.</param>
/// <param name="Withheld">
/// It would describe fewer people than the smallest cell, or let a figure that does be worked out.
/// </param>
public sealed record OutcomeFigure(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Value,
    bool Withheld
);

/// <summary>What became of one daily goal.</summary>
/// <param name="Reached">
/// Percent of the people with data of the measure in a week whose mean day reached what their program asks.
/// </param>
public sealed record GoalOutcome(Measure Measure, OutcomeFigure Reached);

/// <summary>
/// Figures of a week, or of a period: then of its weeks that are shown, each counting by its people. Of people who are
/// enrolled for the whole week and agree to the purpose that their program calls for.
/// </summary>
/// <param name="People">How many they are; of a period, in its last week.</param>
/// <param name="Active">Percent of them of whom there is any data in the week.</param>
/// <param name="Steps">Mean steps a day. A person counts by their mean day, days without data left out.</param>
/// <param name="StepsChange">
/// By how many percent the same people's steps are more than in their first two whole weeks; only of people with steps
/// in both, and from their third week on.
/// </param>
/// <param name="Sleep">Mean minutes asleep a day, as steps are.</param>
/// <param name="SleepChange">As that of steps.</param>
/// <param name="Goals">Of each measure that the programs have a daily goal for.</param>
public sealed record OutcomeFigures(
    OutcomeFigure People,
    OutcomeFigure Active,
    OutcomeFigure Steps,
    OutcomeFigure StepsChange,
    OutcomeFigure Sleep,
    OutcomeFigure SleepChange,
    IReadOnlyList<GoalOutcome> Goals
);

/// <param name="From">The Monday on which it began.</param>
public sealed record OutcomeWeek(DateOnly From, OutcomeFigures Figures);

/// <summary>How many stayed.</summary>
/// <param name="After">Whole weeks after a person's first whole week.</param>
/// <param name="Active">
/// Percent of those who had data in their first whole week and could have some so many weeks later who have.
/// </param>
public sealed record RetentionWeek(int After, OutcomeFigure Active);

/// <summary>The outcomes of a program, or of a partner's programs together.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="SmallestCell">Nothing is told of fewer people.</param>
/// <param name="ComputedAt">What changed since, a consent that was taken back too, is in the next computation.</param>
/// <param name="Retention">Of the latest 26 weeks, whatever the period.</param>
public sealed record OutcomesView(
    DateOnly From,
    DateOnly To,
    int SmallestCell,
    DateTimeOffset ComputedAt,
    OutcomeFigures Total,
    IReadOnlyList<OutcomeWeek> Weeks,
    IReadOnlyList<RetentionWeek> Retention
);
