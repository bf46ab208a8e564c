using System.Globalization;
using System.Text;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>
/// HubSpot's webhooks with the v3 signature (developers.hubspot.com, request validation and webhooks guide):
/// HMAC-SHA256 with the app's client secret over method, URL, body and timestamp in milliseconds, nothing between.
/// The body is an array of up to 100 events of any types.
/// </summary>
public sealed class HubSpotV3Scheme : IWebhookScheme
{
    private const string SignatureHeader = "X-HubSpot-Signature-v3";
    private const string TimestampHeader = "X-HubSpot-Request-Timestamp";

    public string Name => "hubspot-v3";

    public SchemeFacts Facts { get; } =
        new(
            "HubSpot v3",
            $"{SignatureHeader}: HMAC-SHA256 over method, URL, body and time",
            "In the app's settings at HubSpot, enter the address as the target URL of its webhooks, and copy the client "
                + "secret from the tab Auth."
        )
        {
            Identity = HubSpotEvents.IdentityInWords,
            Secret = SecretOrigin.Sender,
            SecretLabel = "Client secret",
            AnswerWithin = TimeSpan.FromSeconds(5),
        };

    public Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now) =>
        Admission.CheckBody(request)
        ?? Admission.CheckHeaders(request.Headers, SignatureHeader, TimestampHeader)
        ?? Admission.CheckTimestamp(request, TimestampHeader, TimeSpan.FromMilliseconds(1), now)
        ?? CheckSignature(request, secrets)
        ?? JsonEvents.ReadArray(request, HubSpotEvents.Read);

    public string NewSecret() => HubSpotEvents.NewSecret();

    public SourceSecret? ReadSecret(string text) => HubSpotEvents.ReadSecret(text);

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
}
