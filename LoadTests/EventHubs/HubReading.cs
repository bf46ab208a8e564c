using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;

namespace EcosystemSilo.LoadTests.EventHubs;

/// <summary>One receiver of a partition: it is sent what follows its place, as far as it gives credit.</summary>
internal sealed class HubReading(HubLog log, SendingAmqpLink link)
{
    /// <summary>Not the number of the message, so that nobody mistakes one for the other.</summary>
    private const long OffsetOfOne = 100;

    private static readonly TimeSpan SendMax = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _over = new();

    public static string OffsetOf(long sequence) => $"{sequence * OffsetOfOne}";

    public async Task Run()
    {
        link.Closed += (_, _) => _over.Cancel();
        try
        {
            for (var sequence = First(); !_over.IsCancellationRequested; sequence++)
            {
                await log.Wait(sequence, _over.Token);
                var (sent, at) = log.At(sequence);
                var tag = new ArraySegment<byte>(BitConverter.GetBytes(sequence));
                await link.SendMessageAsync(MessageOf(sent, sequence, at), tag, AmqpConstants.NullBinary, SendMax);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or AmqpException or ObjectDisposedException)
        {
            // The reader has gone.
        }
        catch (Exception fault)
        {
            link.SafeClose(fault);
        }
    }

    /// <summary>The number of the first message: behind, or from, the offset in the receiver's filter.</summary>
    private long First()
    {
        var filters = ((Source)link.Settings.Source).FilterSet;
        if (
            filters is null
            || !filters.TryGetValue<AmqpDescribed>("apache.org:selector-filter:string", out var filter)
            || filter.Value is not string text
        )
        {
            return 0;
        }

        var words = text.Split(' ');
        var place = words[^1].Trim('\'');
        if (place == "@latest")
        {
            return log.Count;
        }

        var number = long.Parse(place) / (words[0].EndsWith("offset", StringComparison.Ordinal) ? OffsetOfOne : 1);
        return place == "-1" ? 0 : number + (words[1] == ">" ? 1 : 0);
    }

    private static AmqpMessage MessageOf(HubEvent sent, long sequence, DateTime at)
    {
        var message = AmqpMessage.Create(new Data { Value = new ArraySegment<byte>(sent.Body.ToArray()) });
        message.MessageAnnotations.Map["x-opt-sequence-number"] = sequence;
        message.MessageAnnotations.Map["x-opt-offset"] = OffsetOf(sequence);
        message.MessageAnnotations.Map["x-opt-enqueued-time"] = at;
        if (sent.PartitionKey is { } key)
        {
            message.MessageAnnotations.Map["x-opt-partition-key"] = key;
        }

        if (sent.Id is { } id)
        {
            message.Properties.MessageId = id;
        }

        if (sent.ContentType is { } type)
        {
            message.Properties.ContentType = type;
        }

        foreach (var (name, value) in sent.Properties)
        {
            message.ApplicationProperties.Map[name] = value;
        }

        return message;
    }
}
