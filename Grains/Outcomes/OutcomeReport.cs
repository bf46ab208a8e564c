using EcosystemSilo.Grains.Interfaces.Outcomes;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Grains.Outcomes;

/// <summary>
/// What may be shown of programs. Every figure is first pooled over the programs, week by week; those of the period are
/// made of the weeks that are shown.
/// </summary>
/// <param name="programs">Of different people. One alone, or all of a partner.</param>
/// <param name="goals">The measures that have goals.</param>
/// <param name="smallestCell">The fewest people that a figure may describe.</param>
public sealed class OutcomeReport(
    IReadOnlyCollection<OutcomeSums> programs,
    IEnumerable<Measure> goals,
    int smallestCell
)
{
    /// <summary>Ten steps more or fewer say nothing of a group, and might say something of who joined it.</summary>
    private const double StepsUnit = 10;

    private static readonly OutcomeFigure Withheld = new(Value: null, Withheld: true);

    private readonly Suppression _suppression = new(smallestCell);
    private readonly Measure[] _goals = [.. goals.Distinct().Order()];

    public OutcomesView Of(OutcomePeriod period, DateTimeOffset computedAt) =>
        new(
            period.From,
            period.Before.AddDays(-1),
            smallestCell,
            computedAt,
            Figures([.. period.Mondays()]),
            [.. period.Mondays().Select(monday => new OutcomeWeek(monday, Figures([monday])))],
            [
                .. Enumerable
                    .Range(1, OutcomePeriod.WeeksMax - 1)
                    .Select(after => new RetentionWeek(after, Percent(Pool(CellId.Retention(after))))),
            ]
        );

    private OutcomeFigures Figures(IReadOnlyList<DateOnly> mondays) =>
        new(
            Figure(Pool(CellId.Of(Indicator.People, mondays[^1])), cell => cell.People),
            Percent(Over(mondays, Indicator.Active)),
            Figure(
                Over(mondays, Indicator.Mean, Measure.Steps),
                cell => Math.Round(cell.Sum / cell.People / StepsUnit) * StepsUnit
            ),
            Change(Over(mondays, Indicator.Change, Measure.Steps)),
            Figure(Over(mondays, Indicator.Mean, Measure.Sleep), cell => Math.Round(cell.Sum / cell.People)),
            Change(Over(mondays, Indicator.Change, Measure.Sleep)),
            [.. _goals.Select(measure => new GoalOutcome(measure, Percent(Over(mondays, Indicator.Goal, measure))))]
        );

    /// <summary>The sum over the weeks that are shown; null when none is.</summary>
    private Cell? Over(IReadOnlyList<DateOnly> mondays, Indicator indicator, Measure? measure = null)
    {
        var shown = mondays.Select(monday => Pool(CellId.Of(indicator, monday, measure))).OfType<Cell>().ToList();
        return shown.Count == 0 ? null : shown.Aggregate((one, other) => one + other);
    }

    private Cell? Pool(CellId id) => _suppression.Pool(id.Indicator, programs.Select(sums => sums.Find(id)));

    private static OutcomeFigure Percent(Cell? cell) =>
        Figure(cell, shown => Math.Round(100 * shown.Sum / shown.People));

    private static OutcomeFigure Change(Cell? cell) =>
        Figure(cell, shown => Math.Round((100 * shown.Sum / shown.Before) - 100));

    private static OutcomeFigure Figure(Cell? cell, Func<Cell, double> value) =>
        cell is { } shown ? new OutcomeFigure(value(shown), Withheld: false) : Withheld;
}
