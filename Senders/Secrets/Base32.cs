using System.Security.Cryptography;

namespace EcosystemSilo.Senders.Secrets;

/// <summary>
/// Lower-case base32 (Crockford's alphabet): no separators, no look-alikes, safe in ids, URLs and double clicks.
/// </summary>
public static class Base32
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>Five bits a character, the last one padded with zeros: 10 bytes are 16 characters.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[((bytes.Length * 8) + 4) / 5];
        var buffer = 0;
        var bits = 0;
        var index = 0;
        foreach (var value in bytes)
        {
            buffer = (buffer << 8) | value;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text[index++] = Alphabet[(buffer >> bits) & 31];
            }
        }

        if (bits > 0)
        {
            text[index] = Alphabet[(buffer << (5 - bits)) & 31];
        }

        return new string(text);
    }

    public static string Random(int byteCount) => Encode(RandomNumberGenerator.GetBytes(byteCount));
}
