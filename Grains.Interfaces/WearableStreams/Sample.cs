namespace EcosystemSilo.Grains.Interfaces.WearableStreams;

/// <summary>A reading as it is stored: judged, with its unit by number. The value is still as it was sent.</summary>
/// <param name="Start">To the millisecond, with the person's offset to the minute.</param>
/// <param name="End">Null for a single moment.</param>
public readonly record struct Sample(
    DateTimeOffset Start,
    DateTimeOffset? End,
    double Value,
    byte Unit,
    double? Second = null,
    string? Id = null,
    long Version = 0,
    bool IsDailyTotal = false,
    string? Detail = null
)
{
    /// <summary>The value in the measure's canonical unit.</summary>
    public double Canonical => Units.Of(Unit).ToCanonical(Value);

    /// <summary>
    /// The person's own day that it belongs to: that of its beginning; a sleep belongs to the day on which it ends.
    /// </summary>
    public DateOnly Day(Measure measure) =>
        DateOnly.FromDateTime(measure == Measure.Sleep && End is { } end ? end.DateTime : Start.DateTime);

    /// <summary>
    /// Whether this one holds against another of the same thing. Versions decide; of equal ones it is settled by what
    /// they say, so that the order of arrival never matters.
    /// </summary>
    public bool Beats(in Sample other) => Version != other.Version ? Version > other.Version : Compare(this, other) > 0;

    /// <summary>The order in which samples stand in a block; 0 only for equal ones.</summary>
    public static int Compare(Sample one, Sample other)
    {
        var order = one.Start.UtcTicks.CompareTo(other.Start.UtcTicks);
        order = order != 0 ? order : Nullable.Compare(one.End?.UtcTicks, other.End?.UtcTicks);
        order = order != 0 ? order : string.CompareOrdinal(one.Id, other.Id);
        order = order != 0 ? order : one.Value.CompareTo(other.Value);
        order = order != 0 ? order : Nullable.Compare(one.Second, other.Second);
        order = order != 0 ? order : one.Unit.CompareTo(other.Unit);
        order = order != 0 ? order : one.Start.Offset.CompareTo(other.Start.Offset);
        order = order != 0 ? order : one.IsDailyTotal.CompareTo(other.IsDailyTotal);
        order = order != 0 ? order : string.CompareOrdinal(one.Detail, other.Detail);
        return order != 0 ? order : one.Version.CompareTo(other.Version);
    }
}
