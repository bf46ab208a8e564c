using System.Text.Json;

namespace EcosystemSilo.Senders.Schemes.Senders;

/// <summary>
/// Stripe (github.com/stripe/stripe-go, webhook/client.go): <c>Stripe-Signature: t=..,v1=..</c>, HMAC-SHA256 over
/// <c>t.body</c>. The key is the whole text of the secret with its <c>whsec_</c>, unlike in Standard Webhooks. Events
/// of v1, and the thin ones of v2.
/// </summary>
public sealed class StripeScheme : IWebhookScheme
{
    private const string SignatureHeader = "Stripe-Signature";
    private const string SecretPrefix = "whsec_";

    /// <summary>How many endpoints still wait for the event: the one member that a retry changes.</summary>
    private const string PendingWebhooks = "pending_webhooks";

    public string Name => "stripe";

    public SchemeFacts Facts { get; } =
        new(
            "Stripe",
            $"{SignatureHeader}: HMAC-SHA256 over time and body",
            "In Stripe's Workbench, add the address as an event destination, and copy the signing secret (whsec_...)."
        )
        {
            Identity = "id",
            Secret = SecretOrigin.Sender,
            SecretLabel = "Signing secret",
        };

    public Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now) =>
        Admission.CheckBody(request)
        ?? TimedSignature.Check(request, SignatureHeader, secrets, WebhookLimits.TimestampTolerance, now)
        ?? JsonEvents.ReadOne(request, ReadEvent);

    public string NewSecret() => SecretPrefix + VendorSecret.New();

    public SourceSecret? ReadSecret(string text) =>
        text.StartsWith(SecretPrefix, StringComparison.Ordinal) ? VendorSecret.Read(text) : null;

    public IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, SourceSecret secret) =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json; charset=utf-8",
            [SignatureHeader] = TimedSignature.Sign(delivery, secret),
        };

    private static Rejected? ReadEvent(JsonElement element, string path, out InboundEvent read)
    {
        var fields = new EventReader(element, path);
        var isThin = fields.OptionalScalar("object") == "v2.core.event";
        var created = isThin ? fields.Time("created") : fields.UnixTime("created", TimeSpan.FromSeconds(1));
        return fields.Finish(fields.Scalar("id"), fields.Scalar("type"), created, out read, PendingWebhooks);
    }
}
