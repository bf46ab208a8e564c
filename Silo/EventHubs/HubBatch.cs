using Orleans.Streaming.EventHubs;
using Orleans.Streams;

namespace EcosystemSilo.Silo.EventHubs;

/// <summary>Messages of one partition that follow each other, as Orleans hands them to their consumer.</summary>
[GenerateSerializer]
[Immutable]
[Alias("ecosystemsilo.hub-batch")]
internal sealed class HubBatch(StreamId streamId, IReadOnlyList<HubMessage> messages) : IBatchContainer
{
    [Id(0)]
    public StreamId StreamId { get; } = streamId;

    [Id(1)]
    public IReadOnlyList<HubMessage> Messages { get; } = messages;

    public StreamSequenceToken SequenceToken => TokenOf(Messages[^1]);

    public static StreamSequenceToken TokenOf(HubMessage message) =>
        new EventHubSequenceTokenV2(message.Offset, message.Sequence, eventIndex: 0);

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() =>
        Messages.OfType<T>().Select((message, at) => Tuple.Create(message, TokenOf(Messages[at])));

    public bool ImportRequestContext() => false;
}
