using System.Text;
using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Tests.Support;

/// <summary>A safe without a lock: keys lie beside the names of their subjects.</summary>
public sealed class OpenSafe : IKeySafe
{
    public ReadOnlyMemory<byte> Fingerprint => "open"u8.ToArray();

    public byte[] Seal(ReadOnlySpan<byte> key, string subject) => [.. key, .. Encoding.UTF8.GetBytes(subject)];

    public byte[] Open(ReadOnlySpan<byte> sealedKey, string subject) =>
        sealedKey[..^Encoding.UTF8.GetByteCount(subject)].ToArray();
}
