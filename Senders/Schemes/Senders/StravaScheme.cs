using System.Text.Json;
using EcosystemSilo.Senders.Payloads;
using Microsoft.AspNetCore.Http;

namespace EcosystemSilo.Senders.Schemes.Senders;

/// <summary>
/// Strava (developers.strava.com/docs/webhooks). The documentation shows no signature, so the secret stands in the
/// address. Some applications receive <c>X-Strava-Signature: t=..,v1=..</c>: with the client secret as a setting, it is
/// required and checked besides.
/// </summary>
public sealed class StravaScheme : IWebhookScheme
{
    private const string SignatureHeader = "X-Strava-Signature";
    private const string VerifyToken = "verifyToken";
    private const string SubscriptionId = "subscriptionId";
    private const string ClientSecret = "clientSecret";

    public string Name => "strava";

    public SchemeFacts Facts { get; } =
        new(
            "Strava",
            "secret address; the signature and the subscription's id if set",
            "Create the push subscription with POST /api/v3/push_subscriptions, the address as callback_url and a "
                + "verify_token of your choice; its answer has the subscription's id."
        )
        {
            Handshake = "GET ?hub.verify_token=&hub.challenge=, repeated as JSON",
            Identity = "object, aspect, event_time and content",
            Secret = SecretOrigin.Address,
            SecretLabel = "Secret of the address",
            AnswerWithin = TimeSpan.FromSeconds(2),
            Acknowledgement = Answer.Ok,
            Settings =
            [
                new(VerifyToken, "Verify token", "The verify_token that the subscription is created with.")
                {
                    IsSecret = true,
                },
                new(SubscriptionId, "Subscription id", "Only its deliveries are taken. Empty: any subscription's."),
                new(
                    ClientSecret,
                    "Client secret",
                    "Only if your application receives X-Strava-Signature: then every delivery must carry it."
                )
                {
                    IsSecret = true,
                    IsValid = text => VendorSecret.Read(text) is not null,
                    Rule = "16 to 256 visible characters",
                },
                .. SharedSettings.Api,
            ],
        };

    public IPayloadReader Payload { get; } = new StravaPayload();

    public Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now) =>
        AddressToken.Check(request, secrets)
        ?? Admission.CheckBody(request)
        ?? CheckSignature(request, now)
        ?? JsonEvents.ReadOne(
            request,
            (JsonElement element, string path, out InboundEvent read) =>
                ReadEvent(element, path, request.Settings[SubscriptionId], out read)
        );

    public Verdict Greet(InboundRequest request, IReadOnlyList<SourceSecret> secrets)
    {
        if (AddressToken.Check(request, secrets) is { } unknown)
        {
            return unknown;
        }

        var query = request.Query;
        var isKnown =
            request.Method == HttpMethods.Get
            && query.GetValueOrDefault("hub.mode") == "subscribe"
            && TokenText.AreEqual(
                request.Settings[VerifyToken],
                query.GetValueOrDefault("hub.verify_token").ToString()
            );
        return isKnown
            ? Challenge.Repeat(request, "hub.challenge")
            : Rejections.HandshakeRefused("hub.verify_token", "the source's verifyToken, in a GET to subscribe");
    }

    public string NewSecret() => AddressToken.New();

    public SourceSecret? ReadSecret(string text) => AddressToken.Read(text);

    public IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, SourceSecret secret) =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json" };

    private static Rejected? CheckSignature(InboundRequest request, DateTimeOffset now) =>
        request.Settings[ClientSecret] is { } text && VendorSecret.Read(text) is { } secret
            ? TimedSignature.Check(request, SignatureHeader, [secret], WebhookLimits.TimestampTolerance, now)
            : null;

    /// <summary>Two changes of one object may fall into one second; their content tells them apart.</summary>
    private static Rejected? ReadEvent(JsonElement element, string path, string? subscription, out InboundEvent read)
    {
        var fields = new EventReader(element, path);
        var type = $"{fields.Scalar("object_type")}.{fields.Scalar("aspect_type")}";
        fields.Scalar("object_id");
        var occurredAt = fields.UnixTime("event_time", TimeSpan.FromSeconds(1));
        var id = EventFields.ContentId(fields.Id("object_type", "object_id", "aspect_type", "event_time"), element);
        var fault = fields.Finish(id, type, occurredAt, out read);
        return fault is null && subscription is not null && fields.OptionalScalar("subscription_id") != subscription
            ? Rejections.NotOfThisSource($"{path}.subscription_id", SubscriptionId)
            : fault;
    }
}
