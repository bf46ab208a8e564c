using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>
/// Standard Webhooks 1.0 (github.com/standard-webhooks/standard-webhooks, spec): HMAC-SHA256 over
/// <c>id.timestamp.body</c>, version v1, or ed25519, version v1a; other versions are skipped. Svix sends the same under
/// <c>svix-*</c>. The body is the specification's <c>{type, timestamp, data}</c>, of which the timestamp may be absent.
/// </summary>
public sealed class StandardWebhooksScheme : IWebhookScheme
{
    internal const string SecretPrefix = "whsec_";
    internal const string PublicKeyPrefix = "whpk_";
    internal const string PrivateKeyPrefix = "whsk_";

    private const string VersionPrefix = "v1,";
    private const string KeyPairVersionPrefix = "v1a,";

    /// <summary>Characters of 64 bytes in base64.</summary>
    private const int KeyPairSignatureChars = 88;

    /// <summary>The specification allows 24 to 64 bytes; 32 is the strength of the hash itself.</summary>
    private const int NewSecretBytes = 32;

    private static readonly HeaderNames Standard = new("webhook-id", "webhook-timestamp", "webhook-signature");
    private static readonly HeaderNames Svix = new("svix-id", "svix-timestamp", "svix-signature");

    public string Name => "standard-webhooks";

    public SchemeFacts Facts { get; } =
        new(
            "Standard Webhooks",
            "webhook-signature: HMAC-SHA256 (v1) or ed25519 (v1a) over id, time and body",
            "Enter the address and the secret where the sender keeps its webhook endpoints. A sender that makes the "
                + "secret itself, or signs with a key pair, shows it there: paste whsec_... or whpk_... here."
        )
        {
            Identity = "webhook-id",
            AnswerWithin = TimeSpan.FromSeconds(15),
            Settings = [SharedSettings.EventHub],
        };

    public Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now)
    {
        // The two families are never mixed: a request speaks one of them.
        var names = request.Headers.ContainsKey(Svix.Id) && !request.Headers.ContainsKey(Standard.Id) ? Svix : Standard;
        return Admission.CheckBody(request)
            ?? Admission.CheckHeaders(request.Headers, names.Id, names.Timestamp, names.Signature)
            ?? CheckId(request, names.Id)
            ?? Admission.CheckTimestamp(request, names.Timestamp, TimeSpan.FromSeconds(1), now)
            ?? CheckSignature(request, names, secrets)
            ?? Admission.CheckJson(request.ContentType)
            ?? ReadEvent(request, request.Headers[names.Id].ToString());
    }

    public Verdict Read(InboundRequest request, string id) =>
        Admission.CheckBody(request) ?? Admission.CheckJson(request.ContentType) ?? ReadEvent(request, id);

    public string NewSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(NewSecretBytes));

    /// <summary>
    /// Base64 of 24 to 64 bytes, with or without <c>whsec_</c>, as the specification's libraries take it; or a sender's
    /// public key, <c>whpk_</c>, where the platform can check it.
    /// </summary>
    public SourceSecret? ReadSecret(string text)
    {
        if (text.StartsWith(PublicKeyPrefix, StringComparison.Ordinal))
        {
            return ReadPublicKey(text[PublicKeyPrefix.Length..]);
        }

        return Secret(text);
    }

    private static SourceSecret? Secret(string text)
    {
        var base64 = text.StartsWith(SecretPrefix, StringComparison.Ordinal) ? text[SecretPrefix.Length..] : text;
        Span<byte> key = stackalloc byte[64];
        return Convert.TryFromBase64String(base64, key, out var length) && length >= 24
            ? new SourceSecret(key[..length].ToArray())
            : null;
    }

    /// <summary>
    /// Reads what our own notifications are signed with: a secret, or the private half of a pair, <c>whsk_</c> with
    /// the 32
    /// bytes of an ed25519 seed.
    /// </summary>
    internal static SourceSecret? ReadSigningSecret(string text)
    {
        if (!text.StartsWith(PrivateKeyPrefix, StringComparison.Ordinal))
        {
            return text.StartsWith(PublicKeyPrefix, StringComparison.Ordinal) ? null : Secret(text);
        }

        var seed = new byte[Ed25519.KeyBytes];
        return
            Convert.TryFromBase64String(text[PrivateKeyPrefix.Length..], seed, out var length) && length == seed.Length
            ? new SourceSecret(seed, isPrivate: true)
            : null;
    }

    public IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, SourceSecret secret) =>
        Sign(delivery, [secret]);

    /// <summary>Signs with every secret, so that the receiver may know any of them.</summary>
    public IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, IReadOnlyList<SourceSecret> secrets)
    {
        var timestamp = delivery.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var content = Gather(delivery.Id, timestamp, delivery.Body.Span);
        var signatures = new StringBuilder();
        foreach (var secret in secrets)
        {
            // The specification separates signatures by a space.
            AppendSignature(signatures.Length == 0 ? signatures : signatures.Append(' '), content, secret);
        }

        return new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            [Standard.Id] = delivery.Id,
            [Standard.Timestamp] = timestamp,
            [Standard.Signature] = signatures.ToString(),
        };
    }

    private static void AppendSignature(StringBuilder signatures, SignedContent content, SourceSecret secret)
    {
        if (secret.IsPrivate)
        {
            signatures
                .Append(KeyPairVersionPrefix)
                .Append(Convert.ToBase64String(Ed25519.Sign(secret.Key, content.Bytes)));
        }
        else
        {
            signatures.Append(VersionPrefix).Append(content.Sign(secret));
        }
    }

    private static SourceSecret? ReadPublicKey(string base64)
    {
        var key = new byte[Ed25519.KeyBytes];
        return
            Ed25519.IsSupported
            && Convert.TryFromBase64String(base64, key, out var length)
            && length == key.Length
            && Ed25519.IsStrong(key)
            ? new SourceSecret(key, isPublic: true)
            : null;
    }

    /// <summary>A full stop would let id and timestamp run into each other: the specification forbids it.</summary>
    private static Rejected? CheckId(InboundRequest request, string header)
    {
        var id = request.Headers[header].ToString();
        return id.Length <= WebhookLimits.IdCharsMax && id.All(c => c is > ' ' and <= '~' and not '.')
            ? null
            : Rejections.IdMalformed(header);
    }

    private static Rejected? CheckSignature(
        InboundRequest request,
        HeaderNames names,
        IReadOnlyList<SourceSecret> secrets
    )
    {
        var header = request.Headers[names.Signature].ToString();
        if (header.Length > WebhookLimits.SignatureHeaderCharsMax)
        {
            return Rejections.SignatureInvalid(names.Signature);
        }

        Span<byte> candidates = stackalloc byte[WebhookLimits.SignaturesMax * SignedContent.SignatureChars];
        var length = ReadCandidates(header, candidates);
        var (id, timestamp) = (request.Headers[names.Id].ToString(), request.Headers[names.Timestamp].ToString());
        using var content = Gather(id, timestamp, request.Body.Span);
        return content.IsSigned(secrets, candidates[..length]) || IsSignedByKeyPair(content.Bytes, header, secrets)
            ? null
            : Rejections.SignatureInvalid(names.Signature);
    }

    /// <summary>Whether a v1a signature is a public key's: ed25519, for sources whose secret is one.</summary>
    private static bool IsSignedByKeyPair(
        ReadOnlySpan<byte> content,
        ReadOnlySpan<char> header,
        IReadOnlyList<SourceSecret> secrets
    )
    {
        Span<byte> signature = stackalloc byte[Ed25519.SignatureBytes];
        for (var i = 0; i < secrets.Count; i++)
        {
            var tried = 0;
            foreach (var range in secrets[i].IsPublic ? header.Split(' ') : default)
            {
                var item = header[range];
                var isCandidate =
                    item.Length == KeyPairVersionPrefix.Length + KeyPairSignatureChars
                    && item.StartsWith(KeyPairVersionPrefix, StringComparison.Ordinal)
                    && tried++ < WebhookLimits.SignaturesMax
                    && Convert.TryFromBase64Chars(item[KeyPairVersionPrefix.Length..], signature, out var length)
                    && length == signature.Length
                    // The spare bits of base64 must not make a second valid signature.
                    && item.EndsWith(Convert.ToBase64String(signature), StringComparison.Ordinal);
                if (isCandidate && Ed25519.Verify(secrets[i].Key, content, signature))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Collects the v1 signatures of <c>v1,aaa v1,bbb v1a,ccc</c>; returns how many bytes they take.</summary>
    private static int ReadCandidates(ReadOnlySpan<char> header, Span<byte> candidates)
    {
        var length = 0;
        foreach (var range in header.Split(' '))
        {
            var item = header[range];
            var isCandidate =
                item.StartsWith(VersionPrefix, StringComparison.Ordinal)
                && item.Length == VersionPrefix.Length + SignedContent.SignatureChars;
            if (isCandidate && length < candidates.Length)
            {
                Encoding.ASCII.GetBytes(item[VersionPrefix.Length..], candidates[length..]);
                length += SignedContent.SignatureChars;
            }
        }

        return length;
    }

    private static SignedContent Gather(string id, string timestamp, ReadOnlySpan<byte> body)
    {
        var content = new SignedContent(
            Encoding.UTF8.GetMaxByteCount(id.Length + timestamp.Length) + ".."u8.Length + body.Length
        );
        content.Append(id);
        content.Append("."u8);
        content.Append(timestamp);
        content.Append("."u8);
        content.Append(body);
        return content;
    }

    private static Verdict ReadEvent(InboundRequest request, string id)
    {
        if (StrictJson.Parse(request.Body.Span, out var body) is { } fault)
        {
            return Rejections.Json(fault);
        }

        if (body.ValueKind != JsonValueKind.Object)
        {
            return Rejections.BodyMalformed("$", "an object of type, timestamp and data");
        }

        if (!EventFields.TryReadType(body, "type", out var type))
        {
            return Rejections.BodyMalformed("$.type", EventFields.TypeExpected);
        }

        if (!EventFields.TryReadTime(body, "timestamp", out var occurredAt))
        {
            return Rejections.BodyMalformed("$.timestamp", "a time as in RFC 3339");
        }

        if (!body.TryGetProperty("data", out var data))
        {
            return Rejections.BodyMalformed("$.data", "present");
        }

        var hash = SHA256.HashData(request.Body.Span);
        return Verified.Of([new InboundEvent(id, type, occurredAt, data, hash)]);
    }

    private sealed record HeaderNames(string Id, string Timestamp, string Signature);
}
