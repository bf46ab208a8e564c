using System.CommandLine;
using EcosystemSilo.LoadTests.Chaos.Faults;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.LoadTests.Reports;
using Spectre.Console;

namespace EcosystemSilo.LoadTests.Chaos;

/// <summary><c>chaos</c>: faults without end, and whether anything was lost or done twice.</summary>
internal static class ChaosCommand
{
    private static readonly Option<int> Kills = new("--kills", "-n")
    {
        Description = "At least how many faults a store (kills, unless --faults says otherwise).",
        DefaultValueFactory = _ => 200,
    };

    private static readonly Option<string> Store = new("--store")
    {
        Description = "sqlite, postgres or both.",
        DefaultValueFactory = _ => "both",
    };

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "Decides moments, crash points and clocks; printed with the result.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<Fault[]> Faults = new("--faults")
    {
        Description = $"Which faults, in turn: {string.Join(", ", Enum.GetNames<Fault>())}.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [Fault.Kill],
    };

    private static readonly Option<int> Processes = new("--processes")
    {
        Description = "How many processes share the store.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<bool> Cluster = new("--cluster")
    {
        Description =
            $"{SiloCluster.SilosUsual} silos and {SiloCluster.GatewaysUsual} gateways on a PostgreSQL that accepts "
            + $"{SiloCluster.ConnectionsUsual} connections.",
    };

    private static readonly Option<int> PauseSeconds = new("--pause")
    {
        Description = "Seconds for which a process is paused, or a database is away.",
        DefaultValueFactory = _ => 3,
    };

    private static readonly Option<string?> Json = new("--json") { Description = "A file for the figures." };

    private static readonly Option<string?> LogFile = new("--log")
    {
        Description = "A file for the clients' log: invoke, ok, fail and unknown, one line each.",
    };

    public static Command Create()
    {
        var command = new Command("chaos", "Kills and starves the service under load, then audits its journal by SQL.")
        {
            Kills,
            Store,
            Seed,
            Faults,
            Processes,
            Cluster,
            PauseSeconds,
            Json,
            LogFile,
        };
        command.Validators.Add(result =>
        {
            var faults = result.GetValue(Faults)!;
            if (faults.Any(fault => fault.NeedsCluster()) && !result.GetValue(Cluster))
            {
                result.AddError(
                    $"These faults need --cluster: {string.Join(", ", faults.Where(f => f.NeedsCluster()))}."
                );
            }

            if (faults.Any(fault => fault.NeedsNetwork()) && PrivateNetwork.Problem is { } problem)
            {
                result.AddError($"The faults of the network cannot be made here. {problem}");
            }
        });
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult asked)
    {
        AnsiConsole.Console.Widen();
        string[] stores = asked.GetValue(Store)!.ToLowerInvariant() switch
        {
            _ when asked.GetValue(Cluster) => ["PostgreSql"],
            "sqlite" => ["Sqlite"],
            "postgres" or "postgresql" => ["PostgreSql"],
            "both" => ["Sqlite", "PostgreSql"],
            var other => throw new InvalidOperationException($"--store {other} is none of sqlite, postgres and both."),
        };
        var broken = 0;
        foreach (var store in stores)
        {
            var figures = await Run(asked, store);
            figures.Print();
            broken += figures.Violations.Count;
            if (asked.GetValue(Json) is { } json)
            {
                figures.Write(stores.Length == 1 ? json : Path.ChangeExtension(json, $"{store}.json"));
            }
        }

        return broken == 0 ? 0 : 1;
    }

    private static async Task<ChaosFigures> Run(ParseResult asked, string store)
    {
        var isCluster = asked.GetValue(Cluster);
        await using var postgres = isCluster
            ? new PostgresServer { Connections = SiloCluster.ConnectionsUsual }
            : new PostgresServer();
        ChaosFigures? figures = null;
        await AnsiConsole
            .Progress()
            .StartAsync(async progress =>
            {
                var task = progress.AddTask(store, maxValue: asked.GetValue(Kills) + 1);
                var options = new ChaosOptions(store, asked.GetValue(Kills), asked.GetValue(Seed))
                {
                    Faults = asked.GetValue(Faults)!,
                    Processes = asked.GetValue(Processes),
                    Silos = isCluster ? SiloCluster.SilosUsual : 0,
                    Gateways = isCluster ? SiloCluster.GatewaysUsual : 0,
                    Pause = TimeSpan.FromSeconds(asked.GetValue(PauseSeconds)),
                    LogFile = asked.GetValue(LogFile),
                    Progress = count => task.Value = count,
                };
                figures = await ChaosRun.Of(options, postgres);
                task.Value = task.MaxValue;
            });
        return figures!;
    }
}
