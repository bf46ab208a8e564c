using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace EcosystemSilo.Silo.Hosting;

/// <summary>Hears the signals that end a process, and lets it drain first.</summary>
internal sealed class Signals(Draining draining) : IHostLifetime, IDisposable
{
    private static readonly PosixSignal[] Ending = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT];
    private readonly List<PosixSignalRegistration> heard = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        heard.AddRange(Ending.Select(signal => PosixSignalRegistration.Create(signal, Hear)));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => heard.ForEach(registration => registration.Dispose());

    private void Hear(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _ = draining.Begin();
    }
}
