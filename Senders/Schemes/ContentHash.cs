using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>
/// SHA-256 over what JSON says, not how it is written: members sorted by name, no white space, one way to escape.
/// Senders that retry re-serialise, and a retry must not look like another event under the same id.
/// </summary>
internal static class ContentHash
{
    /// <param name="ignored">A member of the outermost object that a retry changes.</param>
    public static byte[] Of(JsonElement element, string? ignored = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, element, ignored);
        }

        return SHA256.HashData(buffer.WrittenSpan);
    }

    /// <summary>An event of text attributes and data, however both were sent.</summary>
    public static byte[] Of(SortedDictionary<string, string> attributes, JsonElement data)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in attributes)
            {
                writer.WriteString(name, value);
            }

            writer.WritePropertyName("data");
            Write(writer, data, ignored: null);
            writer.WriteEndObject();
        }

        return SHA256.HashData(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element, string? ignored)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    if (member.Name != ignored)
                    {
                        writer.WritePropertyName(member.Name);
                        Write(writer, member.Value, ignored: null);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item, ignored: null);
                }

                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
