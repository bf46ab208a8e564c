using System.Security.Cryptography;
using System.Text.Json;
using EcosystemSilo.Senders.Payloads;
using Microsoft.AspNetCore.Http;

namespace EcosystemSilo.Senders.Schemes.Senders;

/// <summary>
/// Fitbit's subscriptions (dev.fitbit.com, using subscriptions): an array of thin notifications, signed with HMAC-SHA1
/// under the client secret followed by an ampersand. Fitbit wants 404 for what does not verify. The service is being
/// turned off; the scheme remains for what is still sent.
/// </summary>
public sealed class FitbitScheme : IWebhookScheme
{
    private const string SignatureHeader = "X-Fitbit-Signature";
    private const string VerificationCode = "verificationCode";

    private static readonly BodyMac Mac = new(HashAlgorithmName.SHA1, MacText.Base64, KeySuffix: "&");

    public string Name => "fitbit";

    public SchemeFacts Facts { get; } =
        new(
            "Fitbit (legacy)",
            $"{SignatureHeader}: HMAC-SHA1 over the body",
            "In the app's settings at dev.fitbit.com, add the address as a subscriber of type JSON. Copy the client "
                + "secret and the subscriber's verification code from there."
        )
        {
            Handshake = "GET ?verify=, right 204, wrong 404",
            Identity = "none: the same news within 10 seconds is one",
            Secret = SecretOrigin.Sender,
            SecretLabel = "Client secret",
            AnswerWithin = TimeSpan.FromSeconds(5),
            Acknowledgement = Answer.NoContent,
            Settings =
            [
                new(VerificationCode, "Verification code", "The code that Fitbit shows beside the subscriber's URL.")
                {
                    IsSecret = true,
                },
                .. SharedSettings.Api,
            ],
        };

    public IPayloadReader Payload { get; } = new FitbitPayload();

    public Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now) =>
        Admission.CheckBody(request)
        ?? CheckSignature(request, secrets)
        ?? JsonEvents.ReadArray(
            request,
            (JsonElement element, string path, out InboundEvent read) => ReadEvent(element, path, now, out read)
        );

    public Verdict Greet(InboundRequest request, IReadOnlyList<SourceSecret> secrets) =>
        request.Method == HttpMethods.Get
        && TokenText.AreEqual(request.Settings[VerificationCode], request.Query.GetValueOrDefault("verify").ToString())
            ? new Greeted(Answer.NoContent)
            : Rejections.AddressUnknown();

    public IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, SourceSecret secret) =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            [SignatureHeader] = Mac.Sign(secret, prefix: "", delivery.Body.Span),
        };

    private static Rejected? CheckSignature(InboundRequest request, IReadOnlyList<SourceSecret> secrets) =>
        (Admission.CheckHeaders(request.Headers, SignatureHeader) ?? Mac.Check(request, SignatureHeader, secrets))
            is { } rejected
            ? rejected with
            {
                Status = 404,
            }
            : null;

    private static Rejected? ReadEvent(JsonElement element, string path, DateTimeOffset now, out InboundEvent read)
    {
        var fields = new EventReader(element, path);
        var type = fields.Scalar("collectionType");
        string[] identity = [type, fields.Scalar("ownerId"), fields.OptionalScalar("date") ?? ""];
        return fields.Finish(EventFields.NewsId(identity, now), type, occurredAt: null, out read);
    }
}
