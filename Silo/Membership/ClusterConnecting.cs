using Microsoft.Extensions.Hosting;

namespace EcosystemSilo.Silo.Membership;

/// <summary>Starts a client when there are silos, and brings it back to them when they were away.</summary>
internal sealed class ClusterConnecting(IClusterClient client, ClusterLink link) : BackgroundService
{
    private readonly IHostedService lifetime = (IHostedService)client;
    private bool hasStarted;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // A start that was cut short has cleaned up after itself.
        if (hasStarted)
        {
            await lifetime.StopAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartAsync(stoppingToken);
        hasStarted = true;
        link.HasStarted();
        while (true)
        {
            await Task.Delay(MembershipLimits.ConnectPause, TimeProvider.System, stoppingToken);
            if (!link.IsConnected)
            {
                await Ask(stoppingToken);
            }
        }
    }

    /// <summary>A client connects only in order to ask, and nobody asks while it is not connected.</summary>
    private async Task Ask(CancellationToken stoppingToken)
    {
        try
        {
            await client
                .GetGrain<IManagementGrain>(0)
                .GetHosts(onlyActive: true)
                .WaitAsync(MembershipLimits.AskMax, TimeProvider.System, stoppingToken);
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException)
        {
            // Still no silo; the link knows, and it is asked again.
        }
    }
}
