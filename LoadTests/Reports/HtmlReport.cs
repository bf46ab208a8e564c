using System.Net;
using System.Text;

namespace EcosystemSilo.LoadTests.Reports;

/// <summary>The report as one file that opens from disk: no script, no network, light and dark.</summary>
internal static class HtmlReport
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --line: #d8dee6; --paper: #fff;
          --panel: #f6f8fa; --good: #18794e; --bad: #c62a2f; --c0: #2f6fde; --c1: #d9731a; --c2: #7a52c7;
          --c3: #0f8577; --c4: #b3327e; --c5: #7d6608; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #9aa6b5; --line: #333c49;
          --paper: #12161c; --panel: #1a2028; --good: #4cc38a; --bad: #ff6369; --c0: #6ea3ff; --c1: #f0a35c;
          --c2: #b197fc; --c3: #5dd6c4; --c4: #f28cc4; --c5: #e3cf5b; } }
        body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
          margin: 0 auto; max-width: 1320px; padding: 24px; }
        h1 { font-size: 24px; margin: 0; } h2 { font-size: 18px; margin: 32px 0 8px; }
        h3 { font-size: 15px; margin: 0; } p { margin: 4px 0; color: var(--soft); }
        table { border-collapse: collapse; width: 100%; }
        td:first-child { white-space: nowrap; } td:nth-child(2):not(.n) { min-width: 220px; }
        th, td { text-align: left; padding: 6px 10px; border-bottom: 1px solid var(--line); vertical-align: top; }
        th { color: var(--soft); font-weight: 600; }
        .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .met { color: var(--good); font-weight: 600; }
        .not { color: var(--bad); font-weight: 600; white-space: nowrap; }
        .wide { overflow-x: auto; }
        .charts { display: grid; gap: 16px; grid-template-columns: repeat(auto-fill, minmax(320px, 1fr)); }
        .chart { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 14px; }
        svg { width: 100%; height: auto; display: block; margin-top: 8px; }
        svg text { fill: var(--soft); font-size: 11px; } .axis { stroke: var(--line); }
        .goal { stroke: var(--ink); stroke-dasharray: 3 3; }
        .keys { display: flex; flex-wrap: wrap; gap: 2px 14px; }
        .keys i { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 5px; }
        @media (max-width: 480px) { body { padding: 14px; } table { font-size: 13px; }
          td:nth-child(2):not(.n) { min-width: 150px; } th, td { padding: 5px 6px; } .chart { padding: 10px; }
          .charts { grid-template-columns: 1fr; } }
        """;

    public static string Of(Report report)
    {
        var page = new StringBuilder();
        var title =
            report.Goals.Count > 0
                ? $"{report.Goals.Count(goal => goal.IsMet)} of {report.Goals.Count} goals met"
                : "Load report";
        page.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width\"><title>EcosystemSilo: load report</title>")
            .Append($"<style>{Style}</style></head><body><h1>{title}</h1>")
            .Append($"<p>{report.At:yyyy-MM-dd HH:mm} UTC, {report.Took.TotalMinutes:0.0} minutes, ")
            .Append($"{report.Processors} processors shared by server, database and generator, {Text(report.Runtime)}")
            .Append(
                report.IsOptimised ? "</p>" : ". <b class=\"not\">A Debug build: the figures mean nothing.</b></p>"
            );
        if (report.Goals.Count > 0)
        {
            Goals(page, report);
        }

        Charts(page, report);
        if (report.Runs.Count > 0)
        {
            Runs(page, report);
        }

        foreach (var failure in report.Failures)
        {
            page.Append($"<p class=\"not\">Not measured: {Text(failure)}</p>");
        }

        return page.Append("</body></html>\n").ToString();
    }

    public static string Text(string text) => WebUtility.HtmlEncode(text);

    private static void Charts(StringBuilder page, Report report)
    {
        page.Append("<h2>Charts</h2><div class=\"charts\">");
        if (report.Goals.Count > 0)
        {
            Add("against the goals", "median and spread, as times better than wanted", GoalsChart.Of(report.Goals));
        }

        if (report.Runs.Count > 0)
        {
            Add("latency", "from when a request was due to the end of its answer", Chart.Latencies(report.Runs));
            Add("throughput", "good answers a second", Chart.Rates(report.Runs));
        }

        foreach (var goal in report.Goals)
        {
            Add(goal.Goal.Name, goal.Goal.What, Chart.Of(goal.Series));
        }

        page.Append("</div>");

        void Add(string name, string what, string chart) =>
            page.Append($"<div class=\"chart\"><h3>{Text(name)}</h3><p>{Text(what)}</p>{chart}</div>");
    }

    private static void Goals(StringBuilder page, Report report)
    {
        page.Append(
                "<h2>Goals</h2><div class=\"wide\"><table><tr><th>goal</th><th>what</th><th class=\"n\">wanted</th>"
            )
            .Append("<th class=\"n\">median</th><th class=\"n\">min … max</th><th></th></tr>");
        foreach (var result in report.Goals)
        {
            var note = result.Note.Length > 0 ? $"<p>{Text(result.Note)}</p>" : "";
            page.Append($"<tr><td>{Text(result.Goal.Name)}</td><td>{Text(result.Goal.What)}{note}</td>")
                .Append($"<td class=\"n\">{result.Goal.Text}</td>")
                .Append($"<td class=\"n\"><b>{ReportTables.Number(result.Value.Median)}</b></td>")
                .Append($"<td class=\"n\">{ReportTables.Number(result.Value.Min)} … ")
                .Append($"{ReportTables.Number(result.Value.Max)}</td>")
                .Append(result.IsMet ? "<td class=\"met\">met</td></tr>" : "<td class=\"not\">not met</td></tr>");
        }

        page.Append("</table></div>");
    }

    private static void Runs(StringBuilder page, Report report)
    {
        page.Append(
                "<h2>Runs</h2><p>Latencies in milliseconds; processor time in microseconds and allocated bytes a delivery; "
            )
            .Append("paused: the server's collections of all generations together.</p>")
            .Append("<div class=\"wide\"><table><tr><th>server</th>");
        foreach (
            var head in "per second,p50,p90,p99,p99.9,max,server µs,database µs,generator µs,MB,allocated B,paused ms,collections 0 / 1 / 2".Split(
                ','
            )
        )
        {
            page.Append($"<th class=\"n\">{head}</th>");
        }

        page.Append("<th>errors</th></tr>");
        foreach (var run in report.Runs)
        {
            page.Append($"<tr><td>{Text(run.Name)}</td>");
            double[] values =
            [
                run.PerSecond,
                run.P50,
                run.P90,
                run.P99,
                run.P999,
                run.Max,
                run.ServerCpu,
                run.DatabaseCpu,
                run.GeneratorCpu,
                run.ServerMegabytes,
                run.AllocatedBytes,
                run.PausedMilliseconds,
            ];
            foreach (var value in values)
            {
                page.Append($"<td class=\"n\">{ReportTables.Number(value)}</td>");
            }

            page.Append($"<td class=\"n\">{run.Collections}</td><td>{Text(run.ErrorsText)}</td></tr>");
        }

        page.Append("</table></div>");
    }
}
