namespace EcosystemSilo.LoadTests.Goals;

/// <summary>The middle and the ends of what several rounds gave.</summary>
internal sealed record Spread(double Median, double Min, double Max, IReadOnlyList<double> Values)
{
    public static Spread Of(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
        {
            throw new ArgumentException("There is no spread of nothing.", nameof(values));
        }

        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1], values);
    }

    /// <summary>
    /// Round by round, so that what slowed the machine down for a while slowed both sides of a ratio.
    /// </summary>
    public static IReadOnlyList<double> Ratios(IReadOnlyList<double> of, IReadOnlyList<double> to) =>
        of.Count == to.Count
            ? [.. of.Zip(to, (one, other) => one / other)]
            : throw new ArgumentException("Both sides of a ratio have the same rounds.", nameof(to));
}
