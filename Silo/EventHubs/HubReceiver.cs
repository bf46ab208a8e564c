using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;
using Azure.Messaging.EventHubs.Primitives;
using EcosystemSilo.Journal;
using Orleans.Streaming.EventHubs;

namespace EcosystemSilo.Silo.EventHubs;

/// <summary>
/// Reads one partition. What fails is tried again from behind the last message that came, for as long as it takes: it
/// is no fault of Orleans' agent, which would give up after a few attempts.
/// </summary>
internal sealed class HubReceiver(
    string partition,
    string offset,
    HubConnection connection,
    HubHealth health,
    TimeProvider clock
) : IEventHubReceiver
{
    private PartitionReceiver? _open;
    private EventPosition _next =
        offset == HubCheckpointer.Start ? EventPosition.Earliest : EventPosition.FromOffset(offset, isInclusive: false);
    private int _failures;

    public async Task<IEnumerable<EventData>> ReceiveAsync(
        int maxCount,
        TimeSpan waitTime,
        CancellationToken cancellationToken
    )
    {
        try
        {
            _open ??= connection.Read(partition, _next);
            var read = (
                await _open.ReceiveBatchAsync(Math.Min(maxCount, HubLimits.ReadMax), waitTime, cancellationToken)
            ).ToList();
            _failures = 0;
            health.Reached(partition);
            if (read.Count > 0)
            {
                _next = EventPosition.FromOffset(read[^1].OffsetString, isInclusive: false);
            }

            return read;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            health.Failed(partition, fault);
            await Close();
            await Task.Delay(HubBackoff.After(++_failures, HubLimits.RetryMax), clock, cancellationToken)
                .ConfigureAwait(Scheduling.Quietly);
            return [];
        }
    }

    public Task<IEnumerable<EventData>> ReceiveAsync(int maxCount, TimeSpan waitTime) =>
        ReceiveAsync(maxCount, waitTime, CancellationToken.None);

    public async Task CloseAsync()
    {
        health.Forget(partition);
        await Close();
    }

    private async Task Close()
    {
        if (Interlocked.Exchange(ref _open, null) is { } open)
        {
            await open.CloseAsync(CancellationToken.None).ConfigureAwait(Scheduling.Quietly);
        }
    }
}
