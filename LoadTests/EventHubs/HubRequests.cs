using System.Collections.Concurrent;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;

namespace EcosystemSilo.LoadTests.EventHubs;

/// <summary>Requests and their answers over a pair of links: <c>$cbs</c> and <c>$management</c>.</summary>
internal sealed class HubRequests(HubBroker broker)
{
    private const string Management = "$management";

    private readonly ConcurrentDictionary<string, SendingAmqpLink> _answers = new(StringComparer.Ordinal);
    private int _tag;

    /// <summary>Whether a link of the client's is for answers; they go to the name that it gives itself.</summary>
    public bool Answers(string address, SendingAmqpLink link)
    {
        if (address is not ("$cbs" or Management))
        {
            return false;
        }

        var name = $"{((Target)link.Settings.Target).Address}";
        _answers[name] = link;
        link.Closed += (_, _) => _answers.TryRemove(name, out _);
        return true;
    }

    public void Listen(ReceivingAmqpLink link)
    {
        var address = $"{((Target)link.Settings.Target).Address}";
        link.Settings.TotalLinkCredit = 100;
        link.Settings.AutoSendFlow = true;
        link.RegisterMessageListener(request =>
        {
            link.DisposeMessage(request, AmqpConstants.AcceptedOutcome, settled: true, batchable: false);
            var answer = address == Management ? Read(request) : PutToken(request);
            answer.Properties.CorrelationId = request.Properties.MessageId;
            if (_answers.TryGetValue($"{request.Properties.ReplyTo}", out var to))
            {
                var tag = BitConverter.GetBytes(Interlocked.Increment(ref _tag));
                to.SendMessageNoWait(answer, new ArraySegment<byte>(tag), AmqpConstants.NullBinary);
            }
        });
    }

    private AmqpMessage PutToken(AmqpMessage request) =>
        broker.Admits(request.ValueBody.Value as string)
            ? Status(AmqpMessage.Create(), 202, "Accepted")
            : Status(AmqpMessage.Create(), 401, "InvalidSignature: The token has an invalid signature.");

    private AmqpMessage Read(AmqpMessage request)
    {
        var asked = request.ApplicationProperties.Map;
        if (!broker.Admits(asked["security_token"] as string))
        {
            return Refuse(401, "The token has an invalid signature.", AmqpErrorCode.UnauthorizedAccess);
        }

        if (asked["name"] as string != broker.Hub)
        {
            return Refuse(404, "There is no such hub.", AmqpErrorCode.NotFound);
        }

        var found =
            asked["type"] as string == "com.microsoft:partition"
                ? PartitionOf((string)asked["partition"])
                : new AmqpMap
                {
                    [new MapKey("name")] = broker.Hub,
                    [new MapKey("created_at")] = DateTime.UnixEpoch,
                    [new MapKey("partition_ids")] = Enumerable
                        .Range(0, broker.Partitions)
                        .Select(partition => $"{partition}")
                        .ToArray(),
                };
        return Status(AmqpMessage.Create(new AmqpValue { Value = found }), 200, "OK");
    }

    private AmqpMap PartitionOf(string partition)
    {
        var last = broker.LogOf(partition).Count - 1;
        return new AmqpMap
        {
            [new MapKey("name")] = broker.Hub,
            [new MapKey("partition")] = partition,
            [new MapKey("begin_sequence_number")] = 0L,
            [new MapKey("last_enqueued_sequence_number")] = last,
            [new MapKey("last_enqueued_offset")] = HubReading.OffsetOf(last),
            [new MapKey("last_enqueued_time_utc")] = DateTime.UnixEpoch,
            [new MapKey("is_partition_empty")] = last < 0,
        };
    }

    private static AmqpMessage Refuse(int code, string why, AmqpSymbol condition)
    {
        var message = Status(AmqpMessage.Create(), code, why);
        message.ApplicationProperties.Map["error-condition"] = condition;
        return message;
    }

    private static AmqpMessage Status(AmqpMessage message, int code, string description)
    {
        message.ApplicationProperties = new ApplicationProperties();
        message.ApplicationProperties.Map["status-code"] = code;
        message.ApplicationProperties.Map["status-description"] = description;
        return message;
    }
}
