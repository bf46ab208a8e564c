using System.Security.Cryptography;
using System.Text;
using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Senders.Secrets;

/// <summary>
/// Encrypts what must be read back, such as a webhook secret, with AES-256-GCM under the master key. The purpose is
/// bound in, so that a sealed text copied to another place does not open there.
/// </summary>
public sealed class SecretBox(MasterKey masterKey) : IKeySafe
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Fingerprint { get; } =
        HMACSHA256.HashData(masterKey.Bytes, "EcosystemSilo master key"u8);

    /// <summary>Base64 of nonce, tag and cipher text.</summary>
    public string Seal(string text, string purpose) =>
        Convert.ToBase64String(Seal(Encoding.UTF8.GetBytes(text), purpose));

    /// <exception cref="CryptographicException">Sealed under another master key, for another purpose, or
    /// damaged.</exception>
    public string Open(string sealedText, string purpose) =>
        Encoding.UTF8.GetString(Open(Convert.FromBase64String(sealedText), purpose));

    /// <summary>Nonce, tag and cipher text.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain, string purpose)
    {
        var box = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(masterKey.Bytes, TagBytes);
        aes.Encrypt(
            box.AsSpan(0, NonceBytes),
            plain,
            box.AsSpan(NonceBytes + TagBytes),
            box.AsSpan(NonceBytes, TagBytes),
            Encoding.UTF8.GetBytes(purpose)
        );
        return box;
    }

    /// <inheritdoc cref="Open(string, string)"/>
    public byte[] Open(ReadOnlySpan<byte> box, string purpose)
    {
        var plain = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(masterKey.Bytes, TagBytes);
        aes.Decrypt(
            box[..NonceBytes],
            box[(NonceBytes + TagBytes)..],
            box.Slice(NonceBytes, TagBytes),
            plain,
            Encoding.UTF8.GetBytes(purpose)
        );
        return plain;
    }

    /// <inheritdoc/>
    public byte[] Derive(string purpose, int byteCount) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            masterKey.Bytes,
            byteCount,
            info: Encoding.UTF8.GetBytes($"EcosystemSilo {purpose}")
        );
}
