using System.Security.Cryptography;
using System.Text;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>A secret that the sender shows as text, whose characters are the key.</summary>
internal static class VendorSecret
{
    /// <summary>A stand-in, for a source that is created before the sender has shown its own.</summary>
    public static string New() => RandomNumberGenerator.GetHexString(64, lowercase: true);

    /// <summary>16 to 256 visible characters: the shortest published are UUIDs and 32 hexadecimal digits.</summary>
    public static SourceSecret? Read(string text) =>
        text.Length is >= 16 and <= 256 && text.All(c => c is > ' ' and <= '~')
            ? new SourceSecret(Encoding.ASCII.GetBytes(text))
            : null;
}
