using System.Globalization;
using System.Text;
using EcosystemSilo.LoadTests.Goals;

namespace EcosystemSilo.LoadTests.Reports;

/// <summary>
/// All goals in one picture: how many times better or worse than wanted each is, the rounds' spread as a line and their
/// median as a dot, full when the goal is met and hollow when not. Right is better, whatever side of a goal is good.
/// </summary>
internal static class GoalsChart
{
    private const int Left = 112;
    private const int RowHeight = 20;
    private const int Top = 18;
    private const int Bottom = 20;

    private static readonly Axis Better = new(0.1, 10, IsLog: true, "x");

    public static string Of(IReadOnlyList<GoalResult> goals)
    {
        var height = Top + (goals.Count * RowHeight) + Bottom;
        var met = goals.Count(goal => goal.IsMet);
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg viewBox=\"0 0 {Plot.Width} {height}\" role=\"img\" "))
            .Append($"aria-label=\"{met} of {goals.Count} goals met; their values are in the table\">");
        foreach (var tick in new[] { 0.1, 0.3, 1, 3, 10 })
        {
            var x = X(tick);
            svg.Append(Invariant($"<line class=\"{(tick is 1 ? "goal" : "axis")}\" x1=\"{x:0.#}\" x2=\"{x:0.#}\" "))
                .Append(Invariant($"y1=\"{Top}\" y2=\"{height - Bottom}\"/><text x=\"{x:0.#}\" "))
                .Append(Invariant($"y=\"{height - 6}\" text-anchor=\"middle\">{tick:0.#}×</text>"));
        }

        svg.Append(Invariant($"<text x=\"{X(1):0.#}\" y=\"12\" text-anchor=\"middle\">goal</text>"))
            .Append(Invariant($"<text x=\"{Plot.Width - 2}\" y=\"12\" text-anchor=\"end\">better →</text>"));
        foreach (var (row, goal) in goals.Index())
        {
            var y = Top + (RowHeight * (row + 0.5));
            var colour = goal.IsMet ? "var(--good)" : "var(--bad)";
            svg.Append(Invariant($"<text x=\"0\" y=\"{y + 4:0.#}\">{HtmlReport.Text(goal.Goal.Name)}</text>"))
                .Append(Invariant($"<line stroke=\"{colour}\" stroke-width=\"2\" y1=\"{y:0.#}\" y2=\"{y:0.#}\" "))
                .Append(Invariant($"x1=\"{X(Times(goal, goal.Value.Min)):0.#}\" "))
                .Append(Invariant($"x2=\"{X(Times(goal, goal.Value.Max)):0.#}\"/>"))
                .Append(Invariant($"<circle cx=\"{X(Times(goal, goal.Value.Median)):0.#}\" cy=\"{y:0.#}\" r=\"4.5\" "))
                .Append($"stroke=\"{colour}\" stroke-width=\"2\" fill=\"{(goal.IsMet ? colour : "var(--panel)")}\">")
                .Append($"<title>{ReportTables.Number(goal.Value.Median)}, wanted {goal.Goal.Text}</title></circle>");
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>1 at the goal, 2 when twice as good; at the edge when there is nothing to divide by.</summary>
    private static double Times(GoalResult goal, double value) =>
        goal.Goal.Side == Side.AtLeast ? value / goal.Goal.Threshold
        : value > 0 ? goal.Goal.Threshold / value
        : Better.Most;

    private static double X(double times) => Left + ((Plot.Width - Left - 14) * Better.Place(times));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
