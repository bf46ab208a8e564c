using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using EcosystemSilo.Senders.Json;
using Microsoft.Net.Http.Headers;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>Turns the bytes of an event's data into JSON, by the content type that the event declares.</summary>
internal static class CloudEventData
{
    /// <param name="content">JSON as it is, other text as a string, other bytes as base64; undefined when
    /// empty.</param>
    public static Rejected? Read(ReadOnlySpan<byte> bytes, string? contentType, out JsonElement content)
    {
        content = default;
        if (bytes.IsEmpty)
        {
            return null;
        }

        if (string.IsNullOrEmpty(contentType) || Admission.IsJson(contentType))
        {
            return StrictJson.Parse(bytes, out content) is { } fault ? Rejections.Json(fault) : null;
        }

        var isText =
            MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.Type.Equals("text", StringComparison.OrdinalIgnoreCase)
            && Admission.IsUtf8(type)
            && Utf8.IsValid(bytes)
            && !bytes.Contains((byte)0);
        var text = isText ? Encoding.UTF8.GetString(bytes) : Convert.ToBase64String(bytes);
        content = JsonElement.Parse($"\"{JsonEncodedText.Encode(text)}\"");
        return null;
    }
}
