using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Silo.Calls;
using EcosystemSilo.Silo.EventHubs;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Silo.Operations;
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
    /// <param name="hub">The event hub that silos read; null for none.</param>
    public static void AddEngine(
        this IServiceCollection services,
        ClusterOptions cluster,
        string connectionString,
        Watching watching,
        EventHubsOptions? hub
    )
    {
        services.AddCalls();
        if (cluster.Role == ClusterRole.Gateway)
        {
            services.AddLogging(QuietWithoutSilos);
            services.AddOrleansClient(client => Watch(client.UseCluster(cluster, connectionString), watching));
        }
        else
        {
            services.AddSingleton<IClusterLink, OwnSilo>();
            services.AddOrleans(silo =>
            {
                Place(Watch(silo, watching), cluster, connectionString);
                if (hub is not null)
                {
                    silo.UseEventHub(hub, connectionString);
                }
            });
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
            // A service of a silo says in its own name how the ring around it changes.
            logging.AddFilter(typeof(SiloReports).FullName, LogLevel.Warning);
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

    private static ISiloBuilder Watch(ISiloBuilder silo, Watching watching)
    {
        if (watching.IsTraced)
        {
            silo.AddActivityPropagation();
        }

        if (watching.HasDashboard)
        {
            OrleansDashboard.AddTo(silo);
        }

        return silo;
    }

    private static void Watch(IClientBuilder client, Watching watching)
    {
        if (watching.IsTraced)
        {
            client.AddActivityPropagation();
        }

        if (watching.HasDashboard)
        {
            OrleansDashboard.AddTo(client);
        }
    }

    /// <summary>The bounds of every silo, whatever its place among others, and what it says of itself.</summary>
    internal static void Bound(IServiceCollection services)
    {
        services.AddSiloReports();
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

/// <summary>How closely calls are looked at, which costs each of them a little.</summary>
/// <param name="IsTraced">Whether they carry the trace that they belong to.</param>
/// <param name="HasDashboard">See <see cref="OperationsOptions.Dashboard"/>.</param>
internal readonly record struct Watching(bool IsTraced, bool HasDashboard);
