using System.Globalization;
using System.Text.Json;
using EcosystemSilo.Senders.Payloads;

namespace EcosystemSilo.Senders.Schemes.Senders;

/// <summary>
/// WHOOP's webhooks about users (developer.whoop.com, webhooks): a thin notification, signed with HMAC-SHA256 in base64
/// over the timestamp in milliseconds and the body with nothing between.
/// </summary>
public sealed class WhoopScheme : IWebhookScheme
{
    private const string SignatureHeader = "X-WHOOP-Signature";
    private const string TimestampHeader = "X-WHOOP-Signature-Timestamp";

    public string Name => "whoop";

    public SchemeFacts Facts { get; } =
        new(
            "WHOOP",
            $"{SignatureHeader}: HMAC-SHA256 over time and body",
            "In the app at developer.whoop.com, add the address as a webhook URL of version v2, and copy the client "
                + "secret."
        )
        {
            Identity = "trace_id",
            Secret = SecretOrigin.Sender,
            SecretLabel = "Client secret",
            AnswerWithin = TimeSpan.FromSeconds(1),
            Acknowledgement = Answer.NoContent,
            Settings = [SharedSettings.Tolerance, .. SharedSettings.Api],
        };

    public IPayloadReader Payload { get; } = new WhoopPayload();

    public Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now)
    {
        var timestamp = request.Headers[TimestampHeader].ToString();
        var tolerance = SharedSettings.ToleranceOf(request);
        return Admission.CheckBody(request)
            ?? Admission.CheckHeaders(request.Headers, SignatureHeader, TimestampHeader)
            ?? Admission.CheckTimestamp(timestamp, TimestampHeader, TimeSpan.FromMilliseconds(1), tolerance, now)
            ?? BodyMac.Sha256Base64.Check(request, SignatureHeader, secrets, timestamp)
            ?? JsonEvents.ReadOne(request, ReadEvent);
    }

    public IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, SourceSecret secret)
    {
        var timestamp = delivery.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            [TimestampHeader] = timestamp,
            [SignatureHeader] = BodyMac.Sha256Base64.Sign(secret, timestamp, delivery.Body.Span),
        };
    }

    /// <summary>The object's id is a number in version 1 and a UUID in version 2.</summary>
    private static Rejected? ReadEvent(JsonElement element, string path, out InboundEvent read)
    {
        var fields = new EventReader(element, path);
        var type = fields.Scalar("type");
        fields.Scalar("id");
        return fields.Finish(fields.Scalar("trace_id"), type, occurredAt: null, out read);
    }
}
