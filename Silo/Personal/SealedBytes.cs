using System.Security.Cryptography;
using System.Text;

namespace EcosystemSilo.Silo.Personal;

/// <summary>
/// Bytes under a subject's key, AES-256-GCM: a mark, nonce, tag and cipher text. Where they belong is bound in, so that
/// they do not open in another place.
/// </summary>
internal static class SealedBytes
{
    /// <summary>No JSON begins so.</summary>
    private const byte Mark = 0x01;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeadBytes = 1 + NonceBytes + TagBytes;

    public static bool Are(ReadOnlySpan<byte> bytes) => bytes is [Mark, ..];

    public static byte[] Seal(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> key, string place)
    {
        var box = new byte[HeadBytes + plain.Length];
        box[0] = Mark;
        var nonce = box.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(
            nonce,
            plain,
            box.AsSpan(HeadBytes),
            box.AsSpan(1 + NonceBytes, TagBytes),
            Encoding.UTF8.GetBytes(place)
        );
        return box;
    }

    /// <exception cref="CryptographicException">Sealed under another key, for another place, or damaged.</exception>
    public static byte[] Open(ReadOnlySpan<byte> box, ReadOnlySpan<byte> key, string place)
    {
        var plain = new byte[box.Length - HeadBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(
            box.Slice(1, NonceBytes),
            box[HeadBytes..],
            box.Slice(1 + NonceBytes, TagBytes),
            plain,
            Encoding.UTF8.GetBytes(place)
        );
        return plain;
    }
}
