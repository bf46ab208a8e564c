using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>Fields that the events of several schemes have in common.</summary>
public static class EventFields
{
    public static readonly string TypeExpected =
        $"a text of 1 to {WebhookLimits.TypeCharsMax} characters without control characters";

    public static bool TryReadType(JsonElement body, string name, out string type)
    {
        type =
            body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()!
                : "";
        return type.Length is > 0 and <= WebhookLimits.TypeCharsMax && !type.Any(char.IsControl);
    }

    /// <summary>An RFC 3339 time; absent and null are allowed and give null.</summary>
    public static bool TryReadTime(JsonElement body, string name, out DateTimeOffset? time)
    {
        time = null;
        if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (value.ValueKind != JsonValueKind.String || !Rfc3339.TryParse(value.GetString(), out var read))
        {
            return false;
        }

        time = read;
        return true;
    }

    /// <summary>A whole number of units since 1970; absent and null are allowed and give null.</summary>
    public static bool TryReadUnixTime(JsonElement body, string name, TimeSpan unit, out DateTimeOffset? time)
    {
        time = null;
        if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (
            value.ValueKind != JsonValueKind.Number
            || !value.TryGetInt64(out var units)
            || units < 0
            || units > (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch) / unit
        )
        {
            return false;
        }

        time = DateTimeOffset.UnixEpoch + (units * unit);
        return true;
    }

    /// <summary>
    /// The id of a notification that has neither id nor time of its own: it says only that there is news to fetch. The
    /// same again within <see cref="WebhookLimits.SameNewsWindow"/> is an immediate retry; later it is news again.
    /// </summary>
    public static string NewsId(IEnumerable<string> parts, DateTimeOffset now) =>
        JoinId(':', parts.Append($"{(now - DateTimeOffset.UnixEpoch).Ticks / WebhookLimits.SameNewsWindow.Ticks}"));

    /// <summary>The id of an event that has none: its content, however it is written.</summary>
    public static string ContentId(string type, JsonElement content) =>
        JoinId(':', [type, Convert.ToHexStringLower(ContentHash.Of(content).AsSpan(0, 16))]);

    /// <summary>One id of several parts; one that is too long, or not plain text, is replaced by its SHA-256.</summary>
    public static string JoinId(char separator, IEnumerable<string> parts)
    {
        var id = string.Join(separator, parts);
        return id.Length <= WebhookLimits.IdCharsMax && !id.Any(char.IsControl)
            ? id
            : $"sha256-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}";
    }
}
