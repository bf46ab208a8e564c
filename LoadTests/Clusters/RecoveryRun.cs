using EcosystemSilo.LoadTests.Chaos.Hooks;
using EcosystemSilo.LoadTests.Processes;

namespace EcosystemSilo.LoadTests.Clusters;

/// <summary>What one row of the table measures.</summary>
/// <param name="IsTuned">Whether silos have the product's settings of membership, or Orleans' own.</param>
internal sealed record RecoveryOptions(bool IsTuned, bool IsBusy, int Rounds, TimeSpan Calm);

/// <summary>What one row came to.</summary>
/// <param name="Times">From the kill until a command to a grain that lived there was acknowledged, each.</param>
/// <param name="Use">Of the machine, while silos were dead.</param>
/// <param name="Load">At the end of each time in which a silo was dead.</param>
/// <param name="FalseEvictions">Silos that were given up and had not been killed.</param>
internal sealed record RecoveryRow(
    RecoveryOptions Asked,
    IReadOnlyList<TimeSpan> Times,
    MachineUse Use,
    IReadOnlyList<double> Load,
    MachineUse CalmUse,
    int FalseEvictions,
    long Calls,
    ShortAudit Audit
);

/// <summary>
/// Kills one silo after the other and asks all grains that lived there until they answer. Under load the callers keep
/// both cores busy, also while a silo is dead: they then ask grains of the others.
/// </summary>
internal sealed class RecoveryRun : IAsyncDisposable
{
    private const int GrainsARound = 90;
    private const int GrainsUnderLoad = 300;
    private const int CallersUnderLoad = 64;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PauseOfProbes = TimeSpan.FromMilliseconds(20);

    /// <summary>Longer than Orleans' own settings need.</summary>
    private static readonly TimeSpan RecoveryMax = TimeSpan.FromMinutes(3);

    private readonly RecoveryOptions _asked;
    private readonly TemporaryFolder _folder;
    private readonly SiloCluster _cluster;
    private readonly ClusterCalls _calls;
    private readonly CancellationTokenSource _ending = new();
    private readonly List<TimeSpan> _times = [];
    private readonly List<double> _load = [];
    private volatile IReadOnlyList<string> _busyGrains = [];
    private Task _busy = Task.CompletedTask;
    private MachineUse _use;
    private int _falseEvictions;

    private RecoveryRun(RecoveryOptions asked, TemporaryFolder folder, SiloCluster cluster) =>
        (_asked, _folder, _cluster, _calls) = (asked, folder, cluster, new ClusterCalls(cluster));

    /// <param name="progress">Told what happens.</param>
    public static async Task<RecoveryRow> Of(RecoveryOptions asked, PostgresServer postgres, Action<string> progress)
    {
        var folder = new TemporaryFolder();
        var silos = 0;
        var cluster = await SiloCluster.Start(
            await postgres.NewDatabase(),
            process =>
            {
                if (process is SiloProcess)
                {
                    process.Set(ChaosHook.Start.Name, ChaosHook.Start.Value);
                    process.Set(ChaosHook.Where, folder.File($"silo-{silos++}"));
                    process.Set(ChaosHook.Membership, asked.IsTuned ? "" : "orleans");
                }
            }
        );
        await using var run = new RecoveryRun(asked, folder, cluster);
        return await run.Measure(progress);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _busy;
        _calls.Dispose();
        await _cluster.DisposeAsync();
        _folder.Dispose();
        _ending.Dispose();
    }

    private async Task<RecoveryRow> Measure(Action<string> progress)
    {
        if (_asked.IsBusy)
        {
            var all = await _calls.Create("busy", GrainsUnderLoad);
            _busyGrains = all;
            _busy = _calls.Load(() => _busyGrains, CallersUnderLoad, TimeSpan.Zero, _ending.Token);
            await Task.Delay(WarmUp, TimeProvider.System);
        }

        var before = MachineUse.Now;
        await Calm(progress);
        var calmUse = MachineUse.Now - before;
        for (var round = 1; round <= _asked.Rounds; round++)
        {
            var (grains, took) = await Round(round);
            progress($"round {round} of {_asked.Rounds}: {grains} grains, the last after {took.TotalSeconds:f2} s");
        }

        await _ending.CancelAsync();
        await _busy;
        var audit = await ShortAudit.Of(_cluster.ConnectionString, _calls.Acknowledged);
        return new RecoveryRow(_asked, _times, _use, _load, calmUse, _falseEvictions, _calls.Calls, audit);
    }

    /// <summary>Nothing is done to the silos, so whichever is given up is given up without a reason.</summary>
    private async Task Calm(Action<string> progress)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) is var passed && passed < _asked.Calm)
        {
            progress(
                $"calm for {passed.TotalMinutes:f0} of {_asked.Calm.TotalMinutes:f0} min: {_falseEvictions} given up"
            );
            var left = _asked.Calm - passed;
            await Task.Delay(left < TimeSpan.FromMinutes(1) ? left : TimeSpan.FromMinutes(1), TimeProvider.System);
            await CountEvictions();
        }
    }

    private async Task<(int Grains, TimeSpan Last)> Round(int round)
    {
        var victim = _cluster.Silos[round % _cluster.Silos.Count];
        var fresh = await _calls.Create($"round{round}", GrainsARound);
        await Task.Delay(Settling, TimeProvider.System);
        var there = Whereabouts.Ask(_folder.File($"silo-{round % _cluster.Silos.Count}"));
        var lost = fresh.Where(id => there.Contains(ClusterCalls.Grain(id))).ToList();
        var all = _busyGrains;
        if (_asked.IsBusy)
        {
            _busyGrains = [.. all.Where(id => !there.Contains(ClusterCalls.Grain(id)))];
        }

        var (before, killed) = (MachineUse.Now, TimeProvider.System.GetTimestamp());
        await victim.Kill();
        var times = await Task.WhenAll(lost.Select(id => UntilAnswered(id, killed)));
        _use += MachineUse.Now - before;
        _load.Add(MachineUse.Load);
        _times.AddRange(times);
        await victim.StartSupervised();
        _busyGrains = all;
        await CountEvictions();
        return (lost.Count, times.DefaultIfEmpty().Max());
    }

    private async Task<TimeSpan> UntilAnswered(string id, long killed)
    {
        while (!await _calls.Call(id))
        {
            if (TimeProvider.System.GetElapsedTime(killed) > RecoveryMax)
            {
                throw new TimeoutException(
                    $"{id} did not answer within {RecoveryMax}: {string.Join('\n', _calls.Faults)}"
                );
            }

            await Task.Delay(PauseOfProbes, TimeProvider.System);
        }

        return TimeProvider.System.GetElapsedTime(killed);
    }

    /// <summary>Whoever was given up without having been killed has ended by itself, and is started again.</summary>
    private async Task CountEvictions()
    {
        foreach (var silo in _cluster.Silos.Where(silo => silo.ExitCode is not null))
        {
            _falseEvictions++;
            await silo.StartSupervised();
        }
    }
}
