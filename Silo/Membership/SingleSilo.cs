using Orleans.Configuration;

namespace EcosystemSilo.Silo.Membership;

/// <summary>A silo that is alone in its cluster and reached in its own process only.</summary>
internal static class SingleSilo
{
    /// <summary>
    /// It opens no port, so nothing can be asked from outside, and any number of them run on one machine. The port that
    /// Orleans wants is no more than part of the silo's name.
    /// </summary>
    public static ISiloBuilder UseSingle(this ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(gatewayPort: 0, serviceId: ClusterSilo.Product, clusterId: "single");
        // Every grain is here, and the directory beside knows all of them.
        silo.Configure<GrainDirectoryOptions>(directory =>
            directory.CachingStrategy = GrainDirectoryOptions.CachingStrategyType.None
        );
        Listeners.Replace(silo.Services, _ => new NoListeners());
        EvictedSilo.Register(silo.Services);
        return silo;
    }
}
