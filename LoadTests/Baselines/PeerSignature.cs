using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EcosystemSilo.LoadTests.Baselines;

/// <summary>Standard Webhooks 1.0, version v1, by the text of the specification.</summary>
internal static class PeerSignature
{
    /// <summary>Both ends of a peer are in our hands, so that its one secret may stand here.</summary>
    public static readonly string Secret = "whsec_" + Convert.ToBase64String("a peer's secret of 32 bytes, 123"u8);

    private const string VersionPrefix = "v1,";
    private const int SignatureChars = 44;
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private static readonly byte[] Key = Convert.FromBase64String(Secret["whsec_".Length..]);

    public static bool IsValid(string id, string timestamp, string signature, byte[] body, DateTimeOffset now)
    {
        if (
            !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var sent)
            || Math.Abs(now.ToUnixTimeSeconds() - sent) > Tolerance.TotalSeconds
            || !signature.StartsWith(VersionPrefix, StringComparison.Ordinal)
            || signature.Length != VersionPrefix.Length + SignatureChars
        )
        {
            return false;
        }

        var signed = System.Buffers.ArrayPool<byte>.Shared.Rent(
            Encoding.UTF8.GetMaxByteCount(id.Length + timestamp.Length) + 2 + body.Length
        );
        var length = Encoding.UTF8.GetBytes(id, signed);
        signed[length++] = (byte)'.';
        length += Encoding.UTF8.GetBytes(timestamp, signed.AsSpan(length));
        signed[length++] = (byte)'.';
        body.CopyTo(signed, length);
        length += body.Length;
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Key, signed.AsSpan(0, length), mac);
        System.Buffers.ArrayPool<byte>.Shared.Return(signed);

        Span<byte> expected = stackalloc byte[SignatureChars];
        Span<byte> given = stackalloc byte[SignatureChars];
        Base64.EncodeToUtf8(mac, expected, out _, out _);
        Encoding.ASCII.GetBytes(signature.AsSpan(VersionPrefix.Length), given);
        return CryptographicOperations.FixedTimeEquals(expected, given);
    }
}
