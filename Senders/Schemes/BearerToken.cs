using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>
/// A bearer token in the Authorization header (RFC 6750), for senders that sign nothing but send what they are told. It
/// does not protect the body: that is left to TLS. A token in the query is not taken, because queries end up in logs.
/// </summary>
internal static class BearerToken
{
    public const string Header = "Authorization";

    private const string Prefix = "Bearer ";

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>A token of 24 to 512 characters as RFC 6750 section 2.1 allows them.</summary>
    public static SourceSecret? Read(string text) =>
        text.Length is >= 24 and <= 512 && text.All(c => char.IsAsciiLetterOrDigit(c) || "-._~+/=".Contains(c))
            ? new SourceSecret(Encoding.ASCII.GetBytes(text))
            : null;

    public static string Of(SourceSecret secret) => Prefix + Encoding.ASCII.GetString(secret.Key);

    public static Rejected? Check(InboundRequest request, IReadOnlyList<SourceSecret> secrets)
    {
        if (Admission.CheckHeaders(request.Headers, Header) is { } refused)
        {
            return refused;
        }

        var header = request.Headers.Authorization.ToString();
        var isToken = header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);
        return isToken && TokenText.IsOneOf(secrets, header[Prefix.Length..])
            ? null
            : Rejections.SignatureInvalid(Header);
    }
}
