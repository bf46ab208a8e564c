using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace EcosystemSilo.Silo.Membership;

/// <summary>A process that runs no grains and asks the silos of a cluster.</summary>
internal static class ClusterClient
{
    /// <param name="connectionString">The journal's, where <see cref="MembershipSchema"/> has been applied.</param>
    public static IClientBuilder UseCluster(this IClientBuilder client, ClusterOptions options, string connectionString)
    {
        client.UseAdoNetClustering(
            (AdoNetClusteringClientOptions silos) =>
            {
                silos.Invariant = ClusterSilo.Database;
                silos.ConnectionString = ClusterSilo.Connection(connectionString);
            }
        );
        client.Configure<Orleans.Configuration.ClusterOptions>(cluster => ClusterSilo.Name(cluster, options));
        client.Configure<GatewayOptions>(silos => silos.GatewayListRefreshPeriod = MembershipLimits.SiloListAge);

        var services = client.Services;
        ClusterTls.Register(services, options);
        services.TryAddSingleton(options);
        services.AddSingleton<ClusterLink>();
        services.AddSingleton<IClusterLink>(provider => provider.GetRequiredService<ClusterLink>());
        services.AddSingleton<IClusterConnectionStatusObserver>(provider => provider.GetRequiredService<ClusterLink>());
        services.Replace(
            ServiceDescriptor.Singleton<IClientConnectionRetryFilter>(provider =>
                provider.GetRequiredService<ClusterLink>()
            )
        );
        StartBesideTheHost(services);
        return client;
    }

    /// <summary>
    /// Orleans holds the start of the whole process up until a silo answers. Here it starts beside it, so that the
    /// process serves what needs no grain and says that it is not ready.
    /// </summary>
    private static void StartBesideTheHost(IServiceCollection services)
    {
        var client = services.Single(service =>
            service.ServiceType == typeof(IHostedService)
            && service.ImplementationFactory?.Method.Module.Assembly is { } assembly
            && assembly.FullName!.StartsWith("Orleans.Core", StringComparison.Ordinal)
        );
        services.Remove(client);
        services.AddHostedService<ClusterConnecting>();
    }
}
