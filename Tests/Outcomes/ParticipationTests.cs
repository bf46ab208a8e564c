using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Outcomes;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Grains.Outcomes;
using EcosystemSilo.Grains.WearableStreams;
using Shouldly;
using Xunit;
using static EcosystemSilo.Tests.Outcomes.PersonalWeeks;

namespace EcosystemSilo.Tests.Outcomes;

/// <summary>What one person adds to the sums of their programs, worked out by hand.</summary>
public sealed class ParticipationTests
{
    private static readonly OutcomePeriod SixWeeks = new(WeekNo(0), WeekNo(6));
    private static readonly ProgramGoals Goals = new(new Dictionary<Measure, int> { [Measure.Steps] = 8_000 });

    private readonly OutcomeSums _sums = new();

    [Fact]
    public void APersonsWeeks_AddTheirMeanDays_AndTheChangeFromTheirFirstTwoWeeks()
    {
        var weeks = new Dictionary<DateOnly, PersonWeek>
        {
            [WeekNo(0)] = Of(4_000, sleep: 400),
            [WeekNo(1)] = Of(8_000, sleep: 400, days: 3),
            [WeekNo(2)] = Of(9_000, days: 2),
        };

        Count(weeks, Part(WeekNo(0)));

        Weekly(Indicator.Mean, 1, Measure.Steps).ShouldBe(new Cell(1, 8_000));
        Weekly(Indicator.Mean, 1, Measure.Sleep).ShouldBe(new Cell(1, 400));
        Weekly(Indicator.Change, 1, Measure.Steps).ShouldBe(default, "the second week is one to compare with");
        // Seven days of 4,000 and three of 8,000 came before.
        Weekly(Indicator.Change, 2, Measure.Steps).ShouldBe(new Cell(1, 9_000, 5_200));
        Weekly(Indicator.Change, 2, Measure.Sleep).ShouldBe(default, "no night of that week is known");
        Weekly(Indicator.Active, 2).ShouldBe(new Cell(1, 1));
        Weekly(Indicator.Active, 3).ShouldBe(new Cell(1, 0));
    }

    [Theory]
    [InlineData(7_999, 0)]
    [InlineData(8_000, 1)]
    public void AGoal_IsReachedByAMeanDayThatIsNotLess(int steps, int reached)
    {
        Count(Steps(steps), Part(WeekNo(0)));

        Weekly(Indicator.Goal, 0, Measure.Steps).ShouldBe(new Cell(1, reached));
        Weekly(Indicator.Goal, 1, Measure.Steps).ShouldBe(default, "of no data nothing is said");
    }

    [Fact]
    public void Retention_IsOfThoseWhoWereActiveInTheirFirstWeek()
    {
        Count(Steps(5_000, null, 5_000), Part(WeekNo(0)));
        Count(Steps(null, 5_000, 5_000), Part(WeekNo(0)));

        _sums.Find(CellId.Retention(1)).ShouldBe(new Cell(1, 0));
        _sums.Find(CellId.Retention(2)).ShouldBe(new Cell(1, 1));
        _sums.Find(CellId.Retention(6)).ShouldBe(default, "that week is not over");
    }

    [Fact]
    public void AFirstWeekBeforeThePeriod_IsStillWhatLaterOnesAreComparedWith()
    {
        Participation.Count(
            [Part(WeekNo(0))],
            Steps(5_000, 5_000, 5_000, 6_000),
            new OutcomePeriod(WeekNo(3), WeekNo(4))
        );

        Weekly(Indicator.Change, 3, Measure.Steps).ShouldBe(new Cell(1, 6_000, 5_000));
        _sums.Find(CellId.Retention(3)).ShouldBe(new Cell(1, 1));
        Weekly(Indicator.People, 2).ShouldBe(default);
    }

    [Fact]
    public void WhoeverIsInTwoProgramsOfAPartner_CountsForTheOneTheyJoinedFirst_AsLongAsTheyAreInIt()
    {
        var second = new OutcomeSums();

        Count(Steps(1, 2, 3, 4), Part(WeekNo(0), WeekNo(2)), Part(WeekNo(1), sums: second));

        Enumerable.Range(0, 6).Select(week => Weekly(Indicator.People, week).People).ShouldBe([1, 1, 0, 0, 0, 0]);
        Enumerable
            .Range(0, 6)
            .Select(week => second.Find(CellId.Of(Indicator.People, WeekNo(week))).People)
            .ShouldBe([0, 0, 1, 1, 1, 1]);
    }

    [Theory]
    [InlineData("2026-03-01T23:00:00Z", null, 0, 99)] // a Sunday
    [InlineData("2026-03-02T00:00:00Z", null, 1, 99)] // in the course of a Monday
    [InlineData("2026-03-02T00:00:00Z", "2026-03-29T10:00:00Z", 1, 3)]
    [InlineData("2026-03-02T00:00:00Z", "2026-03-30T10:00:00Z", 1, 4)]
    public void OnlyWholeWeeksOfAnEnrolment_Count(string enrolled, string? withdrawn, int first, int before)
    {
        var program = Program() with { EndedAt = null };

        var part = Participation.Of(_sums, program, DateTimeOffset.Parse(enrolled, null), Time(withdrawn));

        part.First.ShouldBe(WeekNo(first));
        part.Before.ShouldBe(before == 99 ? DateOnly.MaxValue : WeekNo(before));
    }

    [Fact]
    public void AProgramThatStartsLaterOrHasEnded_BoundsTheWeeks()
    {
        var program = Program() with
        {
            Starts = Time("2026-03-11T00:00:00Z")!.Value,
            EndedAt = Time("2026-04-01T00:00:00Z"),
        };

        var part = Participation.Of(_sums, program, Time("2026-02-01T00:00:00Z")!.Value, Time("2026-05-01T00:00:00Z"));

        (part.First, part.Before).ShouldBe((WeekNo(2), WeekNo(4)));
    }

    [Theory]
    [InlineData(ProgramType.InsurerPrevention, Purpose.InsurerSharing)]
    [InlineData(ProgramType.ClinicalStudy, Purpose.Research)]
    [InlineData(ProgramType.EmployerWellness, Purpose.Coaching)]
    [InlineData(ProgramType.HealthSystemReferral, Purpose.Coaching)]
    [InlineData(ProgramType.ConsumerWellness, Purpose.Coaching)]
    public void EveryKindOfProgram_CallsForAPurpose(ProgramType type, Purpose purpose) =>
        Participation.PurposeOf(type).ShouldBe(purpose);

    [Theory]
    // A Wednesday: the week is not over.
    [InlineData(null, null, "2026-03-02", "2026-03-30")]
    [InlineData("2026-03-03", null, "2026-03-09", "2026-03-30")]
    [InlineData("2026-03-02", "2026-03-15", "2026-03-02", "2026-03-16")]
    [InlineData(null, "2026-03-14", "2026-02-09", "2026-03-09")]
    [InlineData("2025-09-29", "9999-12-31", "2025-09-29", "2026-03-30")]
    [InlineData("2025-09-28", null, "2025-09-29", "2026-03-30")]
    [InlineData("2025-09-22", null, null, null)] // more than half a year ago
    [InlineData("2026-03-03", "2026-03-14", null, null)] // no whole week
    [InlineData("2026-03-30", null, null, null)]
    [InlineData("9999-12-31", null, null, null)]
    [InlineData(null, "0001-01-01", null, null)]
    public void APeriod_IsOfWholeWeeksThatAreOver(string? from, string? to, string? first, string? before)
    {
        var period = OutcomePeriod.Of(Day(from), Day(to), today: new DateOnly(2026, 4, 1));

        period.ShouldBe(first is null ? null : new OutcomePeriod(Day(first)!.Value, Day(before)!.Value));
    }

    private Cell Weekly(Indicator indicator, int week, Measure? measure = null) =>
        _sums.Find(CellId.Of(indicator, WeekNo(week), measure));

    private Participation Part(DateOnly first, DateOnly? before = null, OutcomeSums? sums = null) =>
        new(sums ?? _sums, Goals, first, before ?? DateOnly.MaxValue);

    private static void Count(IReadOnlyDictionary<DateOnly, PersonWeek> weeks, params Participation[] parts) =>
        Participation.Count(parts, weeks, SixWeeks);

    private static CustomerProgramView Program() =>
        (CustomerProgramView)CustomerPrograms.ProgramStories.States["discovery"].View! with
        {
            Starts = Time("2026-01-01T00:00:00Z")!.Value,
        };

    private static DateTimeOffset? Time(string? text) => text is null ? null : DateTimeOffset.Parse(text, null);

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", null);
}
