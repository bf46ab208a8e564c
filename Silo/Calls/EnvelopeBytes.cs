using System.Buffers;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Silo.Calls;

/// <summary>
/// An envelope as bytes: a JSON object whose message goes by its stable name and version, as events do in the journal.
/// </summary>
internal static class EnvelopeBytes
{
    public static void Write(IBufferWriter<byte> output, Envelope envelope)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        if (envelope.Target is { } target)
        {
            json.WriteString("target"u8, target.ToString());
        }

        if (envelope.Ask is { } ask)
        {
            json.WritePropertyName("ask"u8);
            JsonSerializer.Serialize(json, ask, Wire.Options.GetTypeInfo(typeof(Ask)));
        }

        if (envelope.At is { } at)
        {
            json.WriteNumber("atLeast"u8, at.AtLeast);
            json.WriteNumber("patience"u8, at.Patience.Ticks);
            if (at.Exactly is { } exactly)
            {
                json.WriteNumber("exactly"u8, exactly);
            }
        }

        if (envelope.Version is { } version)
        {
            json.WriteNumber("at"u8, version);
        }

        if (envelope.Message is { } message)
        {
            var wire = Wire.Of(message);
            json.WriteString("name"u8, wire.Name);
            json.WriteNumber("version"u8, wire.Version);
            json.WritePropertyName("message"u8);
            JsonSerializer.Serialize(json, message, wire.Json);
        }

        json.WriteEndObject();
    }

    /// <exception cref="JsonException">These are no bytes of an envelope.</exception>
    /// <exception cref="InvalidOperationException">The message is one that this build does not know.</exception>
    public static Envelope Read(ReadOnlySpan<byte> bytes)
    {
        var json = new Utf8JsonReader(bytes);
        var envelope = new Envelope(Message: null);
        var (name, version) = ("", 0);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var member = json.GetString();
            json.Read();
            switch (member)
            {
                case "target":
                    envelope = envelope with { Target = GrainKey.Parse(json.GetString()!) };
                    break;
                case "ask":
                    var ask = JsonSerializer.Deserialize(ref json, Wire.Options.GetTypeInfo(typeof(Ask)));
                    envelope = envelope with { Ask = (Ask)ask! };
                    break;
                case "atLeast":
                    envelope = envelope with { At = new ReadAt(json.GetInt64()) };
                    break;
                case "patience":
                    envelope = envelope with { At = envelope.At!.Value with { Patience = new(json.GetInt64()) } };
                    break;
                case "exactly":
                    envelope = envelope with { At = envelope.At!.Value with { Exactly = json.GetInt64() } };
                    break;
                case "at":
                    envelope = envelope with { Version = json.GetInt64() };
                    break;
                case "name":
                    name = json.GetString()!;
                    break;
                case "version":
                    version = json.GetInt32();
                    break;
                case "message":
                    envelope = envelope with { Message = ReadMessage(ref json, name, version) };
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return envelope;
    }

    private static object ReadMessage(ref Utf8JsonReader json, string name, int version)
    {
        var wire =
            Wire.Find(name, version)
            ?? throw new InvalidOperationException(
                $"A call carries {name} v{version}, which this build does not know."
            );
        return JsonSerializer.Deserialize(ref json, wire.Json) ?? throw new JsonException($"A {name} is null.");
    }
}
