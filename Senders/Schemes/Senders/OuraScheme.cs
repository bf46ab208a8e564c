using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using EcosystemSilo.Senders.Payloads;
using Microsoft.AspNetCore.Http;

namespace EcosystemSilo.Senders.Schemes.Senders;

/// <summary>
/// Oura API v2 (cloud.ouraring.com, OpenAPI document): a thin notification, signed with HMAC-SHA256 in upper-case
/// hexadecimal digits over the timestamp and the body with nothing between. Never answers 410: that would end the
/// subscription.
/// </summary>
public sealed class OuraScheme : IWebhookScheme
{
    private const string SignatureHeader = "x-oura-signature";
    private const string TimestampHeader = "x-oura-timestamp";
    private const string VerificationToken = "verificationToken";

    private static readonly BodyMac Mac = new(HashAlgorithmName.SHA256, MacText.UpperHex);

    public string Name => "oura";

    public SchemeFacts Facts { get; } =
        new(
            "Oura",
            $"{SignatureHeader}: HMAC-SHA256 over time and body",
            "Create a subscription with POST /v2/webhook/subscription, the address as callback_url and a verification "
                + "token of your choice. Copy the client secret from the application at cloud.ouraring.com."
        )
        {
            Handshake = "GET ?verification_token=&challenge=, repeated as JSON",
            Identity = "data_type, object_id and event_time",
            Secret = SecretOrigin.Sender,
            SecretLabel = "Client secret",
            AnswerWithin = TimeSpan.FromSeconds(10),
            Settings =
            [
                new(VerificationToken, "Verification token", "The verification_token that the subscription was given.")
                {
                    IsSecret = true,
                },
                SharedSettings.Tolerance,
                .. SharedSettings.Api,
            ],
        };

    public IPayloadReader Payload { get; } = new OuraPayload();

    public Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now)
    {
        var timestamp = request.Headers[TimestampHeader].ToString();
        var tolerance = SharedSettings.ToleranceOf(request);
        return Admission.CheckBody(request)
            ?? Admission.CheckHeaders(request.Headers, SignatureHeader, TimestampHeader)
            ?? Admission.CheckTimestamp(timestamp, TimestampHeader, TimeSpan.FromSeconds(1), tolerance, now)
            ?? Mac.Check(request, SignatureHeader, secrets, timestamp)
            ?? JsonEvents.ReadOne(request, ReadEvent);
    }

    public Verdict Greet(InboundRequest request, IReadOnlyList<SourceSecret> secrets)
    {
        if (request.Method != HttpMethods.Get)
        {
            return Rejections.MethodNotAllowed();
        }

        var token = request.Query.GetValueOrDefault("verification_token").ToString();
        return TokenText.AreEqual(request.Settings[VerificationToken], token)
            ? Challenge.Repeat(request, "challenge")
            : Rejections.HandshakeRefused("verification_token", "the source's verificationToken") with
            {
                Status = 401,
            };
    }

    public IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, SourceSecret secret)
    {
        var timestamp = delivery.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            [TimestampHeader] = timestamp,
            [SignatureHeader] = Mac.Sign(secret, timestamp, delivery.Body.Span),
        };
    }

    private static Rejected? ReadEvent(JsonElement element, string path, out InboundEvent read)
    {
        var fields = new EventReader(element, path);
        var type = $"{fields.Scalar("data_type")}.{fields.Scalar("event_type")}";
        fields.Scalar("object_id");
        // Some integrations see timestamp where the documentation has event_time.
        var id = fields.Id("data_type", "event_type", "object_id", "user_id", "event_time", "timestamp");
        return fields.Finish(id, type, fields.Time("event_time"), out read);
    }
}
