using System.Text.Json;
using EcosystemSilo.Senders.Json;
using Microsoft.AspNetCore.Http;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>
/// CloudEvents 1.0 over HTTP (github.com/cloudevents/spec, HTTP binding, JSON format and HTTP webhooks) in its binary,
/// structured and batched modes. The sender proves itself by a bearer token; an OPTIONS request asks whether it may
/// deliver here (http-webhook.md).
/// </summary>
public sealed class CloudEventsScheme : IWebhookScheme
{
    private const string BatchPrefix = "application/cloudevents-batch";
    private const string StructuredPrefix = "application/cloudevents";

    public string Name => "cloudevents";

    public SchemeFacts Facts { get; } =
        new(
            "CloudEvents",
            "Authorization: Bearer token",
            "Enter the address and the secret as the bearer token of the subscription or event channel."
        )
        {
            Handshake = "OPTIONS with WebHook-Request-Origin",
            Identity = "source and id",
            SecretLabel = "Bearer token",
        };

    public Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now) =>
        Admission.CheckBody(request) ?? BearerToken.Check(request, secrets) ?? ReadEvents(request);

    public Verdict Greet(InboundRequest request, IReadOnlyList<SourceSecret> secrets)
    {
        if (request.Method != HttpMethods.Options)
        {
            return Rejections.MethodNotAllowed();
        }

        var response = new HeaderDictionary();
        var isGranted = CloudEventsHandshake.TryAnswer(request.Headers, response);
        return new Greeted(
            new Answer(
                isGranted ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
                Headers: response.ToDictionary(header => header.Key, header => header.Value.ToString())
            )
        );
    }

    public string NewSecret() => BearerToken.New();

    public SourceSecret? ReadSecret(string text) => BearerToken.Read(text);

    /// <summary>Headers for the structured mode: the body is the whole event, so id and time stand in it.</summary>
    public IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, SourceSecret secret) =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = $"{StructuredPrefix}+json",
            [BearerToken.Header] = BearerToken.Of(secret),
        };

    /// <summary>
    /// The mode follows from the content type; the batch comes first, because its name begins like the other.
    /// </summary>
    private static Verdict ReadEvents(InboundRequest request)
    {
        var contentType = request.ContentType ?? "";
        if (contentType.StartsWith(BatchPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return ReadDocument(
                request,
                contentType,
                BatchPrefix,
                body => JsonEvents.ReadArray(body, CloudEventJson.Read)
            );
        }

        if (contentType.StartsWith(StructuredPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return ReadDocument(
                request,
                contentType,
                StructuredPrefix,
                body => JsonEvents.ReadOne(body, CloudEventJson.Read)
            );
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
}
