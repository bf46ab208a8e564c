using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Silo.Outbound;
using EcosystemSilo.Silo.Reactions;
using EcosystemSilo.Silo.WearableStreams;

namespace EcosystemSilo.Silo.Projections;

/// <summary>
/// The stored form of rows. Changing a row's shape means a new name in <see cref="ReadModelReader.Name"/>.
/// </summary>
[JsonSerializable(typeof(PartnerRow))]
[JsonSerializable(typeof(DealRow))]
[JsonSerializable(typeof(CustomerProgramRow))]
[JsonSerializable(typeof(EnrolmentRow))]
[JsonSerializable(typeof(DeliveryRow))]
[JsonSerializable(typeof(SourceRow))]
[JsonSerializable(typeof(CountsRow))]
[JsonSerializable(typeof(ApiKeyRow))]
[JsonSerializable(typeof(BoardRow))]
[JsonSerializable(typeof(PersonRow))]
[JsonSerializable(typeof(StreamRow))]
[JsonSerializable(typeof(SourceOrder))]
[JsonSerializable(typeof(GoneRecords))]
[JsonSerializable(typeof(EndpointRow))]
[JsonSerializable(typeof(NotificationRow))]
[JsonSerializable(typeof(WaitingRow))]
[JsonSerializable(typeof(SubscriberRow))]
[JsonSerializable(typeof(LaneRow))]
[JsonSerializable(typeof(ParkedRow))]
internal sealed partial class RowJson : JsonSerializerContext
{
    public static JsonSerializerOptions Stored { get; } = CreateOptions();

    public static ReadOnlyMemory<byte> Write(object row) =>
        JsonSerializer.SerializeToUtf8Bytes(row, Stored.GetTypeInfo(row.GetType()));

    /// <summary>The stored form; null, which deletes, for a row that is gone.</summary>
    public static ReadOnlyMemory<byte>? WriteIfAny(object? row)
    {
        // Not by ?:, which would take null for an empty array and store that.
        if (row is null)
        {
            return null;
        }

        return Write(row);
    }

    public static TRow Read<TRow>(ReadOnlyMemory<byte> stored) =>
        JsonSerializer.Deserialize(stored.Span, (JsonTypeInfo<TRow>)Stored.GetTypeInfo(typeof(TRow)))
        ?? throw new InvalidOperationException($"A stored {typeof(TRow).Name} is null.");

    private static JsonSerializerOptions CreateOptions()
    {
        // What follows from the rest of a row is not stored: every start would read it again.
        var options = new JsonSerializerOptions(Wire.Options) { IgnoreReadOnlyProperties = true };
        options.TypeInfoResolverChain.Add(new RowJson());
        options.MakeReadOnly();
        return options;
    }
}
