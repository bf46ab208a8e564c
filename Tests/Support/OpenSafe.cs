using System.Security.Cryptography;
using System.Text;
using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Tests.Support;

/// <summary>A safe without a lock: keys lie beside the names of their subjects.</summary>
/// <param name="master">Stands for the master key.</param>
public sealed class OpenSafe(string master = "open") : IKeySafe
{
    public ReadOnlyMemory<byte> Fingerprint => Encoding.UTF8.GetBytes(master);

    public byte[] Seal(ReadOnlySpan<byte> key, string subject) => [.. key, .. Encoding.UTF8.GetBytes(subject)];

    public byte[] Open(ReadOnlySpan<byte> sealedKey, string subject) =>
        sealedKey[..^Encoding.UTF8.GetByteCount(subject)].ToArray();

    public byte[] Derive(string purpose, int byteCount) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            Encoding.UTF8.GetBytes(master),
            byteCount,
            info: Encoding.UTF8.GetBytes(purpose)
        );
}
