using System.Globalization;
using EcosystemSilo.LoadTests.Goals;

namespace EcosystemSilo.LoadTests.Reports;

/// <summary>The charts of a report, as SVG and the key to its colours.</summary>
internal static class Chart
{
    private const int BarsMax = 12;
    private static readonly string[] Percentiles = ["p50", "p90", "p99", "p99.9", "max"];

    /// <summary>What rounds gave: bars for a few, a line for many samples. From zero on.</summary>
    public static string Of(IReadOnlyList<Series> series)
    {
        var count = series.Max(one => one.Values.Count);
        var unit = string.Join(", ", series.Select(one => one.Unit).Distinct(StringComparer.Ordinal));
        var y = Axis.FromZero(series.SelectMany(one => one.Values), unit);
        if (count > BarsMax)
        {
            var samples = new Axis(1, count, IsLog: false, "samples, in order");
            return Lines(
                samples,
                y,
                [.. series.Select(one => (one.Label, one.Values.Select((value, at) => (at + 1.0, value)).ToArray()))],
                Ends(samples)
            );
        }

        var plot = new Plot(new Axis(0, count, IsLog: false, "round"), y, Describe(series));
        var bar = Math.Min(28, (plot.X(1) - plot.X(0)) * 0.8 / series.Count);
        for (var round = 0; round < count; round++)
        {
            var left = plot.X(round + 0.5) - (bar * series.Count / 2);
            foreach (var (place, one) in series.Index().Where(pair => round < pair.Item.Values.Count))
            {
                var value = one.Values[round];
                plot.Add($"<rect x=\"{left + (place * bar):0.#}\" y=\"{plot.Y(value):0.#}\" rx=\"1.5\" ");
                plot.Add($"width=\"{bar * 0.9:0.#}\" height=\"{plot.Y(0) - plot.Y(value):0.#}\" ");
                plot.Add($"fill=\"{Plot.Colour(place)}\"><title>{HtmlReport.Text(one.Label)}, {round + 1}: ");
                plot.Add($"{ReportTables.Number(value)} {one.Unit}</title></rect>");
            }
        }

        return plot.Draw(Enumerable.Range(0, count).Select(round => (round + 0.5, $"{round + 1}")))
            + Plot.Key(series.Select(one => one.Label));
    }

    /// <summary>How long answers took, on a logarithmic scale: the middle round of each server.</summary>
    public static string Latencies(IReadOnlyList<RunSummary> runs)
    {
        var lines = Grouped(runs)
            .Select(server =>
                (
                    server.Key,
                    Points: Percentiles
                        .Select((_, at) => ((double)at, Spread.Of([.. server.Select(run => run.Latencies[at])]).Median))
                        .ToArray()
                )
            )
            .ToList();
        return Lines(
            new Axis(0, Percentiles.Length - 1, IsLog: false, "percentile"),
            Axis.Log([.. lines.SelectMany(line => line.Points.Select(point => point.Median))], "ms"),
            lines,
            Percentiles.Select((name, at) => ((double)at, name))
        );
    }

    /// <summary>Good answers a second as time goes by: the rounds of each server one after the other.</summary>
    public static string Rates(IReadOnlyList<RunSummary> runs)
    {
        var lines = Grouped(runs).Select(server => (server.Key, Points: RatesOf(server))).ToList();
        var time = Axis.FromZero(
            lines.SelectMany(line => line.Points.Select(point => point.Seconds)),
            "seconds measured, round after round"
        );
        return Lines(
            time,
            Axis.FromZero(lines.SelectMany(line => line.Points.Select(point => point.Rate)), "/s"),
            lines,
            Ends(time)
        );
    }

    private static (double Seconds, double Rate)[] RatesOf(IEnumerable<RunSummary> rounds)
    {
        var points = new List<(double, double)>();
        var before = 0.0;
        foreach (var run in rounds)
        {
            points.AddRange(
                run.Rates.Select((rate, slot) => (before + (run.Seconds * (slot + 0.5) / run.Rates.Count), rate))
            );
            before += run.Seconds;
        }

        return [.. points];
    }

    private static IEnumerable<IGrouping<string, RunSummary>> Grouped(IEnumerable<RunSummary> runs) =>
        runs.GroupBy(run => run.Name, StringComparer.Ordinal);

    private static string Lines(
        Axis x,
        Axis y,
        IReadOnlyList<(string Label, (double X, double Y)[] Points)> lines,
        IEnumerable<(double, string)> xTicks
    )
    {
        var plot = new Plot(x, y, string.Join(", ", lines.Select(line => line.Label)));
        foreach (var (place, (label, points)) in lines.Index())
        {
            var path = string.Join(
                ' ',
                points.Select(point =>
                    string.Create(CultureInfo.InvariantCulture, $"{plot.X(point.X):0.#},{plot.Y(point.Y):0.#}")
                )
            );
            plot.Add($"<polyline fill=\"none\" stroke=\"{Plot.Colour(place)}\" stroke-width=\"1.8\" ");
            plot.Add($"stroke-linejoin=\"round\" points=\"{path}\"><title>{HtmlReport.Text(label)}</title></polyline>");
        }

        return plot.Draw(xTicks) + Plot.Key(lines.Select(line => line.Label));
    }

    private static (double, string)[] Ends(Axis axis) =>
        [(axis.Least, Plot.Short(axis.Least)), (axis.Most, Plot.Short(axis.Most))];

    private static string Describe(IReadOnlyList<Series> series) =>
        string.Join(
            "; ",
            series.Select(one => $"{one.Label}: {string.Join(' ', one.Values.Select(ReportTables.Number))} {one.Unit}")
        );
}
