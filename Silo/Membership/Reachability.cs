using EcosystemSilo.Silo.Hosting;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime.Placement;

namespace EcosystemSilo.Silo.Membership;

/// <summary>
/// Ends a silo whose advertised address is not its own. It would not be noticed otherwise: the silos answer it over the
/// connections that it makes to them, while gateways reach nobody where it says it is.
/// </summary>
internal sealed class Reachability(ISiloStatusOracle silos, ILocalSiloDetails self, IGrainFactory grains)
    : BackgroundService
{
    /// <summary>Between two questions.</summary>
    public TimeSpan Pause { get; init; } = MembershipLimits.ReachPause;

    private readonly string[] addresses = [$"{self.SiloAddress.Endpoint}", $"{self.GatewayAddress!.Endpoint}"];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        for (var question = 0; !stoppingToken.IsCancellationRequested; question++)
        {
            await Task.Delay(Pause, TimeProvider.System, stoppingToken);
            switch (await Ask(question))
            {
                case true:
                    return;
                case false when ++failures == MembershipLimits.ReachFailuresMax:
                    throw new StartRefusedException(
                        ExitCodes.Settings,
                        $"Other silos do not reach this one at {string.Join(" and ", addresses)}: set "
                            + "Cluster__AdvertisedAddress to an address of this machine at which they do, and let them "
                            + "through to Cluster__SiloPort and Cluster__GatewayPort."
                    );
                default:
                    continue;
            }
        }
    }

    /// <summary>Null while there is nobody to ask, or no answer.</summary>
    private async Task<bool?> Ask(int question)
    {
        var others = silos
            .GetApproximateSiloStatuses(onlyActive: true)
            .Keys.Where(silo => !silo.Equals(self.SiloAddress))
            .Order()
            .ToArray();
        if (others.Length == 0)
        {
            return null;
        }

        // Where a grain that is not there yet is placed, is asked of by this name.
        RequestContext.Set(IPlacementDirector.PlacementHintKey, others[question % others.Length]);
        try
        {
            var grain = grains.GetGrain<IReachGrain>($"{self.SiloAddress}/{question}");
            return await grain.Reaches($"{self.SiloAddress}", addresses);
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException)
        {
            return null;
        }
        finally
        {
            RequestContext.Clear();
        }
    }
}
