using System.Globalization;
using EcosystemSilo.LoadTests.Goals;
using Spectre.Console;

namespace EcosystemSilo.LoadTests.Reports;

/// <summary>The report on the console.</summary>
internal static class ReportTables
{
    public static void Write(IAnsiConsole console, Report report)
    {
        console.Widen();
        if (!report.IsOptimised)
        {
            console.MarkupLine("[yellow]A Debug build: the figures mean nothing. Use -c Release.[/]");
        }

        if (report.Goals.Count > 0)
        {
            console.Write(Goals(report));
        }

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
        (string Head, Func<RunSummary, double> Value)[] columns =
        [
            ("per second", run => run.PerSecond),
            ("p50 ms", run => run.P50),
            ("p99 ms", run => run.P99),
            ("p99.9 ms", run => run.P999),
            ("server µs", run => run.ServerCpu),
            ("database µs", run => run.DatabaseCpu),
            ("generator µs", run => run.GeneratorCpu),
            ("MB", run => run.ServerMegabytes),
            ("allocated B", run => run.AllocatedBytes),
        ];
        table.AddColumn(new TableColumn("server").NoWrap());
        table.AddColumns([.. columns.Select(column => new TableColumn(column.Head).RightAligned())]);
        table.AddColumns("collections", "errors");
        foreach (var runs in report.Runs.GroupBy(run => run.Name, StringComparer.Ordinal))
        {
            table.AddRow([
                Markup.Escape(runs.Key),
                .. columns.Select(column => Median(runs, column.Value)),
                runs.Last().Collections,
                Markup.Escape(string.Join("; ", runs.Select(run => run.ErrorsText).Distinct(StringComparer.Ordinal))),
            ]);
        }

        return table;
    }

    private static string Median(IEnumerable<RunSummary> runs, Func<RunSummary, double> value) =>
        Number(Spread.Of([.. runs.Select(value)]).Median);
}
