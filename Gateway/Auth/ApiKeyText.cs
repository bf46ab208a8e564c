using System.Security.Cryptography;
using System.Text;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Senders.Secrets;

namespace EcosystemSilo.Gateway.Auth;

/// <summary>
/// The text of an API key: <c>esk_{ecosystem}_{id}_{secret}</c>. It names its grain, so a look-up is one read, and its
/// start is recognised by secret scanners. The secret is 256 random bits.
/// </summary>
public sealed record ApiKeyText(EcosystemId Ecosystem, ApiKeyId Id, string Secret)
{
    private const string Start = "esk_";
    private const int SecretBytes = 32;

    /// <summary>What may be shown in lists and logs: everything but the secret.</summary>
    public string Prefix => $"{Start}{Ecosystem}_{Id}";

    /// <summary>SHA-256 of the secret in base64, the form in which it is kept. Random secrets need no salt.</summary>
    public string Hash => Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(Secret)));

    public static ApiKeyText Create(EcosystemId ecosystem, ApiKeyId id) =>
        new(ecosystem, id, Base32.Random(SecretBytes));

    /// <summary>Reads from the end, since an ecosystem's id may hold underscores and ours do not.</summary>
    public static ApiKeyText? Parse(string text)
    {
        if (text.Length > GatewayLimits.ApiKeyLengthMax || !text.StartsWith(Start, StringComparison.Ordinal))
        {
            return null;
        }

        var secret = text.LastIndexOf('_');
        var id = secret <= Start.Length ? -1 : text.LastIndexOf('_', secret - 1);
        return
            id > Start.Length
            && Ids.TryParse<EcosystemId>(text[Start.Length..id], out var ecosystem)
            && Ids.TryParse<ApiKeyId>(text[(id + 1)..secret], out var key)
            && text.AsSpan(secret + 1).IndexOfAnyExceptInRange('0', 'z') < 0
            ? new ApiKeyText(ecosystem, key, text[(secret + 1)..])
            : null;
    }

    public override string ToString() => $"{Prefix}_(secret)";
}
