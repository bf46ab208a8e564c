using System.Globalization;
using System.Text;
using EcosystemSilo.LoadTests.Goals;

namespace EcosystemSilo.LoadTests.Reports;

/// <summary>Small charts in SVG: bars for a few rounds, a line for many samples. The axis begins at zero.</summary>
internal static class Chart
{
    private const int Width = 320;
    private const int Height = 150;
    private const int Left = 46;
    private const int Bottom = 18;
    private const int Top = 8;
    private const int BarsMax = 12;

    private static readonly string[] Colours = ["var(--a)", "var(--b)", "var(--c)", "var(--d)"];

    public static string Of(IReadOnlyList<Series> series)
    {
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Describe(series)}\">"));
        var top = Ceiling(series.SelectMany(one => one.Values).DefaultIfEmpty(0).Max());
        for (var step = 0; step <= 2; step++)
        {
            var value = top * step / 2;
            svg.Append(Invariant($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width}\" y1=\"{Y(value, top):0.#}\" "))
                .Append(Invariant($"y2=\"{Y(value, top):0.#}\"/><text x=\"{Left - 6}\" y=\"{Y(value, top) + 4:0.#}\" "))
                .Append($"text-anchor=\"end\">{Short(value)}</text>");
        }

        var count = series.Max(one => one.Values.Count);
        if (count > BarsMax)
        {
            Lines(svg, series, count, top);
        }
        else
        {
            Bars(svg, series, count, top);
        }

        return svg.Append("</svg>").Append(Key(series)).ToString();
    }

    private static void Bars(StringBuilder svg, IReadOnlyList<Series> series, int count, double top)
    {
        var group = (double)(Width - Left) / count;
        var bar = Math.Min(28, group * 0.8 / series.Count);
        for (var round = 0; round < count; round++)
        {
            var middle = Left + (group * (round + 0.5));
            var x = middle - (bar * series.Count / 2);
            foreach (var (place, one) in series.Index().Where(pair => round < pair.Item.Values.Count))
            {
                var value = one.Values[round];
                svg.Append(Invariant($"<rect x=\"{x + (place * bar):0.#}\" y=\"{Y(value, top):0.#}\" rx=\"1.5\" "))
                    .Append(Invariant($"width=\"{bar * 0.9:0.#}\" height=\"{Y(0, top) - Y(value, top):0.#}\" "))
                    .Append($"fill=\"{Colours[place % Colours.Length]}\"><title>{HtmlReport.Text(one.Label)}, ")
                    .Append($"{round + 1}: {ReportTables.Number(value)} {one.Unit}</title></rect>");
            }

            svg.Append(
                Invariant($"<text x=\"{middle:0.#}\" y=\"{Height - 4}\" text-anchor=\"middle\">{round + 1}</text>")
            );
        }
    }

    private static void Lines(StringBuilder svg, IReadOnlyList<Series> series, int count, double top)
    {
        foreach (var (place, one) in series.Index())
        {
            var points = one.Values.Select(
                (value, at) =>
                    Invariant($"{Left + ((double)(Width - Left) * at / (count - 1)):0.#},{Y(value, top):0.#}")
            );
            svg.Append($"<polyline fill=\"none\" stroke=\"{Colours[place % Colours.Length]}\" stroke-width=\"1.8\" ")
                .Append($"points=\"{string.Join(' ', points)}\"/>");
        }

        svg.Append(Invariant($"<text x=\"{Left}\" y=\"{Height - 4}\">1</text>"))
            .Append(Invariant($"<text x=\"{Width}\" y=\"{Height - 4}\" text-anchor=\"end\">{count}</text>"));
    }

    private static string Key(IReadOnlyList<Series> series) =>
        $"<p>{string.Concat(series.Select((one, place) => $"<span class=\"key\" style=\"background:{Colours[place % Colours.Length]}\"></span>{HtmlReport.Text(one.Label)} ({HtmlReport.Text(one.Unit)})"))}</p>";

    private static double Y(double value, double top) =>
        Top + ((Height - Top - Bottom) * (1 - (Math.Max(0, value) / top)));

    /// <summary>The next 1, 2 or 5 of its power of ten, so that the axis has round numbers.</summary>
    private static double Ceiling(double value)
    {
        if (value <= 0)
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return power * new[] { 1, 2, 3, 4, 5, 6, 8, 10 }.First(step => step * power >= value * 0.999);
    }

    private static string Short(double value) =>
        value >= 1_000 ? Invariant($"{value / 1_000:0.#}k") : Invariant($"{value:0.##}");

    private static string Describe(IReadOnlyList<Series> series) =>
        HtmlReport.Text(
            string.Join(
                "; ",
                series.Select(one =>
                    $"{one.Label}: {string.Join(' ', one.Values.Take(BarsMax).Select(ReportTables.Number))} {one.Unit}"
                )
            )
        );

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
