using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Outcomes;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Grains.WearableStreams;

namespace EcosystemSilo.Grains.Outcomes;

/// <summary>One person's part in one program, in whole weeks.</summary>
/// <param name="Sums">Of the program; the person is added to them.</param>
/// <param name="First">The Monday of their first whole week.</param>
/// <param name="Before">The Monday of the first week that they did not stay for.</param>
public sealed record Participation(OutcomeSums Sums, ProgramGoals Goals, DateOnly First, DateOnly Before)
{
    /// <summary>Weeks at the beginning that later ones are compared with.</summary>
    public const int BaselineWeeks = 2;

    private const int DaysInWeek = 7;

    private static readonly Measure[] Compared = [Measure.Steps, Measure.Sleep];

    /// <summary>The Monday of the last week that later ones are compared with.</summary>
    public DateOnly BaselineLast => First.AddDays((BaselineWeeks - 1) * DaysInWeek);

    /// <summary>
    /// The whole weeks between a person's enrolment, or the program's start if that is later, and their or the
    /// program's end, by days of UTC.
    /// </summary>
    public static Participation Of(
        OutcomeSums sums,
        CustomerProgramView program,
        DateTimeOffset enrolledAt,
        DateTimeOffset? withdrawnAt
    )
    {
        var began = enrolledAt > program.Starts ? enrolledAt : program.Starts;
        var ended = withdrawnAt < program.EndedAt ? withdrawnAt : program.EndedAt ?? withdrawnAt;
        return new Participation(
            sums,
            program.Goals,
            OutcomePeriod.MondayOnOrAfter(DayOf(began).AddDays(1)),
            ended is { } end ? OutcomePeriod.MondayOnOrBefore(DayOf(end)) : DateOnly.MaxValue
        );
    }

    /// <summary>
    /// What people must have agreed to for a program's outcomes to speak of them: that an insurer hears of it, that it
    /// is research, or else the coaching itself (A §Insurance Partners, A §Research &amp; Academic Partners).
    /// </summary>
    public static Purpose PurposeOf(ProgramType type) =>
        type switch
        {
            ProgramType.InsurerPrevention => Purpose.InsurerSharing,
            ProgramType.ClinicalStudy => Purpose.Research,
            _ => Purpose.Coaching,
        };

    /// <summary>
    /// Adds a person to the sums of a partner's programs. In a week in which they are in several, they count for the
    /// first that stands here, so that the programs' people are different ones.
    /// </summary>
    /// <param name="weeks">The person's weeks by their Mondays, without those of which nothing is known.</param>
    public static void Count(
        IReadOnlyList<Participation> parts,
        IReadOnlyDictionary<DateOnly, PersonWeek> weeks,
        OutcomePeriod period
    )
    {
        foreach (var part in parts)
        {
            var mondays = period.Mondays().Where(monday => parts.FirstOrDefault(one => one.Covers(monday)) == part);
            part.Count([.. mondays], weeks);
        }
    }

    private bool Covers(DateOnly monday) => First <= monday && monday < Before;

    private void Count(IReadOnlyList<DateOnly> mondays, IReadOnlyDictionary<DateOnly, PersonWeek> weeks)
    {
        var before = Array.ConvertAll(Compared, measure => (measure, Baseline(measure, weeks)));
        foreach (var monday in mondays)
        {
            var week = weeks.GetValueOrDefault(monday);
            Sums.Add(CellId.Of(Indicator.People, monday), new Cell(1));
            Sums.Add(CellId.Of(Indicator.Active, monday), Cell.Share(week is not null));
            var after = (monday.DayNumber - First.DayNumber) / DaysInWeek;
            if (after > 0 && weeks.ContainsKey(First))
            {
                Sums.Add(CellId.Retention(after), Cell.Share(week is not null));
            }

            if (week is not null)
            {
                Count(monday, week, before);
            }
        }
    }

    private void Count(DateOnly monday, PersonWeek week, IEnumerable<(Measure Measure, double? Baseline)> before)
    {
        foreach (var (measure, baseline) in before)
        {
            if (Mean(week.Known(measure)) is not { } day)
            {
                continue;
            }

            Sums.Add(CellId.Of(Indicator.Mean, monday, measure), new Cell(1, day));
            if (monday > BaselineLast && baseline is > 0 and var usual)
            {
                Sums.Add(CellId.Of(Indicator.Change, monday, measure), new Cell(1, day, usual));
            }
        }

        foreach (var (measure, least) in Goals.Daily)
        {
            if (Mean(week.Known(measure)) is { } day)
            {
                Sums.Add(CellId.Of(Indicator.Goal, monday, measure), Cell.Share(day >= least));
            }
        }
    }

    /// <summary>The mean day of the person's first weeks.</summary>
    private double? Baseline(Measure measure, IReadOnlyDictionary<DateOnly, PersonWeek> weeks) =>
        Mean(
            Enumerable
                .Range(0, BaselineWeeks)
                .Select(week => weeks.GetValueOrDefault(First.AddDays(week * DaysInWeek)))
                .OfType<PersonWeek>()
                .SelectMany(week => week.Known(measure))
        );

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private static double? Mean(IEnumerable<double> days)
    {
        var (sum, count) = (0.0, 0);
        foreach (var day in days)
        {
            (sum, count) = (sum + day, count + 1);
        }

        return count == 0 ? null : sum / count;
    }
}
