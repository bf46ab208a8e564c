using System.Security.Cryptography;
using System.Text;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>How a sender writes the bytes of a signature.</summary>
internal enum MacText
{
    Hex,
    UpperHex,
    Base64,
}

/// <summary>
/// An HMAC over a short prefix and the raw body, as text. Texts are compared, so that the spare bits of base64 do not
/// make a second valid signature; hexadecimal digits may be of either case.
/// </summary>
/// <param name="KeySuffix">Characters that the sender adds to its secret.</param>
internal readonly record struct BodyMac(HashAlgorithmName Hash, MacText Text, string KeySuffix = "")
{
    public static readonly BodyMac Sha256Hex = new(HashAlgorithmName.SHA256, MacText.Hex);
    public static readonly BodyMac Sha256Base64 = new(HashAlgorithmName.SHA256, MacText.Base64);

    public string Sign(SourceSecret secret, string prefix, ReadOnlySpan<byte> body)
    {
        using var mac = IncrementalHash.CreateHMAC(Hash, [.. secret.Key, .. Encoding.ASCII.GetBytes(KeySuffix)]);
        mac.AppendData(Encoding.UTF8.GetBytes(prefix));
        mac.AppendData(body);
        var bytes = mac.GetHashAndReset();
        return Text switch
        {
            MacText.Hex => Convert.ToHexStringLower(bytes),
            MacText.UpperHex => Convert.ToHexString(bytes),
            _ => Convert.ToBase64String(bytes),
        };
    }

    /// <summary>
    /// Whether any candidate is the signature by any secret. Every secret is tried against every candidate, whatever
    /// matched before, so that the time taken does not tell which secret it was.
    /// </summary>
    public bool IsSigned(
        IReadOnlyList<SourceSecret> secrets,
        IEnumerable<string> candidates,
        string prefix,
        ReadOnlySpan<byte> body
    )
    {
        var isHex = Text != MacText.Base64;
        var texts = candidates
            .Take(WebhookLimits.SignaturesMax)
            .Select(text => isHex ? text.ToLowerInvariant() : text)
            .ToList();
        var matched = false;
        for (var i = 0; i < secrets.Count; i++)
        {
            var signed = Sign(secrets[i], prefix, body);
            var expected = Encoding.UTF8.GetBytes(isHex ? signed.ToLowerInvariant() : signed);
            foreach (var text in texts)
            {
                matched |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(text));
            }
        }

        return matched;
    }

    /// <summary>Checks the one signature that a header holds.</summary>
    public Rejected? Check(
        InboundRequest request,
        string header,
        IReadOnlyList<SourceSecret> secrets,
        string prefix = ""
    )
    {
        var signature = request.Headers[header].ToString();
        return
            signature.Length <= WebhookLimits.SignatureHeaderCharsMax
            && IsSigned(secrets, [signature], prefix, request.Body.Span)
            ? null
            : Rejections.SignatureInvalid(header);
    }
}
