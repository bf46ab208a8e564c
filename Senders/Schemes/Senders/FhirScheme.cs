using EcosystemSilo.Senders.Payloads;

namespace EcosystemSilo.Senders.Schemes.Senders;

/// <summary>
/// Notifications of FHIR subscriptions: the R4 and R4B backport (hl7.org/fhir/uv/subscriptions-backport) and R5. The
/// sender carries the header that the subscription lists, here a bearer token; some add an <c>X-Hub-Signature</c>.
/// Handshakes and heartbeats are answered and have no effect.
/// </summary>
public sealed class FhirScheme : IWebhookScheme
{
    private const string SignatureHeader = "X-Hub-Signature";
    private const string SignatureSecret = "signatureSecret";
    private const string SignaturePrefix = "sha256=";

    public string Name => "fhir";

    public SchemeFacts Facts { get; } =
        new(
            "FHIR subscriptions (R4, R4B, R5)",
            $"Authorization: Bearer token; {SignatureHeader}: HMAC-SHA256 if set",
            "Create a rest-hook Subscription with the address as endpoint, and \"Authorization: Bearer \" and the secret "
                + "as its header (channel.header in R4, parameter in R5)."
        )
        {
            Handshake = "POST of a handshake Bundle",
            Identity = "subscription and event number",
            SecretLabel = "Bearer token",
            Acknowledgement = Answer.Ok,
            Settings =
            [
                new(
                    SignatureSecret,
                    "Secret of X-Hub-Signature",
                    "Only if the server signs (sha256=...): then every notification must carry it."
                )
                {
                    IsSecret = true,
                    IsValid = text => VendorSecret.Read(text) is not null,
                    Rule = "16 to 256 visible characters",
                },
            ],
        };

    public IPayloadReader Payload { get; } = new FhirPayload();

    public Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now) =>
        Admission.CheckBody(request)
        ?? BearerToken.Check(request, secrets)
        ?? CheckSignature(request)
        ?? JsonEvents.Parse(request, out var bundle)
        ?? FhirNotification.Read(bundle);

    public string NewSecret() => BearerToken.New();

    public SourceSecret? ReadSecret(string text) => BearerToken.Read(text);

    public IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, SourceSecret secret) =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/fhir+json",
            [BearerToken.Header] = BearerToken.Of(secret),
        };

    private static Rejected? CheckSignature(InboundRequest request)
    {
        if (request.Settings[SignatureSecret] is not { } text || VendorSecret.Read(text) is not { } secret)
        {
            return null;
        }

        var signature = request.Headers[SignatureHeader].ToString();
        return Admission.CheckHeaders(request.Headers, SignatureHeader)
            ?? (
                signature.StartsWith(SignaturePrefix, StringComparison.Ordinal)
                && BodyMac.Sha256Hex.IsSigned([secret], [signature[SignaturePrefix.Length..]], "", request.Body.Span)
                    ? null
                    : Rejections.SignatureInvalid(SignatureHeader)
            );
    }
}
