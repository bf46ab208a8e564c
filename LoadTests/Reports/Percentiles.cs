namespace EcosystemSilo.LoadTests.Reports;

/// <summary>Exact percentiles of few values; many go into a histogram.</summary>
internal static class Percentiles
{
    /// <summary>What the given share of the values does not exceed; 0 of none.</summary>
    public static double Percentile(this IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[Math.Max(0, (int)Math.Ceiling(sorted.Count * share) - 1)];
    }
}
