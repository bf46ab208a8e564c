using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace EcosystemSilo.Silo.Membership;

/// <summary>Counts other silos that were there, did not say that they leave, and were given up.</summary>
internal sealed class Evictions(ISiloStatusOracle silos, ILocalSiloDetails self, SiloMetrics metrics)
    : IHostedService,
        ISiloStatusListener
{
    private readonly ConcurrentDictionary<SiloAddress, SiloStatus> known = new();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (silo, status) in silos.GetApproximateSiloStatuses(onlyActive: true))
        {
            known.TryAdd(silo, status);
        }
        silos.SubscribeToSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        silos.UnSubscribeFromSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status != SiloStatus.Dead)
        {
            known[updatedSilo] = status;
        }
        // One that leaves in order was seen shutting down before.
        else if (
            known.TryRemove(updatedSilo, out var before)
            && before == SiloStatus.Active
            && !updatedSilo.Equals(self.SiloAddress)
        )
        {
            metrics.Evictions.Add(1);
        }
    }
}
