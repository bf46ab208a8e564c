using Azure.Identity;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;
using Azure.Messaging.EventHubs.Primitives;

namespace EcosystemSilo.Silo.EventHubs;

/// <summary>This process's connection to the hub. It is made when it is used, and again when it was lost.</summary>
internal sealed class HubConnection(EventHubsOptions options) : IAsyncDisposable
{
    private static readonly EventHubsRetryOptions Once = new()
    {
        // Who asks waits and asks again, and says so; the client would be silent for minutes.
        MaximumRetries = 0,
        TryTimeout = HubLimits.RequestMax,
    };

    private readonly Lazy<EventHubConnection> _connection = new(() => Connect(options));
    private EventHubConsumerClient? _client;

    public string Hub => options.HubName;

    public string ConsumerGroup => options.ConsumerGroup;

    private EventHubConsumerClient Client =>
        _client ??= new EventHubConsumerClient(
            options.ConsumerGroup,
            _connection.Value,
            new EventHubConsumerClientOptions { RetryOptions = Once }
        );

    public Task<string[]> Partitions(CancellationToken cancellation) => Client.GetPartitionIdsAsync(cancellation);

    /// <summary>The number of the last message in a partition; -1 when it has none.</summary>
    public async Task<long> LastEnqueued(string partition, CancellationToken cancellation)
    {
        var properties = await Client.GetPartitionPropertiesAsync(partition, cancellation);
        return properties.IsEmpty ? -1 : properties.LastEnqueuedSequenceNumber;
    }

    public PartitionReceiver Read(string partition, EventPosition from) =>
        new(
            options.ConsumerGroup,
            partition,
            from,
            _connection.Value,
            new PartitionReceiverOptions
            {
                RetryOptions = Once,
                PrefetchCount = HubLimits.ReadMax,
                PrefetchSizeInBytes = HubLimits.HeldBytesMax / 4,
            }
        );

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }

        if (_connection.IsValueCreated)
        {
            await _connection.Value.DisposeAsync();
        }
    }

    private static EventHubConnection Connect(EventHubsOptions options) =>
        string.IsNullOrEmpty(options.ConnectionString)
            ? new EventHubConnection(
                options.FullyQualifiedNamespace,
                options.HubName,
                new DefaultAzureCredential(
                    new DefaultAzureCredentialOptions { ExcludeInteractiveBrowserCredential = true }
                )
            )
            : new EventHubConnection(options.ConnectionString, options.HubName);
}
