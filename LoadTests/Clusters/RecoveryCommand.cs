using System.CommandLine;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.LoadTests.Reports;
using Spectre.Console;

namespace EcosystemSilo.LoadTests.Clusters;

/// <summary>
/// <c>recovery</c>: how long the grains of a killed silo do not answer, and whether a silo is given up without a
/// reason.
/// </summary>
internal static class RecoveryCommand
{
    private static readonly Option<int> Rounds = new("--rounds")
    {
        Description = "Kills a row, 1 to 1000.",
        DefaultValueFactory = _ => 20,
    };

    private static readonly Option<string[]> Load = new("--load")
    {
        Description = "idle, busy or both.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => ["idle", "busy"],
    };

    private static readonly Option<string[]> Membership = new("--membership")
    {
        Description = "tuned, for the product's settings, orleans, for Orleans' own, or both.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => ["tuned", "orleans"],
    };

    private static readonly Option<double> Calm = new("--calm-minutes")
    {
        Description = "Before the first kill of each tuned row, 0 to 60: whoever is given up then has been wronged.",
        DefaultValueFactory = _ => 0,
    };

    public static Command Create()
    {
        Load.AcceptOnlyFromAmong("idle", "busy");
        Membership.AcceptOnlyFromAmong("tuned", "orleans");
        Bounds.Set(Rounds, 1, 1_000);
        Bounds.Set(Calm, 0, 60);
        var command = new Command("recovery", "Kills silos and measures how long their grains do not answer.")
        {
            Rounds,
            Load,
            Membership,
            Calm,
        };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult asked)
    {
        AnsiConsole.Console.Widen();
        await using var postgres = new PostgresServer { Connections = SiloCluster.ConnectionsUsual };
        var rows = new List<RecoveryRow>();
        foreach (var membership in asked.GetValue(Membership)!)
        {
            foreach (var load in asked.GetValue(Load)!)
            {
                var isTuned = membership == "tuned";
                var calm = isTuned ? TimeSpan.FromMinutes(asked.GetValue(Calm)) : TimeSpan.Zero;
                var options = new RecoveryOptions(isTuned, load == "busy", asked.GetValue(Rounds), calm);
                rows.Add(
                    await RecoveryRun.Of(
                        options,
                        postgres,
                        text => AnsiConsole.MarkupLineInterpolated($"[grey]{membership}, {load}: {text}[/]")
                    )
                );
            }
        }

        AnsiConsole.Write(Table(rows));
        return rows.All(row => row.Audit.IsClean) ? 0 : 1;
    }

    private static Table Table(IEnumerable<RecoveryRow> rows)
    {
        var table = new Table().AddColumns(
            "membership",
            "cores",
            "load",
            "idle share",
            "kills",
            "grains",
            "p50 s",
            "p99 s",
            "max s",
            "calm min (idle share)",
            "given up wrongly",
            "commands",
            "audit"
        );
        foreach (var row in rows)
        {
            var seconds = row.Times.Select(time => time.TotalSeconds).ToList();
            table.AddRow(
                row.Asked.IsTuned ? "tuned" : "Orleans' own",
                row.Asked.IsBusy ? "busy" : "idle",
                $"{row.Load.DefaultIfEmpty().Average():f1}",
                $"{row.Use.IdleShare:p0}",
                $"{row.Asked.Rounds}",
                $"{row.Times.Count}",
                $"{seconds.Percentile(0.5):f2}",
                $"{seconds.Percentile(0.99):f2}",
                $"{seconds.Percentile(1):f2}",
                row.Asked.Calm > TimeSpan.Zero ? $"{row.Asked.Calm.TotalMinutes:f1} ({row.CalmUse.IdleShare:p0})" : "-",
                $"{row.FalseEvictions}",
                $"{row.Calls:n0}",
                $"{row.Audit}"
            );
        }

        return table;
    }
}
