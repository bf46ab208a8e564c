using System.Security.Cryptography;
using System.Text;

namespace EcosystemSilo.Senders.Schemes.Senders;

/// <summary>
/// HubSpot's older signatures (developers.hubspot.com, request validation): a plain SHA-256 in hexadecimal digits over
/// the client secret and the body (v1, CRM webhooks), with method and URL between them (v2). Neither has a timestamp,
/// so a replay is recognised by the events' ids alone; v3 is to be preferred.
/// </summary>
public sealed class HubSpotLegacyScheme(int version) : IWebhookScheme
{
    private const string SignatureHeader = "X-HubSpot-Signature";

    public string Name => $"hubspot-v{version}";

    public SchemeFacts Facts { get; } =
        new(
            $"HubSpot v{version}",
            version == 1
                ? $"{SignatureHeader}: SHA-256 over secret and body"
                : $"{SignatureHeader}: SHA-256 over secret, method, URL and body",
            "Only for apps that HubSpot does not sign v3 for. In the app's settings, enter the address as the target URL, "
                + "and copy the client secret from the tab Auth."
        )
        {
            Identity = HubSpotEvents.IdentityInWords,
            Secret = SecretOrigin.Sender,
            SecretLabel = "Client secret",
            AnswerWithin = TimeSpan.FromSeconds(5),
        };

    public Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now) =>
        Admission.CheckBody(request)
        ?? Admission.CheckHeaders(request.Headers, SignatureHeader)
        ?? CheckSignature(request, secrets)
        ?? JsonEvents.ReadArray(request, HubSpotEvents.Read);

    public string NewSecret() => HubSpotEvents.NewSecret();

    public SourceSecret? ReadSecret(string text) => HubSpotEvents.ReadSecret(text);

    public IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, SourceSecret secret) =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            ["X-HubSpot-Signature-Version"] = $"v{version}",
            [SignatureHeader] = Sign(secret, delivery.Method, delivery.Url, delivery.Body.Span),
        };

    /// <summary>Every secret is tried, whatever matched before.</summary>
    private Rejected? CheckSignature(InboundRequest request, IReadOnlyList<SourceSecret> secrets)
    {
        var signature = Encoding.UTF8.GetBytes(request.Headers[SignatureHeader].ToString());
        var matched = false;
        for (var i = 0; i < secrets.Count && request.Url.Length <= WebhookLimits.UrlCharsMax; i++)
        {
            var expected = Sign(secrets[i], request.Method, request.Url, request.Body.Span);
            matched |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), signature);
        }

        return matched ? null : Rejections.SignatureInvalid(SignatureHeader);
    }

    private string Sign(SourceSecret secret, string method, string url, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(secret.Key);
        if (version == 2)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(method + url));
        }

        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
