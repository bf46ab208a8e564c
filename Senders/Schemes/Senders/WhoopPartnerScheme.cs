using System.Text.Json;

namespace EcosystemSilo.Senders.Schemes.Senders;

/// <summary>
/// WHOOP's webhooks for partners (developer.whoop.com, partner: handle webhooks): HMAC-SHA256 in hexadecimal digits
/// over the body, no timestamp, and an answer of 204 within a second. Its events are about laboratory orders and
/// reports and name no user, so there is nothing of wearables to read in them.
/// </summary>
public sealed class WhoopPartnerScheme : IWebhookScheme
{
    private const string SignatureHeader = "WHOOP-Signed";

    public string Name => "whoop-partner";

    public SchemeFacts Facts { get; } =
        new(
            "WHOOP for partners",
            $"{SignatureHeader}: HMAC-SHA256 over the body",
            "Give the address to WHOOP's partner team, and paste the partner secret that they give you."
        )
        {
            Identity = "none: the same news within 10 seconds is one",
            Secret = SecretOrigin.Sender,
            SecretLabel = "Partner secret",
            AnswerWithin = TimeSpan.FromSeconds(1),
            Acknowledgement = Answer.NoContent,
        };

    public Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now) =>
        Admission.CheckBody(request)
        ?? Admission.CheckHeaders(request.Headers, SignatureHeader)
        ?? BodyMac.Sha256Hex.Check(request, SignatureHeader, secrets)
        ?? JsonEvents.ReadOne(
            request,
            (JsonElement element, string path, out InboundEvent read) => ReadEvent(element, path, now, out read)
        );

    public IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, SourceSecret secret) =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            [SignatureHeader] = BodyMac.Sha256Hex.Sign(secret, prefix: "", delivery.Body.Span),
        };

    private static Rejected? ReadEvent(JsonElement element, string path, DateTimeOffset now, out InboundEvent read)
    {
        var fields = new EventReader(element, path);
        var type = fields.Scalar("event_type");
        var id = EventFields.NewsId([type, fields.Scalar("resource_id")], now);
        return fields.Finish(id, type, occurredAt: null, out read);
    }
}
