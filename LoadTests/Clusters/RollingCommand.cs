using System.CommandLine;
using EcosystemSilo.LoadTests.Chaos.Hooks;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.LoadTests.Reports;
using Spectre.Console;

namespace EcosystemSilo.LoadTests.Clusters;

/// <summary>
/// <c>rolling</c> and <c>wave</c>: silos and gateways that are told to stop under load, and started again.
/// </summary>
internal static class RollingCommand
{
    private static readonly Option<int> Callers = new("--callers")
    {
        Description = "Callers at once, 1 to 512.",
        DefaultValueFactory = _ => 32,
    };

    private static readonly Option<int> Rounds = new("--rounds")
    {
        Description = "How often the whole cluster is rolled, 1 to 100.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<int> Grains = new("--grains")
    {
        Description = $"How many are active, 100 to {LoadLimits.ColdPartnersMax}.",
        DefaultValueFactory = _ => 30_000,
    };

    public static Command Create()
    {
        Bounds.Set(Callers, 1, 512);
        Bounds.Set(Rounds, 1, 100);
        var command = new Command(
            "rolling",
            "Stops and starts every process of a cluster under load, as an upgrade does."
        )
        {
            Callers,
            Rounds,
        };
        command.SetAction((asked, _) => Roll(asked.GetValue(Callers), asked.GetValue(Rounds)));
        return command;
    }

    public static Command CreateWave()
    {
        Bounds.Set(Grains, 100, LoadLimits.ColdPartnersMax);
        var command = new Command(
            "wave",
            "Stops a silo with a third of many active grains and measures how they come back."
        )
        {
            Callers,
            Grains,
        };
        command.SetAction((asked, _) => Wave(asked.GetValue(Callers), asked.GetValue(Grains)));
        return command;
    }

    private static async Task<int> Roll(int callers, int rounds)
    {
        AnsiConsole.Console.Widen();
        await using var postgres = new PostgresServer { Connections = SiloCluster.ConnectionsUsual };
        await using var cluster = await SiloCluster.Start(await postgres.NewDatabase());
        using var calls = new ClusterCalls(cluster);
        var run = new RollingRun(cluster, calls);
        var all = new List<RollingFigures>();
        for (var round = 1; round <= rounds; round++)
        {
            all.Add(await run.Roll(callers, progress: Say));
        }

        var table = new Table().AddColumns(
            "process",
            "exit code",
            "unready s",
            "stopped s",
            "leases passed on s",
            "started s"
        );
        foreach (var one in all.SelectMany(figures => figures.Processes))
        {
            table.AddRow(
                one.Name,
                $"{one.ExitCode}",
                one.Unready is { } unready ? $"{unready.TotalSeconds:f2}" : "-",
                $"{one.Stop.TotalSeconds:f2}",
                one.Leases.Count == 0
                    ? "none held"
                    : string.Join(", ", one.Leases.Select(lease => $"{lease.Key} {lease.Value.TotalSeconds:f2}")),
                $"{one.Start.TotalSeconds:f2}"
            );
        }

        AnsiConsole.Write(table);
        foreach (var figures in all)
        {
            AnsiConsole.WriteLine(
                $"{figures.Calls:n0} calls, {figures.Repeated} repeated on a refused connection, {figures.Failed} failed; "
                    + $"p50 {figures.Answers.Percentile(50).TotalMilliseconds:f0} ms, p99 "
                    + $"{figures.Answers.Percentile(99).TotalMilliseconds:f0} ms, longest "
                    + $"{figures.Answers.Max.TotalMilliseconds:f0} ms; {figures.Audit}"
            );
        }

        foreach (var fault in all.SelectMany(figures => figures.Faults).Distinct())
        {
            AnsiConsole.WriteLine(fault);
        }

        return all.All(figures => figures.Failed == 0 && figures.Audit.IsClean) ? 0 : 1;
    }

    private static async Task<int> Wave(int callers, int grains)
    {
        AnsiConsole.Console.Widen();
        using var folder = new TemporaryFolder();
        await using var postgres = new PostgresServer { Connections = SiloCluster.ConnectionsUsual };
        var silos = 0;
        await using var cluster = await SiloCluster.Start(
            await postgres.NewDatabase(),
            process =>
            {
                if (process is SiloProcess)
                {
                    process.Set(ChaosHook.Start.Name, ChaosHook.Start.Value);
                    process.Set(ChaosHook.Where, folder.File($"silo-{silos++}"));
                }
            }
        );
        using var calls = new ClusterCalls(cluster);
        var run = new WaveRun(cluster, calls);
        var figures = await run.Run(grains, callers, () => Whereabouts.Ask(folder.File("silo-0")), Say);
        var table = new Table().AddColumns(
            "a command to each",
            "took s",
            "p50 ms",
            "p99 ms",
            "longest ms",
            "failed",
            "idle share"
        );
        foreach (var sweep in figures.Sweeps)
        {
            table.AddRow(
                sweep.Name,
                $"{sweep.Took.TotalSeconds:f1}",
                $"{sweep.Answers.Percentile(50).TotalMilliseconds:f0}",
                $"{sweep.Answers.Percentile(99).TotalMilliseconds:f0}",
                $"{sweep.Answers.Max.TotalMilliseconds:f0}",
                $"{sweep.Failed}",
                $"{sweep.IdleShare:p0}"
            );
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(
            $"{figures.OnVictim:n0} of {figures.Grains:n0} grains were on the silo, which ended after "
                + $"{figures.Stop.TotalSeconds:f2} s; {figures.Audit}"
        );
        foreach (var fault in calls.Faults)
        {
            AnsiConsole.WriteLine(fault);
        }

        return figures.Audit.IsClean ? 0 : 1;
    }

    private static void Say(string text) => AnsiConsole.MarkupLineInterpolated($"[grey]{text}[/]");
}
