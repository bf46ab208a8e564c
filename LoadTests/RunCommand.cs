using System.CommandLine;
using System.CommandLine.Parsing;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.LoadTests.Reports;
using EcosystemSilo.LoadTests.Scenarios;
using Spectre.Console;

namespace EcosystemSilo.LoadTests;

/// <summary>Measures one scenario on its own, for looking closer.</summary>
internal static class RunCommand
{
    private static readonly Argument<string> Name = new("scenario")
    {
        Description = string.Join("; ", Scenario.All.Select(scenario => $"{scenario.Name}: {scenario.What}")) + ".",
    };

    private static readonly Option<string[]> On = new("--on")
    {
        Description = "Servers to measure in turn: product, product-sqlite, crud or none.",
        DefaultValueFactory = _ => [Contestant.Product],
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<int> Callers = new("--callers")
    {
        Description = $"Callers at once, 1 to {LoadLimits.CallersMax}.",
        DefaultValueFactory = _ => 256,
    };

    private static readonly Option<double?> Rate = new("--rate")
    {
        Description =
            "Requests a second, sent when they are due (open loop). Without it each caller sends its next when it has its answer.",
    };

    private static readonly Option<double> Seconds = new("--seconds")
    {
        Description = $"How long is measured, up to {LoadLimits.DurationMax.TotalSeconds}.",
        DefaultValueFactory = _ => 5,
    };

    private static readonly Option<double> WarmUp = new("--warm-up")
    {
        Description = "Seconds before it, up to 60.",
        DefaultValueFactory = _ => 5,
    };

    private static readonly Option<int> Rounds = new("--rounds")
    {
        Description = "Rounds, 1 to 50.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string?> Folder = new("--report")
    {
        Description = "Where report.html and report.json are written; nowhere when left out.",
    };

    public static Command Create()
    {
        Name.AcceptOnlyFromAmong([.. Scenario.All.Select(scenario => scenario.Name)]);
        On.AcceptOnlyFromAmong([.. Contestant.Names]);
        Bounds.Set(Callers, 1, LoadLimits.CallersMax);
        Bounds.Set(Seconds, 0.5, LoadLimits.DurationMax.TotalSeconds);
        Bounds.Set(WarmUp, 0, 60);
        Bounds.Set(Rounds, 1, 50);
        Rate.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is { } rate && rate is not (>= 1 and <= LoadLimits.PerSecondMax))
            {
                result.AddError($"--rate must be 1 to {LoadLimits.PerSecondMax}, it is {rate}.");
            }
        });
        var command = new Command("run", "Measures one scenario: rates, latencies, errors, processor time, memory.")
        {
            Name,
            On,
            Callers,
            Rate,
            Seconds,
            WarmUp,
            Rounds,
            Folder,
        };
        command.Validators.Add(result =>
        {
            // What is missing or out of bounds has been told already.
            if (!result.Errors.Any() && Shape(result).Fault is { } fault)
            {
                result.AddError(fault);
            }
        });
        command.SetAction(Run);
        return command;
    }

    private static LoadShape Shape(CommandResult parsed) =>
        new(
            parsed.GetValue(Callers),
            TimeSpan.FromSeconds(parsed.GetValue(WarmUp)),
            TimeSpan.FromSeconds(parsed.GetValue(Seconds)),
            parsed.GetValue(Rate)
        );

    private static async Task Run(ParseResult parsed)
    {
        var scenario = Scenario.All.Single(known => known.Name == parsed.GetValue(Name));
        var shape = Shape(parsed.CommandResult);
        var since = TimeProvider.System.GetTimestamp();
        var runs = new List<Measurement>();
        await using var postgres = new PostgresServer();
        foreach (var name in parsed.GetValue(On)!.Where(name => scenario.IsForPeers || Contestant.IsProduct(name)))
        {
            await using var contestant = await Contestant.Start(name, postgres);
            for (var round = 1; round <= parsed.GetValue(Rounds); round++)
            {
                AnsiConsole.MarkupLineInterpolated($"[grey]{name}: {scenario.Name}, round {round}[/]");
                runs.AddRange(await scenario.Send(contestant, shape));
            }
        }

        var report = Report.Of([], [], runs, TimeProvider.System.GetElapsedTime(since));
        ReportTables.Write(AnsiConsole.Console, report);
        if (parsed.GetValue(Folder) is { } folder)
        {
            AnsiConsole.MarkupLineInterpolated($"The report is in {await report.Save(folder)}.");
        }
    }
}
