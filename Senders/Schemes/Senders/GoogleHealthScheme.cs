using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using EcosystemSilo.Senders.Payloads;

namespace EcosystemSilo.Senders.Schemes.Senders;

/// <summary>
/// Google Health API (developers.google.com/health/webhooks): thin notifications that carry an Authorization value of
/// our choice, and a signature by Google's rotating keys (Tink: 0x01, key id, then ECDSA P-256 over SHA-256 of the body
/// in DER). The keys are a setting: with them the signature is checked, without them the Authorization value alone.
/// </summary>
public sealed class GoogleHealthScheme : IWebhookScheme
{
    private const string SignatureHeader = "GOOGLE-HEALTH-API-SIGNATURE";

    /// <summary>One early client, and its documentation, has another name.</summary>
    private const string OldSignatureHeader = "X-HEALTHAPI-SIGNATURE";

    private const string Keyset = "keyset";
    private const int PrefixBytes = 5;

    public string Name => "google-health";

    public SchemeFacts Facts { get; } =
        new(
            "Google Health API",
            $"Authorization value; {SignatureHeader}: ECDSA P-256 if keys are set",
            "Create a subscriber with the address as endpoint URI, and \"Bearer \" and the secret as "
                + "endpointAuthorization.secret."
        )
        {
            Handshake = "POST of a verification, once with the Authorization value and once without",
            Identity = "none: the same news within 10 seconds is one",
            SecretLabel = "Authorization value",
            Acknowledgement = Answer.NoContent,
            Settings =
            [
                new(
                    Keyset,
                    "Public keys",
                    "The JSON of webhooks_public_keyset.json, which Google publishes and changes about every 30 days. "
                        + "Empty: signatures are not checked."
                )
                {
                    IsValid = text => TinkKeyset.TryParse(text, out _),
                    Rule = "Google's JSON key set with ECDSA P-256 keys",
                },
                .. SharedSettings.Api,
            ],
        };

    public IPayloadReader Payload { get; } = new GoogleHealthPayload();

    public Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now)
    {
        if ((Admission.CheckBody(request) ?? BearerToken.Check(request, secrets)) is { } stranger)
        {
            return stranger;
        }

        if (JsonEvents.Parse(request, out var body) is { } malformed)
        {
            return malformed;
        }

        var isGreeting =
            body.ValueKind == JsonValueKind.Object
            && body.TryGetProperty("type", out var type)
            && type.ValueKind == JsonValueKind.String
            && type.ValueEquals("verification");
        return isGreeting
            ? new Greeted(Answer.Ok)
            : CheckSignature(request)
                ?? (
                    body.ValueKind == JsonValueKind.Array
                        ? JsonEvents.ReadArray(body, ReadEvent)
                        : JsonEvents.ReadOne(body, ReadEvent)
                );

        Rejected? ReadEvent(JsonElement element, string path, out InboundEvent read) =>
            GoogleHealthScheme.ReadEvent(element, path, now, out read);
    }

    public string NewSecret() => BearerToken.New();

    public SourceSecret? ReadSecret(string text) => BearerToken.Read(text);

    public IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, SourceSecret secret) =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            [BearerToken.Header] = BearerToken.Of(secret),
        };

    private static Rejected? CheckSignature(InboundRequest request)
    {
        if (request.Settings[Keyset] is not { } text || !TinkKeyset.TryParse(text, out var keys))
        {
            return null;
        }

        var header = request.Headers.ContainsKey(SignatureHeader) ? SignatureHeader : OldSignatureHeader;
        if (Admission.CheckHeaders(request.Headers, header) is { } missing)
        {
            return missing with { Field = SignatureHeader };
        }

        Span<byte> signature = stackalloc byte[256];
        if (
            !Convert.TryFromBase64String(request.Headers[header].ToString(), signature, out var length)
            || length <= PrefixBytes
            || signature[0] != 1
            || !keys.TryGetValue(BinaryPrimitives.ReadUInt32BigEndian(signature[1..]), out var key)
        )
        {
            return Rejections.SignatureInvalid(header);
        }

        using var curve = ECDsa.Create(key);
        var isSigned = curve.VerifyData(
            request.Body.Span,
            signature[PrefixBytes..length],
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        return isSigned ? null : Rejections.SignatureInvalid(header);
    }

    /// <summary>Live traffic wraps each notification in <c>data</c>; older captures do not.</summary>
    private static Rejected? ReadEvent(JsonElement element, string path, DateTimeOffset now, out InboundEvent read)
    {
        var isWrapped = element.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object;
        var inner = isWrapped ? data : element;
        var fields = new EventReader(inner, isWrapped ? $"{path}.data" : path);
        var type = fields.Scalar("dataType");
        fields.Scalar("healthUserId");
        var id = EventFields.NewsId([EventFields.ContentId(type, inner)], now);
        return fields.Finish(id, type, occurredAt: null, out read);
    }
}
