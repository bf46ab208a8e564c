using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace EcosystemSilo.Silo.Hosting;

/// <summary>
/// Hears the signals that end a process, from its first moments on, and lets it drain first. What is heard before there
/// is anything to stop is kept until there is.
/// </summary>
internal sealed class Signals : IDisposable
{
    private static readonly PosixSignal[] Ending = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT];
    private readonly PosixSignalRegistration[] heard;
    private readonly Lock order = new();
    private Draining? draining;
    private bool isEarly;

    public Signals() => heard = [.. Ending.Select(signal => PosixSignalRegistration.Create(signal, Hear))];

    /// <summary>From now on there is something to stop.</summary>
    public void GoTo(Draining process)
    {
        lock (order)
        {
            draining = process;
        }
        if (isEarly)
        {
            _ = process.Begin();
        }
    }

    public void Dispose()
    {
        foreach (var registration in heard)
        {
            registration.Dispose();
        }
    }

    private void Hear(PosixSignalContext signal)
    {
        signal.Cancel = true;
        Draining? process;
        lock (order)
        {
            process = draining;
            isEarly |= process is null;
        }
        _ = process?.Begin();
    }
}

/// <summary>Keeps the host from hearing signals of its own, which would not let the process drain.</summary>
internal sealed class NoSignals : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
