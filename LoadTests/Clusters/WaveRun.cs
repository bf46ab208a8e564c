using EcosystemSilo.LoadTests.Generator;
using EcosystemSilo.LoadTests.Processes;

namespace EcosystemSilo.LoadTests.Clusters;

/// <summary>One command to each of all grains, from the first to the last answer.</summary>
internal sealed record Sweep(string Name, TimeSpan Took, Histogram Answers, long Failed, double IdleShare);

/// <summary>What it costs that a silo with a third of many grains is stopped in order.</summary>
/// <param name="Stop">From SIGTERM until the process had ended.</param>
internal sealed record WaveFigures(
    int Grains,
    int OnVictim,
    TimeSpan Stop,
    IReadOnlyList<Sweep> Sweeps,
    ShortAudit Audit
);

/// <summary>
/// Makes many grains active, and sends each a command before, while and after a silo that has a third of them stops:
/// those come up elsewhere, from the journal.
/// </summary>
internal sealed class WaveRun(SiloCluster cluster, ClusterCalls calls)
{
    /// <param name="whereabouts">Which grains are active on the silo that is stopped.</param>
    public async Task<WaveFigures> Run(
        int grains,
        int callers,
        Func<IReadOnlySet<string>> whereabouts,
        Action<string> progress
    )
    {
        var all = await calls.Create("wave", grains);
        progress($"{grains:n0} grains are active");
        var victim = cluster.Silos[0];
        var onVictim = whereabouts();
        var lost = all.Where(id => onVictim.Contains(ClusterCalls.Grain(id))).ToList();
        var sweeps = new List<Sweep>();
        await Sweep("all active", all);
        var since = TimeProvider.System.GetTimestamp();
        victim.Signal("TERM");
        var stopping = Stopped();
        await Sweep("while a silo stops", all);
        var stop = await stopping;
        await Sweep("after it, all again", all);
        var audit = await ShortAudit.Of(cluster.ConnectionString, calls.Acknowledged);
        return new WaveFigures(grains, lost.Count, stop, sweeps, audit);

        async Task<TimeSpan> Stopped()
        {
            await victim.Exited;
            return TimeProvider.System.GetElapsedTime(since);
        }

        async Task Sweep(string name, IReadOnlyList<string> ids)
        {
            var sweep = await Send(name, ids, callers);
            sweeps.Add(sweep);
            progress($"{name}: {sweep.Took.TotalSeconds:f1} s, {sweep.Failed} failed");
        }
    }

    private async Task<Sweep> Send(string name, IReadOnlyList<string> ids, int callers)
    {
        var (answers, failed, next) = (new Histogram(), calls.Failed, -1);
        var (before, since) = (MachineUse.Now, TimeProvider.System.GetTimestamp());
        await Task.WhenAll(
            Enumerable
                .Range(0, callers)
                .Select(async _ =>
                {
                    var own = new Histogram();
                    while (Interlocked.Increment(ref next) is var number && number < ids.Count)
                    {
                        var asked = TimeProvider.System.GetTimestamp();
                        await calls.Call(ids[number]);
                        own.Record(TimeProvider.System.GetElapsedTime(asked));
                    }

                    lock (answers)
                    {
                        answers.Add(own);
                    }
                })
        );
        var took = TimeProvider.System.GetElapsedTime(since);
        return new Sweep(name, took, answers, calls.Failed - failed, (MachineUse.Now - before).IdleShare);
    }
}
