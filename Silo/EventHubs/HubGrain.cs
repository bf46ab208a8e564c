using System.Data.Common;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Journal;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace EcosystemSilo.Silo.EventHubs;

[Alias("ecosystemsilo.hub-consumer")]
internal interface IHubConsumer : IGrainWithStringKey;

/// <summary>
/// Consumes the stream of one partition, in the process that reads it: a stateless worker is where its caller is, and
/// goes with the partition when that moves. A batch is done when the journal has every message of it; until then
/// Orleans gives it again, however long that takes, and what has been taken is passed over.
/// </summary>
[GrainType("event-hub-consumer")]
[ImplicitStreamSubscription(HubStreams.Namespace)]
[StatelessWorker(maxLocalWorkers: 1)]
internal sealed class HubGrain(HubPartitions partitions, HubIntake intake, TimeProvider clock, ILogger<HubGrain> logger)
    : Grain,
        IHubConsumer,
        IStreamSubscriptionObserver,
        IAsyncBatchObserver<HubMessage>
{
    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        await handleFactory.Create<HubMessage>().ResumeAsync(this);

    public async Task OnNextAsync(IList<SequentialItem<HubMessage>> items)
    {
        var messages = items.Select(item => item.Item).ToArray();
        if (!partitions.TryFind(messages[0].Reader, out var partition))
        {
            throw new GrainUnavailableException($"Partition {messages[0].Partition} is not read here any more.");
        }

        var since = clock.GetTimestamp();
        var lanes = messages.Where(message => !partition.IsTaken(message)).GroupBy(LaneOf).ToArray();
        try
        {
            await Task.WhenAll(lanes.Select(lane => TakeInOrder(partition, lane, since)));
        }
        catch (Exception fault) when (IsPassing(fault))
        {
            HubLog.JournalAway(logger, partition.Partition, fault);
            throw;
        }
    }

    /// <summary>Orleans tells of a batch that it could not give; it is given again.</summary>
    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;

    /// <summary>
    /// Messages of one key keep their order. Those without one have only the order of the partition, and keep that.
    /// </summary>
    private static string LaneOf(HubMessage message) => message.PartitionKey ?? message.User ?? "";

    private async Task TakeInOrder(HubPartition partition, IEnumerable<HubMessage> lane, long since)
    {
        foreach (var message in lane)
        {
            if (clock.GetElapsedTime(since) > HubLimits.BatchPatience)
            {
                throw new GrainUnavailableException("The batch takes too long for one call.");
            }

            await Take(partition, message);
            partition.Take(message);
        }
    }

    private async Task Take(HubPartition partition, HubMessage message)
    {
        try
        {
            await intake.Take(message);
        }
        catch (Exception bug) when (!IsPassing(bug))
        {
            var failures = partition.CountFailure(message);
            if (failures < HubLimits.PoisonAttemptsMax)
            {
                throw new GrainUnavailableException($"Message {message.Place} failed and is tried again.", bug);
            }

            HubLog.MessageFailed(logger, message.Place, failures, bug);
            await intake.Bury(
                message,
                new Refusal(HubRefusals.HandlingFailed, $"Message {message.Place} failed; the log tells why.")
            );
        }
    }

    /// <summary>Whether a fault is the world's, which comes to an end by itself.</summary>
    private static bool IsPassing(Exception fault) =>
        fault
            is GrainUnavailableException
                or JournalUnavailableException
                or TimeoutException
                or DbException
                or OperationCanceledException
                or OrleansException;
}
