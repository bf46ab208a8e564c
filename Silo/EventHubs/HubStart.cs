using EcosystemSilo.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace EcosystemSilo.Silo.EventHubs;

/// <summary>
/// Begins to read the hub when it can be reached, and ends it before the silo stops. Orleans would ask the hub for its
/// partitions while the silo starts, and a silo would not start because of a hub that is away or refuses it.
/// </summary>
internal sealed class HubStart(
    IServiceProvider services,
    HubConnection connection,
    HubPartitions partitions,
    HubHealth health,
    HubMetrics metrics,
    TimeProvider clock,
    ILogger<HubStart> logger
) : BackgroundService
{
    private const string Whole = "hub";

    private readonly HubLifecycle _lifecycle = new();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _lifecycle.Stop(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.ObserveLag(partitions);
        var ids = await Insist(connection.Partitions, stoppingToken);
        var provider = services.GetRequiredKeyedService<IStreamProvider>(HubStreams.Name);
        ((HubAdapterFactory)services.GetRequiredKeyedService<IQueueAdapterFactory>(HubStreams.Name)).Know(ids);
        ((ILifecycleParticipant<ILifecycleObservable>)provider).Participate(_lifecycle);
        await _lifecycle.Start(stoppingToken);
        HubLog.Started(logger, connection.Hub, ids.Length);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(HubLimits.LagEvery, clock, stoppingToken).ConfigureAwait(Scheduling.Quietly);
            await LookHowFar(stoppingToken);
        }
    }

    private async Task LookHowFar(CancellationToken over)
    {
        foreach (var partition in partitions.All)
        {
            try
            {
                partition.SeeEnd(await connection.LastEnqueued(partition.Partition, over));
                health.Reached(Whole);
            }
            catch (Exception fault) when (!over.IsCancellationRequested)
            {
                health.Failed(Whole, fault);
                return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Asks until there is an answer.</summary>
    private async Task<T> Insist<T>(Func<CancellationToken, Task<T>> ask, CancellationToken over)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                var answer = await ask(over);
                health.Reached(Whole);
                return answer;
            }
            catch (Exception fault) when (!over.IsCancellationRequested)
            {
                health.Failed(Whole, fault);
            }

            await Task.Delay(HubBackoff.After(failures, HubLimits.RetryMax), clock, over);
        }
    }
}
