using Azure.Messaging.EventHubs;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Statistics;
using Orleans.Streaming.EventHubs;
using Orleans.Streams;

namespace EcosystemSilo.Silo.EventHubs;

/// <summary>
/// Which stream a message is in: that of its partition, so that there are as many streams as partitions, however many
/// people there are. Nothing is sent to the hub.
/// </summary>
internal sealed class HubDataAdapter(Serializer serializer) : EventHubDataAdapter(serializer)
{
    public override StreamPosition GetStreamPosition(string partition, EventData queueMessage) =>
        new(
            StreamId.Create(HubStreams.Namespace, partition),
            new EventHubSequenceTokenV2(queueMessage.OffsetString, queueMessage.SequenceNumber, eventIndex: 0)
        );

    public override EventData ToQueueMessage<T>(
        StreamId streamId,
        IEnumerable<T> events,
        StreamSequenceToken? token,
        Dictionary<string, object>? requestContext
    ) => throw new NotSupportedException("The event hub is only read.");
}

/// <summary>Orleans' Event Hubs provider with a connection, a receiver and a cache of ours.</summary>
internal sealed class HubAdapterFactory : EventHubAdapterFactory
{
    private string[] _partitions = [];

    public HubAdapterFactory(
        string name,
        IServiceProvider services,
        HubPartitions all,
        HubConnection connection,
        HubHealth health,
        TimeProvider clock,
        IEnvironmentStatisticsProvider statistics
    )
        : base(
            name,
            Named(connection),
            new EventHubReceiverOptions { StartFromNow = false },
            new EventHubStreamCachePressureOptions(),
            new StreamCacheEvictionOptions(),
            new StreamStatisticOptions(),
            new HubDataAdapter(services.GetRequiredService<Serializer>()),
            services,
            services.GetRequiredService<Microsoft.Extensions.Logging.ILoggerFactory>(),
            statistics
        )
    {
        Direction = StreamProviderDirection.ReadOnly;
        CacheFactory = (partition, checkpointer, _) => new HubPartition(partition, (HubCheckpointer)checkpointer, all);
        EventHubReceiverFactory = (settings, offset, _) =>
            new HubReceiver(settings.Partition, offset, connection, health, clock);
    }

    /// <summary>They are known before the provider starts, so that its start cannot fail for the hub.</summary>
    public void Know(string[] partitions) => _partitions = partitions;

    /// <summary>For the names in Orleans' metrics and logs; the connection is ours.</summary>
    private static EventHubOptions Named(HubConnection connection)
    {
        var options = new EventHubOptions();
        options.ConfigureEventHubConnection(
            _ => throw new NotSupportedException("The event hub is read by its own connection."),
            connection.Hub,
            connection.ConsumerGroup
        );
        return options;
    }

    /// <summary>The connection is ours.</summary>
    protected override void InitEventHubClient() { }

    protected override Task<string[]> GetPartitionIdsAsync() => Task.FromResult(_partitions);
}
