using System.CommandLine;
using EcosystemSilo.LoadTests.Goals;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.LoadTests.Reports;
using Spectre.Console;

namespace EcosystemSilo.LoadTests;

/// <summary>Measures the product and its peers in turn, and holds the ratios against the goals.</summary>
internal static class CompareCommand
{
    private static readonly Option<bool> Quick = new("--quick")
    {
        Description =
            $"About {Minutes(Extent.Quick)} minutes at smaller sizes, which the results name, instead of {Minutes(Extent.Full)}.",
    };

    private static readonly Option<string[]> Names = new("--goals")
    {
        Description = $"Only these: {string.Join(", ", AllGoals.All.Select(goal => goal.Name))}.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<int> Rounds = new("--rounds")
    {
        Description = "Rounds of product and peers, up to 50; 5 when left out, or 3 with --quick.",
    };

    private static readonly Option<TimeSpan> Viewing = new("--viewing")
    {
        Description =
            "How long the viewers watch, for example 00:03:00; up to 00:15:00; ten minutes when left out, or 15 s with --quick.",
    };

    private static readonly Option<string> Folder = new("--report")
    {
        Description = "Where report.html and report.json are written.",
        DefaultValueFactory = _ => "load-report",
    };

    private static readonly Option<FileInfo> Former = new("--former")
    {
        Description = "The gateway's executable of a former build, for the goals that hold this one against it.",
    };

    public static Command Create()
    {
        Former.AcceptExistingOnly();
        Names.AcceptOnlyFromAmong([.. AllGoals.All.Select(goal => goal.Name)]);
        Bounds.Set(Rounds, 0, 50);
        Bounds.Set(Viewing, TimeSpan.Zero, LoadLimits.DurationMax);
        var command = new Command("compare", "Measures product and peers in turn, and tells which goals are met.")
        {
            Quick,
            Names,
            Rounds,
            Viewing,
            Former,
            Folder,
        };
        command.SetAction(Run);
        return command;
    }

    /// <summary>The goals of wearable streams alone.</summary>
    public static Command CreateStreams()
    {
        var command = new Command("streams", "Sends samples of wearables, and stores the same as a peer would.")
        {
            Quick,
            Rounds,
            Folder,
        };
        command.SetAction(parsed => Run(parsed, Streaming.Names));
        return command;
    }

    private static Task<int> Run(ParseResult parsed) => Run(parsed, parsed.GetValue(Names) ?? []);

    /// <returns>1 when something could not be measured; a goal that is not met is a finding, not a failure.</returns>
    private static async Task<int> Run(ParseResult parsed, string[] names)
    {
        var extent = parsed.GetValue(Quick) ? Extent.Quick : Extent.Full;
        extent = extent with
        {
            Rounds = parsed.GetValue(Rounds) is > 0 and var rounds ? rounds : extent.Rounds,
            Viewing = parsed.GetValue(Viewing) is { Ticks: > 0 } viewing ? viewing : extent.Viewing,
        };
        var wanted = AllGoals
            .All.Where(goal =>
                names.Length == 0
                    ? parsed.GetValue(Former) is not null || !AllGoals.NeedFormer.Contains(goal)
                    : names.Contains(goal.Name)
            )
            .ToHashSet();
        AnsiConsole.MarkupLineInterpolated(
            $"This takes about {Math.Ceiling(AllGoals.Takes(extent, wanted).TotalMinutes)} minutes, as measured on two busy cores."
        );
        var report = await AnsiConsole
            .Status()
            .StartAsync("starting", status => Measure(extent, wanted, parsed.GetValue(Former)?.FullName, status));
        ReportTables.Write(AnsiConsole.Console, report);
        AnsiConsole.MarkupLineInterpolated($"The report is in {await report.Save(parsed.GetValue(Folder)!)}.");
        return report.Failures.Count == 0 ? 0 : 1;
    }

    private static double Minutes(Extent extent) =>
        Math.Ceiling(AllGoals.Takes(extent, AllGoals.All.ToHashSet()).TotalMinutes);

    private static async Task<Report> Measure(
        Extent extent,
        IReadOnlySet<Goal> wanted,
        string? former,
        StatusContext status
    )
    {
        var since = TimeProvider.System.GetTimestamp();
        await using var postgres = new PostgresServer();
        await using var bench = new Bench(extent, postgres, former, what => status.Status(Markup.Escape(what)));
        var (results, failures) = await AllGoals.Measure(
            bench,
            wanted,
            (goals, took) => AnsiConsole.MarkupLineInterpolated($"[grey]{goals}: took {took:m\\:ss}[/]")
        );
        return Report.Of(results, failures, bench.Measurements, TimeProvider.System.GetElapsedTime(since));
    }
}
