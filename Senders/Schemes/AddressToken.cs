using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>
/// The secret of senders that sign nothing: the last part of their address, beside a list of the addresses they post
/// from. It does not protect the body: that is left to TLS.
/// </summary>
internal static class AddressToken
{
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>32 to 128 characters that need no encoding in a path.</summary>
    public static SourceSecret? Read(string text) =>
        text.Length is >= 32 and <= 128 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? new SourceSecret(Encoding.ASCII.GetBytes(text))
            : null;

    public static Rejected? Check(InboundRequest request, IReadOnlyList<SourceSecret> secrets) =>
        !TokenText.IsOneOf(secrets, request.AddressToken ?? "") ? Rejections.AddressUnknown()
        : AddressList.Allows(request.Settings[SharedSettings.Addresses.Name], request.From) ? null
        : Rejections.SenderNotListed();
}
