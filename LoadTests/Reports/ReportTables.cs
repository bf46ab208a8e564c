using System.Globalization;
using EcosystemSilo.LoadTests.Goals;
using Spectre.Console;

namespace EcosystemSilo.LoadTests.Reports;

/// <summary>The report on the console.</summary>
internal static class ReportTables
{
    public static void Write(IAnsiConsole console, Report report)
    {
        if (!report.IsOptimised)
        {
            console.MarkupLine("[yellow]A Debug build: the figures mean nothing. Use -c Release.[/]");
        }

        console.Write(Goals(report));
        if (report.Runs.Count > 0)
        {
            console.Write(Runs(report));
        }

        foreach (var failure in report.Failures)
        {
            console.MarkupLineInterpolated($"[red]Not measured:[/] {failure}");
        }
    }

    /// <summary>Two digits that matter, whatever the size.</summary>
    public static string Number(double value) =>
        value.ToString(
            Math.Abs(value) >= 100 ? "n0"
                : Math.Abs(value) >= 10 ? "n1"
                : "n2",
            CultureInfo.InvariantCulture
        );

    private static Table Goals(Report report)
    {
        var table = new Table().Title("Goals").Border(TableBorder.Rounded);
        table.AddColumns("goal", "what", "wanted");
        table.AddColumn(new TableColumn("median").RightAligned());
        table.AddColumn(new TableColumn("min … max").RightAligned());
        table.AddColumn("");
        foreach (var result in report.Goals)
        {
            table.AddRow(
                Markup.Escape(result.Goal.Name),
                Markup.Escape(result.Note.Length > 0 ? $"{result.Goal.What} [{result.Note}]" : result.Goal.What),
                result.Goal.Text,
                $"[bold]{Number(result.Value.Median)}[/]",
                $"{Number(result.Value.Min)} … {Number(result.Value.Max)}",
                result.IsMet ? "[green]met[/]" : "[red]not met[/]"
            );
        }

        return table;
    }

    private static Table Runs(Report report)
    {
        var table = new Table().Title("Runs: median of the rounds").Border(TableBorder.Rounded);
        table.AddColumn("server");
        foreach (
            var column in new[]
            {
                "per second",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "server µs",
                "database µs",
                "generator µs",
                "MB",
            }
        )
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var runs in report.Runs.GroupBy(run => run.Name, StringComparer.Ordinal))
        {
            table.AddRow([
                Markup.Escape(runs.Key),
                Median(runs, run => run.PerSecond),
                Median(runs, run => run.P50),
                Median(runs, run => run.P99),
                Median(runs, run => run.P999),
                Median(runs, run => run.ServerCpu),
                Median(runs, run => run.DatabaseCpu),
                Median(runs, run => run.GeneratorCpu),
                Median(runs, run => run.ServerMegabytes),
            ]);
        }

        return table;
    }

    private static string Median(IEnumerable<RunSummary> runs, Func<RunSummary, double> value) =>
        Number(Spread.Of([.. runs.Select(value)]).Median);
}
