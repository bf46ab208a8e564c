using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Configuration;

namespace EcosystemSilo.Silo.Membership;

/// <summary>A silo among others, which find each other in the journal's database.</summary>
internal static class ClusterSilo
{
    /// <summary>The service of every cluster; Orleans keeps it apart from the cluster's name.</summary>
    public const string Product = "ecosystemsilo";

    /// <summary>The database, as the membership's provider names it.</summary>
    internal const string Database = "Npgsql";

    /// <param name="connectionString">The journal's, where <see cref="MembershipSchema"/> has been applied.</param>
    public static ISiloBuilder UseCluster(this ISiloBuilder silo, ClusterOptions options, string connectionString)
    {
        silo.UseAdoNetClustering(
            (AdoNetClusteringSiloOptions table) =>
            {
                table.Invariant = Database;
                table.ConnectionString = Connection(connectionString);
            }
        );
        if (options.Pod is not null)
        {
            // Before the settings below, which must have the last word on names, ports and addresses.
            silo.UseKubernetesHosting();
        }
        WatchedMembershipTable.Around(silo.Services);
        NamedPorts.Register(silo.Services, options);
        ClusterTls.Register(silo.Services, options);
        silo.Services.AddSingleton(provider => new ClusterDialling(provider.GetService<ClusterTls>()));
        EvictedSilo.Register(silo.Services);
        silo.Configure<Orleans.Configuration.ClusterOptions>(cluster => Name(cluster, options));
        silo.Configure<EndpointOptions>(endpoints => Place(endpoints, options));
        silo.Configure<ClusterMembershipOptions>(Bound);
        return silo;
    }

    internal static void Name(Orleans.Configuration.ClusterOptions cluster, ClusterOptions options)
    {
        cluster.ClusterId = options.Id;
        cluster.ServiceId = Product;
    }

    /// <summary>The journal's database through a few connections of its own.</summary>
    internal static string Connection(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = MembershipLimits.ConnectionsMax,
            MinPoolSize = 0,
            ApplicationName = "EcosystemSilo membership",
            Timeout = MembershipLimits.ConnectSeconds,
            CommandTimeout = MembershipLimits.StatementSeconds,
            // A server that does not answer is not waited for: the connection is given up at once.
            CancellationTimeout = -1,
            Enlist = false,
        }.ConnectionString;

    private static void Place(EndpointOptions endpoints, ClusterOptions options)
    {
        var advertised = Addresses.Advertised(options);
        var listening = Addresses.Listening(advertised);
        endpoints.AdvertisedIPAddress = advertised;
        endpoints.SiloPort = options.SiloPort;
        endpoints.GatewayPort = options.GatewayPort;
        endpoints.SiloListeningEndpoint = new IPEndPoint(listening, options.SiloPort);
        endpoints.GatewayListeningEndpoint = new IPEndPoint(listening, options.GatewayPort);
    }

    private static void Bound(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = MembershipLimits.ProbeTimeout;
        membership.MaxProbeTimeout = MembershipLimits.ProbeTimeoutMax;
        membership.NumMissedProbesLimit = MembershipLimits.MissedProbesMax;
        membership.TableRefreshTimeout = MembershipLimits.TableReadEvery;
        membership.IAmAliveTablePublishTimeout = MembershipLimits.AliveEvery;
        membership.NumMissedTableIAmAliveLimit = MembershipLimits.MissedAlivesMax;
        membership.MaxJoinAttemptTime = MembershipLimits.JoinMax;
        membership.DefunctSiloExpiration = MembershipLimits.DeadKeptFor;
        membership.DefunctSiloCleanupPeriod = MembershipLimits.DeadRemovedEvery;
    }
}
