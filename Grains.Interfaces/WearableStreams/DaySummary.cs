using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces.WearableStreams;

/// <summary>Samples in figures, in the canonical unit.</summary>
/// <param name="Second">The sum of second values: divided by the count, the mean diastolic pressure.</param>
public sealed record Figures(int Count, double Min, double Max, double Sum, double? Second = null)
{
    [JsonIgnore]
    public double Mean => Sum / Count;

    /// <param name="samples">At least one, in an order that depends on nothing but themselves, so that sums of broken
    /// numbers are the same to the last bit.</param>
    public static Figures Of(IReadOnlyList<Sample> samples)
    {
        var (min, max, sum) = (double.MaxValue, double.MinValue, 0.0);
        double? second = null;
        foreach (var sample in samples)
        {
            var value = sample.Canonical;
            (min, max, sum) = (Math.Min(min, value), Math.Max(max, value), sum + value);
            second = sample.Second is { } other ? (second ?? 0) + Units.Of(sample.Unit).ToCanonical(other) : second;
        }

        return new Figures(samples.Count, min, max, sum, second);
    }
}

/// <param name="Hour">The hour of the person's own day, 0 to 23, in which the samples began.</param>
public sealed record HourSummary(int Hour, Figures Figures);

/// <summary>One measure of one of a person's own days.</summary>
/// <param name="Figures">Of the whole day; where readings add up, the sum is the day's total.</param>
/// <param name="Stages">Minutes by stage of sleep; null for other measures.</param>
/// <param name="Sources">Whose samples it was made of, the one that counts first standing first.</param>
public sealed record DaySummary(
    DateOnly Day,
    Figures Figures,
    IReadOnlyList<HourSummary> Hours,
    IReadOnlyDictionary<char, double>? Stages,
    IReadOnlyList<SourceId> Sources
);
