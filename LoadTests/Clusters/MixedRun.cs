using EcosystemSilo.LoadTests.Chaos.Hooks;
using EcosystemSilo.LoadTests.Processes;

namespace EcosystemSilo.LoadTests.Clusters;

/// <summary>What a process did that met events of a version it does not know.</summary>
/// <param name="ExitCode">Null when it ran on.</param>
/// <param name="After">From the first such event until it ended.</param>
/// <param name="IsReady">Whether it said so at the end; false when it has ended.</param>
/// <param name="Said">Its sentence on stderr, or else the last fault that it logged.</param>
internal sealed record MixedProcess(string Name, int? ExitCode, TimeSpan? After, bool IsReady, string Said);

/// <summary>
/// Builds around a new version of one event on one journal: rolled in the right order, and with the writer too early.
/// All is one binary; <see cref="OtherBuild"/> makes a process newer than it is.
/// </summary>
internal static class MixedRun
{
    private const int Grains = 60;
    private const int Callers = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseOfCallers = TimeSpan.FromMilliseconds(20);

    /// <summary>What each process needs from its first start on.</summary>
    public static void Prepare(ServerProcess process)
    {
        process.Set(ChaosHook.Start.Name, ChaosHook.Start.Value);
        Become(Build.Old, process);
    }

    /// <summary>Every process reads the new version before any writes it.</summary>
    public static async Task<IReadOnlyList<RollingFigures>> InOrder(
        SiloCluster cluster,
        ClusterCalls calls,
        Action<string> progress
    )
    {
        var run = new RollingRun(cluster, calls);
        var rolls = new List<RollingFigures>();
        foreach (var build in new[] { Build.Reads, Build.Writes })
        {
            progress($"to the build that {build}".ToLowerInvariant());
            rolls.Add(await run.Roll(Callers, change: process => Become(build, process), progress: progress));
        }

        return rolls;
    }

    /// <summary>
    /// One silo writes the new version while the others are old; then all that ended are started with a build that can
    /// read it.
    /// </summary>
    public static async Task<(IReadOnlyList<MixedProcess> Processes, ShortAudit Audit)> WriterTooEarly(
        SiloCluster cluster,
        ClusterCalls calls
    )
    {
        var grains = await calls.Create("mixed", Grains);
        var writer = cluster.Silos[0];
        await writer.Stop();
        Become(Build.Writes, writer);
        await writer.StartSupervised();
        var old = cluster.Processes.Where(process => process != writer).ToList();
        var since = TimeProvider.System.GetTimestamp();
        using var over = new CancellationTokenSource();
        var load = calls.Load(() => grains, Callers, PauseOfCallers, over.Token);
        var met = await Task.WhenAll(old.Select(process => Watch(cluster, process, since)));
        await over.CancelAsync();
        await load;
        foreach (var process in old)
        {
            if (process.ExitCode is null)
            {
                await process.Kill();
            }

            Become(Build.Reads, process);
        }

        await Task.WhenAll(old.Select(process => process.StartSupervised()));
        foreach (var id in grains)
        {
            await calls.Call(id);
        }

        return (met, await ShortAudit.Of(cluster.ConnectionString, calls.Acknowledged));
    }

    private static void Become(Build build, ServerProcess process) => process.Set(ChaosHook.BuildOf, $"{build}");

    private static async Task<MixedProcess> Watch(SiloCluster cluster, ServerProcess process, long since)
    {
        await Task.WhenAny(process.Exited, Task.Delay(Patience, TimeProvider.System));
        var name = RollingRun.NameOf(cluster, process);
        if (process.ExitCode is { } code)
        {
            return new MixedProcess(
                name,
                code,
                TimeProvider.System.GetElapsedTime(since),
                IsReady: false,
                Said(process)
            );
        }

        using var client = new HttpClient { BaseAddress = new Uri(process.Url) };
        using var ready = await client.GetAsync("/health/ready");
        return new MixedProcess(name, ExitCode: null, After: null, ready.IsSuccessStatusCode, Said(process));
    }

    /// <summary>Its sentence on stderr, or else the last fault that it logged.</summary>
    private static string Said(ServerProcess process)
    {
        if (process.Errors is { Length: > 0 } sentence)
        {
            return sentence;
        }

        var lines = process.Output.Split('\n');
        var last = Array.FindLastIndex(
            lines,
            line =>
                line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal)
        );
        return last < 0 || last + 1 == lines.Length ? "nothing" : lines[last + 1].Trim();
    }
}
