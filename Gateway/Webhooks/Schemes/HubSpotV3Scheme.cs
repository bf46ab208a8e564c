using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EcosystemSilo.Gateway.Json;

namespace EcosystemSilo.Gateway.Webhooks.Schemes;

/// <summary>
/// HubSpot's webhooks with the v3 signature (developers.hubspot.com, request validation and webhooks guide):
/// HMAC-SHA256 with the app's client secret over method, URL, body and timestamp in milliseconds, nothing between.
/// The body is an array of up to 100 events of any types.
/// </summary>
public sealed class HubSpotV3Scheme : IWebhookScheme
{
    private const string SignatureHeader = "X-HubSpot-Signature-v3";
    private const string TimestampHeader = "X-HubSpot-Request-Timestamp";

    /// <summary>Which attempt this is: the one member of an event that a retry changes.</summary>
    private const string AttemptNumber = "attemptNumber";

    /// <summary>
    /// What makes an event unique. HubSpot does not promise that eventId alone does, one app's subscription serves many
    /// portals, and an event about an association has two objects instead of one.
    /// </summary>
    private static readonly string[] Identity =
    [
        "eventId",
        "subscriptionId",
        "portalId",
        "objectId",
        "fromObjectId",
        "toObjectId",
        "occurredAt",
        "propertyName",
    ];

    public string Name => "hubspot-v3";

    public Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now) =>
        Admission.CheckBody(request)
        ?? Admission.CheckHeaders(request.Headers, SignatureHeader, TimestampHeader)
        ?? Admission.CheckTimestamp(request, TimestampHeader, TimeSpan.FromMilliseconds(1), now)
        ?? CheckSignature(request, secrets)
        ?? Admission.CheckJson(request.ContentType)
        ?? ReadBatch(request);

    /// <summary>
    /// A stand-in in the form of HubSpot's own; the real one comes from the app's settings at HubSpot.
    /// </summary>
    public string NewSecret() => new Guid(RandomNumberGenerator.GetBytes(16)).ToString();

    /// <summary>The app's client secret: HubSpot shows a UUID, of which the text is the key.</summary>
    public SourceSecret? ReadSecret(string text) =>
        text.Length is >= 32 and <= 256 && text.All(c => c is > ' ' and <= '~')
            ? new SourceSecret(Encoding.ASCII.GetBytes(text))
            : null;

    public IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, SourceSecret secret)
    {
        var timestamp = delivery.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        using var content = Gather(delivery.Method, delivery.Url, delivery.Body.Span, timestamp);
        return new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            [TimestampHeader] = timestamp,
            [SignatureHeader] = content.Sign(secret),
        };
    }

    private static Rejected? CheckSignature(InboundRequest request, IReadOnlyList<SourceSecret> secrets)
    {
        var signature = request.Headers[SignatureHeader].ToString();
        if (signature.Length != SignedContent.SignatureChars || request.Url.Length > WebhookLimits.UrlCharsMax)
        {
            return Rejections.SignatureInvalid(SignatureHeader);
        }

        Span<byte> candidate = stackalloc byte[SignedContent.SignatureChars];
        Encoding.ASCII.GetBytes(signature, candidate);
        var timestamp = request.Headers[TimestampHeader].ToString();
        using var content = Gather(request.Method, request.Url, request.Body.Span, timestamp);
        return content.IsSigned(secrets, candidate) ? null : Rejections.SignatureInvalid(SignatureHeader);
    }

    private static SignedContent Gather(string method, string url, ReadOnlySpan<byte> body, string timestamp)
    {
        var decoded = HubSpotUrl.Decode(url);
        var content = new SignedContent(
            Encoding.UTF8.GetMaxByteCount(method.Length + decoded.Length + timestamp.Length) + body.Length
        );
        content.Append(method);
        content.Append(decoded);
        content.Append(body);
        content.Append(timestamp);
        return content;
    }

    private static Verdict ReadBatch(InboundRequest request)
    {
        if (StrictJson.Parse(request.Body.Span, out var body) is { } fault)
        {
            return Rejections.Json(fault);
        }

        if (body.ValueKind != JsonValueKind.Array)
        {
            return Rejections.BodyMalformed("$", "an array of events");
        }

        if (body.GetArrayLength() > WebhookLimits.EventsPerDeliveryMax)
        {
            return Rejections.BatchTooLarge(body.GetArrayLength());
        }

        var events = new List<InboundEvent>(body.GetArrayLength());
        foreach (var element in body.EnumerateArray())
        {
            if (ReadEvent(element, $"$[{events.Count}]", out var read) is { } refused)
            {
                return refused;
            }

            events.Add(read);
        }

        return Verified.Of(events);
    }

    private static Rejected? ReadEvent(JsonElement element, string path, out InboundEvent read)
    {
        read = null!;
        if (element.ValueKind != JsonValueKind.Object)
        {
            return Rejections.BodyMalformed(path, "an object");
        }

        // The documentation's own examples have eventType in places.
        if (
            !EventFields.TryReadType(element, "subscriptionType", out var type)
            && !EventFields.TryReadType(element, "eventType", out type)
        )
        {
            return Rejections.BodyMalformed($"{path}.subscriptionType", EventFields.TypeExpected);
        }

        if (!TryReadOccurredAt(element, out var occurredAt))
        {
            return Rejections.BodyMalformed($"{path}.occurredAt", "a time in Unix milliseconds");
        }

        if (!TryReadId(element, out var id))
        {
            return Rejections.BodyMalformed($"{path}.eventId", "a whole number or a text");
        }

        read = new InboundEvent(id, type, occurredAt, element, ContentHash.Of(element, AttemptNumber));
        return null;
    }

    private static bool TryReadOccurredAt(JsonElement element, out DateTimeOffset? occurredAt)
    {
        occurredAt = null;
        if (!element.TryGetProperty("occurredAt", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (
            value.ValueKind != JsonValueKind.Number
            || !value.TryGetInt64(out var milliseconds)
            || milliseconds < 0
            || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        )
        {
            return false;
        }

        occurredAt = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return true;
    }

    private static bool TryReadId(JsonElement element, out string id)
    {
        var parts = Identity.Select(name =>
            element.TryGetProperty(name, out var part) && part.ValueKind != JsonValueKind.Null ? part.ToString() : ""
        );
        id = EventFields.JoinId(':', parts);
        return element.TryGetProperty(Identity[0], out var eventId)
            && (
                (eventId.ValueKind == JsonValueKind.Number && eventId.TryGetInt64(out _))
                || (eventId.ValueKind == JsonValueKind.String && eventId.GetString()!.Length > 0)
            );
    }
}
