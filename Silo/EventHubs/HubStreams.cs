using EcosystemSilo.Senders.Intake;
using EcosystemSilo.Silo.Membership;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime.Providers;
using Orleans.Streams;

namespace EcosystemSilo.Silo.EventHubs;

/// <summary>Puts together what reads an event hub in a silo. Without a hub none of it is there.</summary>
internal static class HubStreams
{
    /// <summary>Orleans' name of the provider.</summary>
    public const string Name = "event-hub";

    /// <summary>Of the streams of its partitions.</summary>
    public const string Namespace = "event-hub-partition";

    /// <summary>The name under which Orleans' streams ask for their storage.</summary>
    private const string PubSubStore = "PubSubStore";

    /// <param name="connectionString">The journal's, where <see cref="HubSchema"/> has been applied.</param>
    public static ISiloBuilder UseEventHub(this ISiloBuilder silo, EventHubsOptions options, string connectionString)
    {
        var database = ClusterSilo.Connection(connectionString);
        silo.AddAdoNetGrainStorage(
            PubSubStore,
            (AdoNetGrainStorageOptions storage) =>
            {
                storage.Invariant = ClusterSilo.Database;
                storage.ConnectionString = database;
            }
        );
        var services = silo.Services;
        services.AddSiloStreaming();
        services.AddSingleton(options);
        services.AddSingleton<HubConnection>();
        services.AddSingleton<HubHealth>();
        services.AddSingleton<HubPartitions>();
        services.AddSingleton<HubMetrics>();
        services.AddSingleton(
            new HubCheckpoints(database, $"{options.Namespace}/{options.HubName}", options.ConsumerGroup)
        );
        services.AddIntake();
        services.AddSingleton<HubIntake>();
        AddProvider(services);
        return silo;
    }

    /// <summary>
    /// As Orleans adds a provider, but for its place in the silo's start, which is <see cref="HubStart"/>.
    /// </summary>
    private static void AddProvider(IServiceCollection services)
    {
        services.AddKeyedSingleton(Name, (provider, _) => PersistentStreamProvider.Create(provider, Name));
        services.AddKeyedSingleton<IQueueAdapterFactory>(
            Name,
            (provider, _) =>
            {
                var factory = ActivatorUtilities.CreateInstance<HubAdapterFactory>(provider, Name);
                factory.Init();
                return factory;
            }
        );
        services.AddKeyedSingleton<IStreamQueueCheckpointerFactory, HubCheckpointerFactory>(Name);
        services.AddKeyedSingleton<IMessageDeliveryBackoffProvider>(Name, new HubBackoff());
        services.AddKeyedSingleton<IQueueReaderBackoffProvider>(Name, new HubBackoff());
        services.AddKeyedTransient(
            Name,
            (provider, _) =>
                DeploymentBasedQueueBalancer.Create(
                    provider,
                    Name,
                    ActivatorUtilities.CreateInstance<EverySilo>(provider)
                )
        );
        services.Configure<DeploymentBasedQueueBalancerOptions>(
            Name,
            balancer => balancer.SiloMaturityPeriod = HubLimits.SiloMaturity
        );
        services.Configure<StreamPullingAgentOptions>(
            Name,
            // A batch is given until it is taken. Orleans' own limit of a minute would pass over it.
            agent => agent.MaxEventDeliveryTime = Timeout.InfiniteTimeSpan
        );
    }

    /// <summary>The silos that partitions are divided among.</summary>
    private sealed class EverySilo(ISiloStatusOracle silos) : IDeploymentConfiguration
    {
        public IList<string> GetAllSiloNames() =>
            [
                .. silos
                    .GetApproximateSiloStatuses(onlyActive: true)
                    .Keys.Select(address => silos.TryGetSiloName(address, out var name) ? name : null)
                    .OfType<string>(),
            ];
    }
}
