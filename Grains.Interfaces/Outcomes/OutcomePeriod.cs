namespace EcosystemSilo.Grains.Interfaces.Outcomes;

/// <summary>Whole weeks, Monday to Sunday, that are over.</summary>
/// <param name="From">A Monday.</param>
/// <param name="Before">The Monday after the last week.</param>
public readonly record struct OutcomePeriod(DateOnly From, DateOnly Before)
{
    /// <summary>Half a year: what a review looks back at, and what can be computed while somebody waits.</summary>
    public const int WeeksMax = 26;

    /// <summary>What is shown when nobody asks for a period.</summary>
    public const int WeeksUsual = 4;

    private const int DaysInWeek = 7;

    /// <summary>The weeks that outcomes can be asked of.</summary>
    /// <param name="today">In UTC. A week that is over there but not yet everywhere counts as over.</param>
    public static OutcomePeriod Latest(DateOnly today)
    {
        var before = MondayOnOrBefore(today);
        return new OutcomePeriod(before.AddDays(-WeeksMax * DaysInWeek), before);
    }

    /// <summary>
    /// The whole weeks between two days, both included. Without the last day up to now, without the first day four
    /// weeks; null when there is no whole week, or one before the latest 26.
    /// </summary>
    public static OutcomePeriod? Of(DateOnly? from, DateOnly? to, DateOnly today)
    {
        var latest = Latest(today);
        var before = to < latest.Before ? MondayOnOrBefore(to.Value.AddDays(1)) : latest.Before;
        if (before <= latest.From || from >= latest.Before)
        {
            return null;
        }

        var first = from is { } day ? MondayOnOrAfter(day) : before.AddDays(-WeeksUsual * DaysInWeek);
        return first < before && first >= latest.From ? new OutcomePeriod(first, before) : null;
    }

    /// <summary>The first week that lies wholly after the beginning of a day.</summary>
    public static DateOnly MondayOnOrAfter(DateOnly day) => MondayOnOrBefore(day.AddDays(DaysInWeek - 1));

    public static DateOnly MondayOnOrBefore(DateOnly day) =>
        day.AddDays(-(((int)day.DayOfWeek + DaysInWeek - 1) % DaysInWeek));

    /// <summary>The Mondays of its weeks.</summary>
    public IEnumerable<DateOnly> Mondays()
    {
        for (var monday = From; monday < Before; monday = monday.AddDays(DaysInWeek))
        {
            yield return monday;
        }
    }
}
