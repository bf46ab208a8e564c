using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Grains.WearableStreams;

namespace EcosystemSilo.Tests.Outcomes;

/// <summary>Weeks of people as stories have them: the same value on a few days.</summary>
internal static class PersonalWeeks
{
    public static readonly DateOnly Monday = new(2026, 3, 2);

    /// <summary>The Monday so many weeks later.</summary>
    public static DateOnly WeekNo(int week) => Monday.AddDays(7 * week);

    public static PersonWeek Of(double? steps, double? sleep = null, int days = 7) =>
        new(
            new (Measure Measure, double? Value)[] { (Measure.Steps, steps), (Measure.Sleep, sleep) }
                .Where(day => day.Value is not null)
                .ToDictionary(
                    day => day.Measure,
                    IReadOnlyList<double?> (day) =>
                        [.. Enumerable.Repeat(day.Value, days), .. new double?[PersonWeek.DaysInWeek - days]]
                )
        );

    /// <summary>Mean steps of one week after another; null for a week of which nothing is known.</summary>
    public static IReadOnlyDictionary<DateOnly, PersonWeek> Steps(params IEnumerable<double?> weeks) =>
        weeks
            .Index()
            .Where(week => week.Item is not null)
            .ToDictionary(week => WeekNo(week.Index), week => Of(week.Item));
}
