using System.Buffers;
using System.Text.Json;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>The small members of a large JSON object: all but the array that holds the mass.</summary>
internal static class JsonHead
{
    /// <summary>
    /// The object without the array; null when it is no strict JSON object, has no such array, or is still large.
    /// </summary>
    public static JsonElement? Read(ReadOnlySpan<byte> body, string except)
    {
        var head = new ArrayBufferWriter<byte>();
        var isThere = false;
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = JsonLimits.DepthMax });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            head.Write("{"u8);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (start, isMass) = ((int)reader.TokenStartIndex, reader.ValueTextEquals(except));
                reader.Skip();
                if (isMass && reader.TokenType == JsonTokenType.EndArray)
                {
                    isThere = true;
                }
                else
                {
                    head.Write(head.WrittenCount > 1 ? ","u8 : default);
                    head.Write(body[start..(int)reader.BytesConsumed]);
                }
            }

            head.Write("}"u8);
        }
        catch (JsonException)
        {
            return null;
        }

        return
            isThere
            && head.WrittenCount <= WebhookLimits.PartBytesMax
            && StrictJson.Parse(head.WrittenSpan, out var read) is null
            ? read
            : null;
    }

    /// <summary>One object of the members of both, which have no name in common.</summary>
    public static JsonElement Join(JsonElement head, JsonElement part)
    {
        var both = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(both))
        {
            writer.WriteStartObject();
            foreach (var member in head.EnumerateObject().Concat(part.EnumerateObject()))
            {
                member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(both.WrittenSpan);
    }
}
