using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Silo.Calls;
using EcosystemSilo.Silo.Membership;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using ClusterOptions = EcosystemSilo.Silo.Membership.ClusterOptions;

namespace EcosystemSilo.Silo.Hosting;

/// <summary>How a process reaches grains through Orleans: it runs a silo, or is a client of others' silos.</summary>
internal static class Engine
{
    /// <param name="connectionString">The journal's, where the processes of a cluster find each other.</param>
    /// <param name="isTraced">Whether calls carry the trace that they belong to. It costs each of them a
    /// little.</param>
    public static void AddEngine(
        this IServiceCollection services,
        ClusterOptions cluster,
        string connectionString,
        bool isTraced
    )
    {
        services.AddCalls();
        if (cluster.Role == ClusterRole.Gateway)
        {
            services.AddLogging(QuietWithoutSilos);
            services.AddOrleansClient(client => Trace(client.UseCluster(cluster, connectionString), isTraced));
        }
        else
        {
            services.AddSingleton<IClusterLink, OwnSilo>();
            services.AddOrleans(silo => Trace(Place(silo, cluster, connectionString), isTraced));
            if (cluster.Role != ClusterRole.Single)
            {
                services.AddHostedService<Evictions>();
                services.AddHostedService<Reachability>();
            }
            Bound(services);
        }
    }

    /// <summary>How grains are asked, whichever way Orleans reaches them.</summary>
    internal static void AddCalls(this IServiceCollection services)
    {
        // Orleans asks for its clocks by key. They are the computer's, whatever clock the product goes by.
        services.AddKeyedSingleton(KeyedService.AnyKey, TimeProvider.System);
        services.AddLogging(logging =>
        {
            logging.AddFilter("Orleans", LogLevel.Warning).AddFilter("Polly", LogLevel.Warning);
            // It warns of a long pause at every start, before it has looked for the first time.
            logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
            // It says three times, with the stack, what stopped its start; whoever starts the process says it once.
            logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Critical);
        });
        services.AddSingleton<CallRepeats>();
        services.AddSingleton<OrleansGrains>();
        services.AddSingleton<IGrains>(provider => provider.GetRequiredService<OrleansGrains>());
    }

    /// <summary>
    /// While no silo is there, it tells of each of its attempts, with the stack. Ours say in a line that there is none,
    /// and in another that there is one again.
    /// </summary>
    private static void QuietWithoutSilos(ILoggingBuilder logging) =>
        logging
            .AddFilter("Orleans.Messaging.GatewayManager", LogLevel.Error)
            .AddFilter("Orleans.Runtime.Messaging.Connection", LogLevel.Error)
            .AddFilter("Orleans.Runtime.Messaging.ConnectionManager", LogLevel.Error);

    private static ISiloBuilder Place(ISiloBuilder silo, ClusterOptions cluster, string connectionString) =>
        cluster.Role == ClusterRole.Single ? silo.UseSingle() : silo.UseCluster(cluster, connectionString);

    private static void Trace(ISiloBuilder silo, bool isTraced)
    {
        if (isTraced)
        {
            silo.AddActivityPropagation();
        }
    }

    private static void Trace(IClientBuilder client, bool isTraced)
    {
        if (isTraced)
        {
            client.AddActivityPropagation();
        }
    }

    /// <summary>The bounds of every silo, whatever its place among others.</summary>
    internal static void Bound(IServiceCollection services)
    {
        services
            .AddOptions<GrainCollectionOptions>()
            .Configure<SiloOptions>(
                (collection, silo) =>
                {
                    collection.CollectionAge = silo.IdleAfter;
                    // Orleans wants it shorter than the age; looking more often than this is worth nothing.
                    collection.CollectionQuantum = TimeSpan.FromTicks(
                        Math.Min(silo.IdleAfter.Ticks / 4, Limits.IdleLooksMax.Ticks)
                    );
                }
            );
        services.Configure<SiloMessagingOptions>(messaging =>
            messaging.MaxEnqueuedRequestsHardLimit = Limits.CallsAtOnceMax
        );
    }
}
