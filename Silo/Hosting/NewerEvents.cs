using EcosystemSilo.Journal;
using Microsoft.Extensions.Hosting;

namespace EcosystemSilo.Silo.Hosting;

/// <summary>
/// Ends the process in order when a grain turns out to have an event that this build cannot read: it becomes unready,
/// gives up its leases and leaves the cluster to processes that can. Readers that meet one end it by failing
/// themselves.
/// </summary>
internal sealed class NewerEvents : BackgroundService
{
    private readonly TaskCompletionSource met = new(Scheduling.Asynchronously);

    public void Meet(UnknownEventException newer) => met.TrySetException(newer);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await met.Task.WaitAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // None came.
        }
    }
}
