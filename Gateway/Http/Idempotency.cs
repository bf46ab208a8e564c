using System.Security.Cryptography;
using System.Text;
using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Senders.Secrets;

namespace EcosystemSilo.Gateway.Http;

/// <summary>
/// The Idempotency-Key of a POST: the caller's name for what it asks, so that it may ask again after a lost answer.
/// Without one each request is new.
/// </summary>
public static class Idempotency
{
    public const string Header = "Idempotency-Key";

    /// <summary>80 bits: a collision among a billion derived ids has a chance of one in a million.</summary>
    private const int DerivedIdBytes = 10;

    /// <summary>1 to 255 printable ASCII characters, or null when there is no such header.</summary>
    public static (string?, BadRequest?) Key(HttpRequest request)
    {
        var header = request.Headers[Header];
        if (header.Count == 0)
        {
            return (null, null);
        }

        var text = header.Count == 1 ? header[0]! : "";
        return
            text.Length is > 0 and <= GatewayLimits.IdempotencyKeyLengthMax
            && text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0
            ? (text, null)
            : (
                null,
                BadRequest.Because(
                    EdgeCodes.IdempotencyKeyInvalid,
                    $"{Header} has 1 to {GatewayLimits.IdempotencyKeyLengthMax} printable ASCII characters, no spaces.",
                    Header
                )
            );
    }

    /// <summary>Within this scope a key names one request: the ecosystem and the caller.</summary>
    public static string Scope(EcosystemId ecosystem, Caller caller) => $"{ecosystem}/caller/{caller.Subject}";

    /// <summary>
    /// SHA-256 over method, path and canonical body: the same key on another route, or with another body, is another
    /// request and is refused.
    /// </summary>
    public static byte[] Digest(HttpContext context)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{context.Request.Method}\n{context.Request.Path}\n"));
        hash.AppendData(BodyBytes.DigestOf(context));
        return hash.GetHashAndReset();
    }

    /// <summary>
    /// The id of a grain that a POST creates without naming it: derived from the key, so that a repeat reaches the
    /// same grain; random when there is no key.
    /// </summary>
    /// <param name="prefix">Says the kind: <c>p</c> gives <c>p-…</c>.</param>
    /// <param name="scope">The scope of the key.</param>
    /// <param name="key">The Idempotency-Key, if any.</param>
    public static string NewId(string prefix, string scope, string? key)
    {
        var text = key is null
            ? Base32.Random(DerivedIdBytes)
            : Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes($"{scope}\n{key}")).AsSpan(0, DerivedIdBytes));
        return $"{prefix}-{text}";
    }
}
