using System.Diagnostics;
using EcosystemSilo.LoadTests.Chaos.Hooks;

namespace EcosystemSilo.LoadTests.Chaos.Faults;

/// <summary>Does a fault to a stage under load, and takes it back.</summary>
internal static class Inflicting
{
    /// <summary>
    /// How long a process is given to come to its crash point once its load is done: longer than the lease of the one
    /// that died before it.
    /// </summary>
    private static readonly TimeSpan CrashPointPatience = TimeSpan.FromSeconds(5);

    /// <summary>Stops a process for nine tenths of the time, until it is gone or this is ended.</summary>
    private const string Starving =
        "while kill -STOP $0 2>/dev/null && sleep 0.45; do kill -CONT $0 2>/dev/null; sleep 0.05; done";

    /// <summary>Completes when the fault is over; what it broke may take a moment longer.</summary>
    /// <param name="loadIsDone">Completes when nothing more is sent.</param>
    public static Task Inflict(this Stage stage, Fault fault, TimeSpan pause, Task loadIsDone) =>
        fault switch
        {
            Fault.Kill => Kill(stage, loadIsDone),
            Fault.Pause => Pause(stage, pause),
            Fault.RestartFast => Restart(stage, "fast"),
            Fault.RestartImmediate => Restart(stage, "immediate"),
            Fault.Cut => Now(stage.Proxy!.CutMidRequest),
            Fault.DropReplies => Now(stage.Proxy!.DropReplies),
            Fault.Stall => Under(stage, Weather.Stalled, pause),
            Fault.Gone => Under(stage, Weather.Gone, pause),
            Fault.DiskFull => FillDisk(stage, pause),
            Fault.KillGateway => KillGateway(stage),
            Fault.KillAll => KillAll(stage),
            Fault.Roll => Roll(stage),
            Fault.Starve => Starve(stage, pause),
            Fault.CutPair => CutPair(stage, pause),
            Fault.CutOff => CutOff(stage, pause),
            Fault.CutFromDatabase => CutFromDatabase(stage, pause),
            _ => throw new InvalidOperationException($"{fault} is no fault."),
        };

    private static async Task Kill(Stage stage, Task loadIsDone)
    {
        var victim = stage.AnyOf(stage.Silos);
        var down = victim.Down;
        if (victim.Plan is { Point: not CrashPoint.Anywhere })
        {
            await Task.WhenAny(down, loadIsDone);
            await Task.WhenAny(down, Task.Delay(CrashPointPatience, TimeProvider.System));
        }

        if (!down.IsCompleted)
        {
            victim.Kill();
        }

        await down;
        await victim.Up;
    }

    private static async Task Pause(Stage stage, TimeSpan pause)
    {
        var victim = stage.AnyOf(stage.Processes).Server;
        victim.Signal("STOP");
        await Task.Delay(pause, TimeProvider.System);
        victim.Signal("CONT");
    }

    private static async Task KillGateway(Stage stage)
    {
        var victim = stage.AnyOf(stage.Gateways);
        victim.Kill();
        await victim.Down;
        await victim.Up;
    }

    /// <summary>Does not wait until they are back: that is what is measured.</summary>
    private static async Task KillAll(Stage stage)
    {
        var downs = stage.Silos.Select(silo => silo.Down).ToList();
        foreach (var silo in stage.Silos)
        {
            silo.Server.ChangePorts();
            silo.Kill();
        }

        await Task.WhenAll(downs);
    }

    private static async Task Roll(Stage stage)
    {
        foreach (var process in stage.Processes)
        {
            await process.Roll();
        }
    }

    private static async Task Starve(Stage stage, TimeSpan pause)
    {
        var victim = stage.AnyOf(stage.Silos).Server;
        var id = victim.Id;
        using var starving = Process.Start("sh", ["-c", Starving, $"{id}"]);
        await Task.Delay(pause, TimeProvider.System);
        starving.Kill();
        await starving.WaitForExitAsync();
        if (id == victim.Id)
        {
            victim.Signal("CONT");
        }
    }

    private static async Task CutPair(Stage stage, TimeSpan pause)
    {
        var (one, other) = (stage.Silos[0].Place!, stage.Silos[1].Place!);
        PrivateNetwork.Cut(one, other);
        await Task.Delay(pause, TimeProvider.System);
        PrivateNetwork.Heal(one, other);
    }

    private static async Task CutOff(Stage stage, TimeSpan pause)
    {
        var victim = stage.AnyOf(stage.Silos);
        var others = stage.Silos.Where(silo => silo != victim).Select(silo => silo.Place!).ToList();
        others.ForEach(other => PrivateNetwork.Cut(victim.Place!, other));
        await Task.Delay(pause, TimeProvider.System);
        others.ForEach(other => PrivateNetwork.Heal(victim.Place!, other));
    }

    private static async Task CutFromDatabase(Stage stage, TimeSpan pause)
    {
        var victim = stage.AnyOf(stage.Silos);
        PrivateNetwork.Cut(victim.Place!, stage.Network!.Here);
        await Task.Delay(pause, TimeProvider.System);
        PrivateNetwork.Heal(victim.Place!, stage.Network.Here);
    }

    private static async Task Restart(Stage stage, string mode)
    {
        await stage.Postgres!.Stop(mode);
        await stage.Postgres.EnsureStarted();
    }

    private static async Task Under(Stage stage, Weather weather, TimeSpan pause)
    {
        stage.Proxy!.Weather = weather;
        await Task.Delay(pause, TimeProvider.System);
        stage.Proxy.Weather = Weather.Clear;
    }

    /// <summary>
    /// No file of the store's owner may be written beyond its first page, which stores meet as they meet a full disk.
    /// PostgreSQL may give up for it, and is started again when there is room.
    /// </summary>
    private static async Task FillDisk(Stage stage, TimeSpan pause)
    {
        await LimitFiles(stage, "4096:");
        await Task.Delay(pause, TimeProvider.System);
        await LimitFiles(stage, "unlimited:");
        if (stage.Postgres is { } postgres)
        {
            await postgres.EnsureStarted();
        }
    }

    private static async Task LimitFiles(Stage stage, string limit)
    {
        if (stage.Postgres is { } postgres)
        {
            postgres.LimitFiles(limit);
            return;
        }

        using var change = Process.Start("prlimit", ["--pid", $"{stage.Processes[0].Server.Id}", $"--fsize={limit}"]);
        await change.WaitForExitAsync();
        if (change.ExitCode != 0)
        {
            throw new InvalidOperationException($"prlimit could not set {limit}.");
        }
    }

    private static Task Now(Action inflict)
    {
        inflict();
        return Task.CompletedTask;
    }
}
