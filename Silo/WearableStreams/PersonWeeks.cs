using EcosystemSilo.Grains.Interfaces.Outcomes;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Grains.WearableStreams;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.WearableStreams;

/// <summary>
/// The weeks of a person in figures, kept beside the days that they are made of: outcomes read a few of these small
/// rows of each of thousands of people.
/// </summary>
internal sealed class PersonWeeks(PersonKeyParts person)
{
    private readonly Dictionary<DateOnly, SortedDictionary<Measure, double?[]>> _weeks = [];
    private readonly HashSet<DateOnly> _changed = [];

    /// <summary>Takes over a stored week.</summary>
    public void Load(DateOnly monday, PersonWeek stored) =>
        _weeks.TryAdd(monday, new(stored.Days.ToDictionary(days => days.Key, days => days.Value.ToArray())));

    /// <summary>Puts a day's figures in their place; without any the day is empty.</summary>
    public void Note(Measure measure, DateOnly day, DaySummary? summary)
    {
        var monday = OutcomePeriod.MondayOnOrBefore(day);
        if (!_weeks.TryGetValue(monday, out var week))
        {
            _weeks.Add(monday, week = []);
        }

        if (!week.TryGetValue(measure, out var days))
        {
            week.Add(measure, days = new double?[PersonWeek.DaysInWeek]);
        }

        days[day.DayNumber - monday.DayNumber] = summary is null ? null : ValueOf(measure, summary.Figures);
        if (Array.TrueForAll(days, value => value is null))
        {
            week.Remove(measure);
        }

        _changed.Add(monday);
    }

    /// <summary>The weeks that changed; one of which nothing is known is deleted.</summary>
    public IEnumerable<ReaderRow> Rows() =>
        _changed.Select(monday =>
            SampleRows.Row(SampleRows.Week(person, monday), _weeks[monday].Count == 0 ? null : Written(_weeks[monday]))
        );

    private static double ValueOf(Measure measure, Figures figures) =>
        Measures.Of(measure).Adds ? figures.Sum : figures.Mean;

    private static byte[] Written(SortedDictionary<Measure, double?[]> week) =>
        PersonWeekCodec.Write(
            new PersonWeek(week.ToDictionary(days => days.Key, IReadOnlyList<double?> (days) => days.Value))
        );
}
