using System.CommandLine;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.LoadTests.Reports;
using Spectre.Console;

namespace EcosystemSilo.LoadTests.Clusters;

/// <summary><c>mixed</c>: builds that know different versions of one event, on one journal.</summary>
internal static class MixedCommand
{
    public static Command Create()
    {
        var command = new Command(
            "mixed",
            "Rolls a cluster to builds with a new version of an event, in order and not."
        );
        command.SetAction((_, _) => Run());
        return command;
    }

    private static async Task<int> Run()
    {
        AnsiConsole.Console.Widen();
        await using var postgres = new PostgresServer { Connections = SiloCluster.ConnectionsUsual };
        var (ordered, hasty) = (await InOrder(postgres), await WriterTooEarly(postgres));
        var rolls = new Table().AddColumns("roll", "processes, exit codes", "calls", "failed", "audit");
        foreach (var (name, roll) in new[] { "all read the new version", "all write it" }.Zip(ordered))
        {
            var codes = string.Join(", ", roll.Processes.Select(process => $"{process.Name}: {process.ExitCode}"));
            rolls.AddRow(name, codes, $"{roll.Calls:n0}", $"{roll.Failed}", $"{roll.Audit}");
        }

        AnsiConsole.Write(rolls);
        foreach (var fault in ordered.SelectMany(roll => roll.Faults).Distinct())
        {
            AnsiConsole.WriteLine(fault);
        }

        var early = new Table().AddColumns("a writer came too early", "exit code", "after s", "ready", "said");
        foreach (var process in hasty.Processes)
        {
            early.AddRow(
                Markup.Escape(process.Name),
                process.ExitCode is { } code ? $"{code}" : "runs on",
                process.After is { } after ? $"{after.TotalSeconds:f1}" : "-",
                process.IsReady ? "yes" : "no",
                Markup.Escape(process.Said)
            );
        }

        AnsiConsole.Write(early);
        AnsiConsole.WriteLine($"All started again with a build that reads it: {hasty.Audit}");
        return ordered.All(roll => roll.Failed == 0 && roll.Audit.IsClean) && hasty.Audit.IsClean ? 0 : 1;
    }

    private static async Task<IReadOnlyList<RollingFigures>> InOrder(PostgresServer postgres)
    {
        await using var cluster = await SiloCluster.Start(await postgres.NewDatabase(), MixedRun.Prepare);
        using var calls = new ClusterCalls(cluster);
        return await MixedRun.InOrder(cluster, calls, Say);
    }

    private static async Task<(IReadOnlyList<MixedProcess> Processes, ShortAudit Audit)> WriterTooEarly(
        PostgresServer postgres
    )
    {
        await using var cluster = await SiloCluster.Start(await postgres.NewDatabase(), MixedRun.Prepare);
        using var calls = new ClusterCalls(cluster);
        return await MixedRun.WriterTooEarly(cluster, calls);
    }

    private static void Say(string text) => AnsiConsole.MarkupLineInterpolated($"[grey]{text}[/]");
}
