using System.Text.Json;
using EcosystemSilo.Senders.Payloads;

namespace EcosystemSilo.Senders.Schemes.Senders;

/// <summary>
/// Polar AccessLink (polar.com, AccessLink API, webhooks): a thin notification, signed with HMAC-SHA256 in hexadecimal
/// digits over the body. The PING of its handshake comes before anybody has the secret, so it is answered unsigned.
/// </summary>
public sealed class PolarScheme : IWebhookScheme
{
    private const string SignatureHeader = "Polar-Webhook-Signature";
    private const string EventHeader = "Polar-Webhook-Event";
    private const string Ping = "PING";

    public string Name => "polar";

    public SchemeFacts Facts { get; } =
        new(
            "Polar AccessLink",
            $"{SignatureHeader}: HMAC-SHA256 over the body",
            "Create this source without a secret, then the webhook with POST /v3/webhooks and the address as url. Polar "
                + "shows signature_secret_key once: rotate this source's secret to it, with no overlap."
        )
        {
            Handshake = "POST of a PING, unsigned",
            Identity = "event, user, entity or date, and timestamp",
            Secret = SecretOrigin.Sender,
            SecretLabel = "signature_secret_key",
            Acknowledgement = Answer.Ok,
            Settings = SharedSettings.Api,
        };

    public IPayloadReader Payload { get; } = new PolarPayload();

    public Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now)
    {
        if (request.Headers[EventHeader] == Ping && !request.Headers.ContainsKey(SignatureHeader))
        {
            return new Greeted(Answer.Ok);
        }

        return Admission.CheckBody(request)
            ?? Admission.CheckHeaders(request.Headers, SignatureHeader)
            ?? BodyMac.Sha256Hex.Check(request, SignatureHeader, secrets)
            ?? ReadSigned(request);
    }

    public IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, SourceSecret secret) =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            [SignatureHeader] = BodyMac.Sha256Hex.Sign(secret, prefix: "", delivery.Body.Span),
        };

    private static Verdict ReadSigned(InboundRequest request)
    {
        var verdict = JsonEvents.ReadOne(request, ReadEvent);
        return verdict is Verified { Events: [{ Type: Ping }] } ? new Greeted(Answer.Ok) : verdict;
    }

    private static Rejected? ReadEvent(JsonElement element, string path, out InboundEvent read)
    {
        var fields = new EventReader(element, path);
        var type = fields.Scalar("event");
        var id = fields.Id("event", "user_id", "entity_id", "date", "timestamp");
        return fields.Finish(id, type, fields.Time("timestamp"), out read);
    }
}
