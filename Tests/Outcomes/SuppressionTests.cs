using EcosystemSilo.Grains.Interfaces.Outcomes;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Grains.Outcomes;
using Shouldly;
using Xunit;
using static EcosystemSilo.Tests.Outcomes.PersonalWeeks;

namespace EcosystemSilo.Tests.Outcomes;

/// <summary>
/// Whoever sees all that is shown, and subtracts as they like, learns nothing of fewer people than the smallest cell.
/// </summary>
public sealed class SuppressionTests
{
    private const int Smallest = 11;
    private const int Trials = 2_000;

    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly OutcomePeriod FourWeeks = new(WeekNo(0), WeekNo(4));

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    [InlineData(0, false)]
    public void AMean_IsOfEnoughPeople(int people, bool shown) =>
        new Suppression(Smallest).Shows(Indicator.Mean, new Cell(people, 5_000)).ShouldBe(shown);

    [Theory]
    [InlineData(22, 11, true)]
    [InlineData(100, 50, true)]
    [InlineData(100, 10, false)]
    [InlineData(100, 90, false)] // those ten who are not
    [InlineData(100, 0, false)]
    [InlineData(100, 100, false)] // everybody
    [InlineData(21, 11, false)]
    public void AShare_HasEnoughPeopleOnBothSides(int people, int belong, bool shown) =>
        new Suppression(Smallest).Shows(Indicator.Active, new Cell(people, belong)).ShouldBe(shown);

    [Fact]
    public void AWithheldProgram_IsNotInThePartnersFigure_UnlessEnoughPeopleAreWithheld()
    {
        var suppression = new Suppression(Smallest);

        suppression.Pool(Indicator.Mean, [new Cell(20, 200), new Cell(5, 50)]).ShouldBe(new Cell(20, 200));
        suppression
            .Pool(Indicator.Mean, [new Cell(20, 200), new Cell(5, 50), new Cell(6, 60)])
            .ShouldBe(new Cell(31, 310));
        suppression.Pool(Indicator.Mean, [new Cell(5, 50), new Cell(5, 50)]).ShouldBeNull();
    }

    /// <summary>
    /// The published figures are the programs' that are shown and the partner's. Subtracting any of the former from the
    /// latter must leave nothing, or what may be shown by itself.
    /// </summary>
    [Fact]
    public void ThePartnersFigure_MinusAnyOfItsPrograms_IsOfNobodyOrOfEnough()
    {
        var random = new Random(1);
        var pooled = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var suppression = new Suppression(random.Next(1, 15));
            var indicator = random.Next(2) == 0 ? Indicator.Active : Indicator.Mean;
            var cells = Enumerable.Range(0, random.Next(1, 7)).Select(_ => RandomCell(random)).ToArray();
            if (suppression.Pool(indicator, cells) is not { } partner)
            {
                cells.ShouldNotContain(cell => suppression.Shows(indicator, cell), $"trial {trial}");
                continue;
            }

            var shown = cells.Where(cell => suppression.Shows(indicator, cell)).ToArray();
            for (var chosen = 0; chosen < 1 << shown.Length; chosen++)
            {
                var known = shown.Where((_, at) => (chosen & (1 << at)) != 0).Aggregate(default(Cell), (a, b) => a + b);
                var left = new Cell(partner.People - known.People, partner.Sum - known.Sum);
                (left == default || suppression.Shows(indicator, left)).ShouldBeTrue($"trial {trial}: {left} is left");
            }

            pooled += partner.People > shown.Sum(cell => cell.People) ? 1 : 0;
        }

        pooled.ShouldBeGreaterThan(Trials / 20, "else the case of withheld programs taken together was not tried");
    }

    /// <summary>
    /// Whatever the people of a withheld week did, all else that is shown stays the same, to the last digit.
    /// </summary>
    [Fact]
    public void WhatIsWithheld_ChangesNothingThatIsShown()
    {
        var random = new Random(2);
        var tried = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var cells = FourWeeks
                .Mondays()
                .SelectMany(monday => Ids(monday))
                .ToDictionary(id => id, _ => RandomCell(random));
            var before = Report(cells);
            var withheld = cells
                .Where(cell => !new Suppression(Smallest).Shows(cell.Key.Indicator, cell.Value))
                .ToList();
            if (withheld.Count == 0)
            {
                continue;
            }

            var (id, cell) = withheld[random.Next(withheld.Count)];
            // As many people as there were: who takes part is known to the partner anyway.
            cells[id] = cell with
            {
                Sum = id.Indicator == Indicator.Mean ? cell.Sum * 3 : 0,
                Before = 1,
            };

            Text(Report(cells)).ShouldBe(Text(before), $"trial {trial}: {id}");
            tried++;
        }

        tried.ShouldBeGreaterThan(Trials / 2);
    }

    [Fact]
    public void AFigureThatIsWithheld_IsNullAndSaysSo_AndATotalIsOfTheWeeksThatAreShown()
    {
        var sums = new OutcomeSums();
        sums.Add(CellId.Of(Indicator.Mean, WeekNo(0), Measure.Steps), new Cell(20, 20 * 6_004));
        sums.Add(CellId.Of(Indicator.Mean, WeekNo(1), Measure.Steps), new Cell(10, 10 * 90_000));
        sums.Add(CellId.Of(Indicator.Mean, WeekNo(3), Measure.Steps), new Cell(60, 60 * 8_000));
        sums.Add(CellId.Of(Indicator.People, WeekNo(3)), new Cell(61));

        var view = new OutcomeReport([sums], [], Smallest).Of(FourWeeks, Now);

        view.Weeks.Select(week => week.Figures.Steps).ShouldBe([Shown(6_000), Withheld, Withheld, Shown(8_000)]);
        view.Total.Steps.ShouldBe(Shown(7_500), "20 of 6,004 and 60 of 8,000, to ten steps");
        view.Total.People.ShouldBe(Shown(61), "at the end of the period");
        view.Total.Active.ShouldBe(Withheld);
        (view.From, view.To).ShouldBe((WeekNo(0), WeekNo(4).AddDays(-1)));
    }

    private static OutcomeFigure Withheld => new(null, Withheld: true);

    private static OutcomeFigure Shown(double value) => new(value, Withheld: false);

    private static IEnumerable<CellId> Ids(DateOnly monday) =>
        [
            CellId.Of(Indicator.People, monday),
            CellId.Of(Indicator.Active, monday),
            CellId.Of(Indicator.Mean, monday, Measure.Steps),
            CellId.Of(Indicator.Change, monday, Measure.Steps),
            CellId.Of(Indicator.Mean, monday, Measure.Sleep),
            CellId.Of(Indicator.Goal, monday, Measure.Steps),
        ];

    private static OutcomesView Report(Dictionary<CellId, Cell> cells)
    {
        var sums = new OutcomeSums();
        foreach (var (id, cell) in cells)
        {
            sums.Add(id, cell);
        }

        return new OutcomeReport([sums], [Measure.Steps], Smallest).Of(FourWeeks, Now);
    }

    private static Cell RandomCell(Random random)
    {
        var people = random.Next(0, 30);
        return new Cell(people, random.Next(0, people + 1), random.Next(1, 1_000));
    }

    private static string Text(OutcomesView view) =>
        System.Text.Json.JsonSerializer.Serialize(view, Gateway.Http.GatewayJson.Options);
}
