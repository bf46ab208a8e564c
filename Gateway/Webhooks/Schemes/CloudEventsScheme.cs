using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EcosystemSilo.Gateway.Json;

namespace EcosystemSilo.Gateway.Webhooks.Schemes;

/// <summary>
/// CloudEvents 1.0 over HTTP (github.com/cloudevents/spec, HTTP binding, JSON format and HTTP webhooks) in its binary,
/// structured and batched modes. The sender proves itself by a bearer token in the Authorization header; the token in
/// the query, which the specification also knows, is not taken because query strings end up in logs. A bearer token
/// does not protect the body: that is left to TLS.
/// </summary>
public sealed class CloudEventsScheme : IWebhookScheme
{
    private const string Authorization = "Authorization";
    private const string TokenPrefix = "Bearer ";
    private const string BatchPrefix = "application/cloudevents-batch";
    private const string StructuredPrefix = "application/cloudevents";

    public string Name => "cloudevents";

    public Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now) =>
        Admission.CheckBody(request)
        ?? Admission.CheckHeaders(request.Headers, Authorization)
        ?? CheckToken(request.Headers.Authorization.ToString(), secrets)
        ?? ReadEvents(request);

    public string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>A token of 24 to 512 characters as RFC 6750 section 2.1 allows them.</summary>
    public SourceSecret? ReadSecret(string text) =>
        text.Length is >= 24 and <= 512 && text.All(c => char.IsAsciiLetterOrDigit(c) || "-._~+/=".Contains(c))
            ? new SourceSecret(Encoding.ASCII.GetBytes(text))
            : null;

    /// <summary>Headers for the structured mode: the body is the whole event, so id and time stand in it.</summary>
    public IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, SourceSecret secret) =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = $"{StructuredPrefix}+json",
            [Authorization] = TokenPrefix + Encoding.ASCII.GetString(secret.Key),
        };

    private static Rejected? CheckToken(string header, IReadOnlyList<SourceSecret> secrets)
    {
        if (
            header.Length > WebhookLimits.SignatureHeaderCharsMax
            || !header.StartsWith(TokenPrefix, StringComparison.OrdinalIgnoreCase)
        )
        {
            return Rejections.SignatureInvalid(Authorization);
        }

        // UTF-8, not ASCII: a foreign character must not turn into the question mark that a token could contain.
        var token = Encoding.UTF8.GetBytes(header[TokenPrefix.Length..]);
        var matched = false;
        for (var i = 0; i < secrets.Count; i++)
        {
            matched |= CryptographicOperations.FixedTimeEquals(secrets[i].Key, token);
        }

        return matched ? null : Rejections.SignatureInvalid(Authorization);
    }

    /// <summary>
    /// The mode follows from the content type; the batch comes first, because its name begins like the other.
    /// </summary>
    private static Verdict ReadEvents(InboundRequest request)
    {
        var contentType = request.ContentType ?? "";
        if (contentType.StartsWith(BatchPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return ReadDocument(request, contentType, BatchPrefix, ReadBatch);
        }

        if (contentType.StartsWith(StructuredPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return ReadDocument(request, contentType, StructuredPrefix, ReadStructured);
        }

        return CloudEventBinary.Read(request, out var read) ?? (Verdict)Verified.Of([read]);
    }

    private static Verdict ReadDocument(
        InboundRequest request,
        string contentType,
        string prefix,
        Func<JsonElement, Verdict> read
    )
    {
        var format = contentType.AsSpan(prefix.Length);
        var isJson = format.StartsWith("+json", StringComparison.OrdinalIgnoreCase) && Admission.IsJson(contentType);
        if (!isJson)
        {
            return Rejections.ContentTypeUnsupported($"{prefix}+json, in UTF-8");
        }

        return StrictJson.Parse(request.Body.Span, out var body) is { } fault ? Rejections.Json(fault) : read(body);
    }

    private static Verdict ReadStructured(JsonElement body) =>
        CloudEventJson.Read(body, "$", out var read) ?? (Verdict)Verified.Of([read]);

    private static Verdict ReadBatch(JsonElement body)
    {
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
            if (CloudEventJson.Read(element, $"$[{events.Count}]", out var read) is { } refused)
            {
                return refused;
            }

            events.Add(read);
        }

        return Verified.Of(events);
    }
}
