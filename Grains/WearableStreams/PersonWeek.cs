using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Grains.WearableStreams;

/// <summary>One of a person's own weeks, Monday to Sunday, in one figure for each measure and day.</summary>
/// <param name="Days">
/// Of every measure that something is known of, seven values in its canonical unit, Monday's first: the day's total
/// where readings add up, their mean otherwise; null for a day of which nothing is known.
/// </param>
public sealed record PersonWeek(IReadOnlyDictionary<Measure, IReadOnlyList<double?>> Days)
{
    public const int DaysInWeek = 7;

    /// <summary>The days' values of a measure of which something is known.</summary>
    public IEnumerable<double> Known(Measure measure) =>
        Days.TryGetValue(measure, out var days) ? days.OfType<double>() : [];
}
