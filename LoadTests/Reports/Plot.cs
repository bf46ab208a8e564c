using System.Globalization;
using System.Text;

namespace EcosystemSilo.LoadTests.Reports;

/// <summary>One direction of a plot: what its ends stand for, and where a value is between them.</summary>
/// <param name="Unit">Written beside the axis.</param>
internal sealed record Axis(double Least, double Most, bool IsLog, string Unit)
{
    /// <summary>From zero to a round number above all values.</summary>
    public static Axis FromZero(IEnumerable<double> values, string unit) =>
        new(0, Ceiling(values.DefaultIfEmpty(0).Max()), IsLog: false, unit);

    /// <summary>Whole powers of ten around all values.</summary>
    public static Axis Log(IReadOnlyList<double> values, string unit)
    {
        var positive = values.Where(value => value > 0).DefaultIfEmpty(1).ToArray();
        var least = Math.Pow(10, Math.Floor(Math.Log10(positive.Min())));
        return new(least, Math.Max(least * 10, Math.Pow(10, Math.Ceiling(Math.Log10(positive.Max())))), true, unit);
    }

    public IEnumerable<double> Ticks =>
        IsLog
            ? Enumerable
                .Range(0, 1 + (int)Math.Round(Math.Log10(Most / Least)))
                .Select(power => Least * Math.Pow(10, power))
            : [Least, (Least + Most) / 2, Most];

    /// <summary>0 at the least, 1 at the most; what is beyond stays at the edge.</summary>
    public double Place(double value)
    {
        var place = IsLog
            ? Math.Log(Math.Max(value, Least) / Least) / Math.Log(Most / Least)
            : (value - Least) / (Most - Least);
        return Math.Clamp(place, 0, 1);
    }

    private static double Ceiling(double value)
    {
        if (value <= 0)
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return power * new[] { 1, 2, 3, 4, 5, 6, 8, 10 }.First(step => step * power >= value * 0.999);
    }
}

/// <summary>The frame of a small chart in SVG: its axes with units, and where a point of it is.</summary>
/// <param name="text">What the chart shows, for those who cannot see it.</param>
internal sealed class Plot(Axis x, Axis y, string text)
{
    public const int Width = 320;

    private const int Height = 170;
    private const int Left = 46;
    private const int Right = 10;
    private const int Bottom = 32;
    private const int Top = 20;

    private readonly StringBuilder _svg = new();

    public static string Colour(int place) => $"var(--c{place % 6})";

    public double X(double value) => Left + ((Width - Left - Right) * x.Place(value));

    public double Y(double value) => Top + ((Height - Top - Bottom) * (1 - y.Place(value)));

    public void Add(FormattableString element) => _svg.Append(element.ToString(CultureInfo.InvariantCulture));

    /// <param name="xTicks">Where on the x axis what is written.</param>
    public string Draw(IEnumerable<(double At, string Text)> xTicks)
    {
        var marks = _svg.ToString();
        _svg.Clear();
        Add($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{HtmlReport.Text(text)}\">");
        Add($"<text x=\"{Left - 6}\" y=\"10\" text-anchor=\"end\">{HtmlReport.Text(y.Unit)}</text>");
        foreach (var tick in y.Ticks)
        {
            Add(
                $"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(tick):0.#}\" y2=\"{Y(tick):0.#}\"/>"
            );
            Add($"<text x=\"{Left - 6}\" y=\"{Y(tick) + 4:0.#}\" text-anchor=\"end\">{Short(tick)}</text>");
        }

        foreach (var (at, label) in xTicks)
        {
            // The last one would be cut off on its right.
            var anchor = x.Place(at) < 1 ? "middle" : "end";
            Add($"<text x=\"{X(at):0.#}\" y=\"{Height - Bottom + 14}\" text-anchor=\"{anchor}\">{label}</text>");
        }

        Add($"<text x=\"{Width - Right}\" y=\"{Height - 3}\" text-anchor=\"end\">{HtmlReport.Text(x.Unit)}</text>");
        return _svg.Append(marks).Append("</svg>").ToString();
    }

    /// <param name="labels">Of lines or bars, in the order of their colours.</param>
    public static string Key(IEnumerable<string> labels) =>
        $"<p class=\"keys\">{string.Concat(labels.Select((label, place) => $"<span><i style=\"background:{Colour(place)}\"></i>{HtmlReport.Text(label)}</span>"))}</p>";

    public static string Short(double value) =>
        value >= 1_000_000 ? $"{Text(value / 1_000_000)}M"
        : value >= 1_000 ? $"{Text(value / 1_000)}k"
        : Text(value);

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
