using System.Globalization;
using Azure.Messaging.EventHubs;

namespace EcosystemSilo.Silo.EventHubs;

/// <summary>
/// A message of the hub as the stream carries it: what it says of itself, and what was wrong with that. Reading one
/// never fails, because whatever came must end in the journal, as an effect or as a dead letter.
/// </summary>
[GenerateSerializer]
[Immutable]
[Alias("ecosystemsilo.hub-message")]
internal sealed class HubMessage
{
    /// <summary>Who holds it until the journal has it: one reader of one partition, in one process.</summary>
    [Id(0)]
    public Guid Reader { get; init; }

    [Id(1)]
    public string Partition { get; init; } = "";

    /// <summary>Counts the messages of a partition.</summary>
    [Id(2)]
    public long Sequence { get; init; }

    /// <summary>Where the hub finds it again, in the hub's own words.</summary>
    [Id(3)]
    public string Offset { get; init; } = "";

    [Id(4)]
    public DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>The sender's id of what it says; null without one.</summary>
    [Id(5)]
    public string? Id { get; init; }

    /// <summary>Messages with the same one keep their order.</summary>
    [Id(6)]
    public string? PartitionKey { get; init; }

    [Id(7)]
    public string? Ecosystem { get; init; }

    [Id(8)]
    public string? Source { get; init; }

    [Id(9)]
    public string? User { get; init; }

    [Id(10)]
    public string? ContentType { get; init; }

    [Id(11)]
    public byte[] Body { get; init; } = [];

    /// <summary>The rule that the message itself breaks, by its field; null when it breaks none.</summary>
    [Id(12)]
    public string? FaultField { get; init; }

    [Id(13)]
    public string? Fault { get; init; }

    /// <summary>
    /// The message's place in the hub. It has the time as well, because a hub that is made anew counts anew.
    /// </summary>
    public string Place =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"hub:{Partition}/{Sequence}@{EnqueuedAt.ToUnixTimeMilliseconds()}"
        );

    public static HubMessage Of(EventData data, string partition, Guid reader)
    {
        var (body, field, fault) = BodyOf(data);
        var id = data.MessageId;
        if (id is { Length: > 0 } && !IsId(id))
        {
            (id, field, fault) = (
                null,
                "message-id",
                $"must have 1 to {HubLimits.IdCharsMax} visible ASCII characters"
            );
        }

        return new HubMessage
        {
            Reader = reader,
            Partition = partition,
            Sequence = data.SequenceNumber,
            Offset = data.OffsetString,
            EnqueuedAt = data.EnqueuedTime,
            Id = string.IsNullOrEmpty(id) ? null : id,
            PartitionKey = data.PartitionKey is { Length: > 0 and <= HubLimits.PartitionKeyCharsMax } key ? key : null,
            Ecosystem = Property(data, "ecosystem"),
            Source = Property(data, "source"),
            User = Property(data, "user"),
            ContentType = data.ContentType is { Length: <= HubLimits.IdCharsMax } type ? type : null,
            Body = fault is null ? body : [],
            FaultField = field,
            Fault = fault,
        };
    }

    /// <summary>What is held of it, in bytes, with room for its properties.</summary>
    public int Size => Body.Length + 512;

    private static (byte[] Body, string? Field, string? Fault) BodyOf(EventData data)
    {
        try
        {
            var bytes = data.EventBody.ToMemory();
            return bytes.Length <= HubLimits.BodyBytesMax
                ? (bytes.ToArray(), null, null)
                : ([], "body", $"may have {HubLimits.BodyBytesMax} bytes, and has {bytes.Length}");
        }
        catch (NotSupportedException)
        {
            return ([], "body", "must be of AMQP's kind data");
        }
    }

    /// <summary>A text; anything else, and what is too long to be a name, is as good as none.</summary>
    private static string? Property(EventData data, string name) =>
        data.Properties.TryGetValue(name, out var value) && value is string { Length: <= HubLimits.IdCharsMax } text
            ? text
            : null;

    private static bool IsId(string text) =>
        text.Length <= HubLimits.IdCharsMax && text.All(character => character is > ' ' and <= '~');
}
