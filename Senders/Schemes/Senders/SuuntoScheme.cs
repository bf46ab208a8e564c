using System.Text.Json;
using EcosystemSilo.Senders.Payloads;

namespace EcosystemSilo.Senders.Schemes.Senders;

/// <summary>
/// Suunto (apizone.suunto.com/webhooks): full data, signed with HMAC-SHA256 over the body under the notification
/// secret. The page does not say how the signature is written; integrations see hexadecimal digits. A legacy format is
/// a form instead of JSON.
/// </summary>
public sealed class SuuntoScheme : IWebhookScheme
{
    private const string SignatureHeader = "X-HMAC-SHA256-Signature";
    private const string Encoding = "signatureEncoding";

    public string Name => "suunto";

    public SchemeFacts Facts { get; } =
        new(
            "Suunto",
            $"{SignatureHeader}: HMAC-SHA256 over the body",
            "In the app at apizone.suunto.com, enter the address as the notification URL, and copy the notification "
                + "secret."
        )
        {
            Identity = "type and content",
            Secret = SecretOrigin.Sender,
            SecretLabel = "Notification secret",
            AnswerWithin = TimeSpan.FromSeconds(2),
            Acknowledgement = Answer.Ok,
            Settings =
            [
                new(Encoding, "Encoding of the signature", "hex or base64. Empty: hex, as integrations see it.")
                {
                    IsValid = text => text is "hex" or "base64",
                    Rule = "hex or base64",
                },
            ],
        };

    public IPayloadReader Payload { get; } = new SuuntoPayload();

    public Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now)
    {
        var mac = request.Settings[Encoding] == "base64" ? BodyMac.Sha256Base64 : BodyMac.Sha256Hex;
        return Admission.CheckBody(request)
            ?? Admission.CheckHeaders(request.Headers, SignatureHeader)
            ?? mac.Check(request, SignatureHeader, secrets)
            ?? (
                FormBody.IsForm(request.ContentType)
                    ? FormBody.Parse(request, out var form) ?? JsonEvents.ReadOne(form, ReadEvent)
                    : JsonEvents.ReadOne(request, ReadEvent)
            );
    }

    public IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, SourceSecret secret) =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            [SignatureHeader] = BodyMac.Sha256Hex.Sign(secret, prefix: "", delivery.Body.Span),
        };

    private static Rejected? ReadEvent(JsonElement element, string path, out InboundEvent read)
    {
        var fields = new EventReader(element, path);
        fields.Scalar("username");
        // The legacy form is about workouts alone and names no type.
        var type = fields.OptionalScalar("type") ?? "WORKOUT_CREATED";
        return fields.Finish(EventFields.ContentId(type, element), type, occurredAt: null, out read);
    }
}
