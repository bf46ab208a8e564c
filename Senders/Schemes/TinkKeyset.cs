using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>
/// Public keys as Tink writes them (github.com/tink-crypto/tink, ecdsa.proto): JSON whose <c>keyData.value</c> is a
/// base64 EcdsaPublicKey with the point's coordinates in the fields 3 and 4.
/// </summary>
internal static class TinkKeyset
{
    /// <summary>Google publishes two or three at a time.</summary>
    private const int KeysMax = 16;

    private const int CoordinateBytes = 32;

    public static bool TryParse(string text, out IReadOnlyDictionary<uint, ECParameters> keys)
    {
        var read = new Dictionary<uint, ECParameters>();
        keys = read;
        if (
            StrictJson.Parse(Encoding.UTF8.GetBytes(text), out var document) is not null
            || document.ValueKind != JsonValueKind.Object
            || !document.TryGetProperty("key", out var list)
            || list.ValueKind != JsonValueKind.Array
            || list.GetArrayLength() is 0 or > KeysMax
        )
        {
            return false;
        }

        foreach (var key in list.EnumerateArray())
        {
            if (
                key.ValueKind != JsonValueKind.Object
                || !key.TryGetProperty("keyId", out var id)
                || id.ValueKind != JsonValueKind.Number
                || !id.TryGetUInt32(out var number)
                || !key.TryGetProperty("keyData", out var data)
                || data.ValueKind != JsonValueKind.Object
                || !data.TryGetProperty("value", out var value)
                || value.ValueKind != JsonValueKind.String
                || !value.TryGetBytesFromBase64(out var bytes)
                || !TryReadPoint(bytes, out var point)
            )
            {
                return false;
            }

            read[number] = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point };
        }

        return true;
    }

    /// <summary>Reads a protocol buffer of numbers and byte fields; this message has no others.</summary>
    private static bool TryReadPoint(ReadOnlySpan<byte> message, out ECPoint point)
    {
        point = default;
        while (!message.IsEmpty)
        {
            if (!TryReadNumber(ref message, out var tag))
            {
                return false;
            }

            if (!TryReadNumber(ref message, out var number))
            {
                return false;
            }

            if ((tag & 7) == 0)
            {
                continue;
            }

            if ((tag & 7) != 2 || number > (ulong)message.Length)
            {
                return false;
            }

            var field = message[..(int)number];
            message = message[(int)number..];
            if (tag >> 3 == 3)
            {
                point.X = Coordinate(field);
            }
            else if (tag >> 3 == 4)
            {
                point.Y = Coordinate(field);
            }
        }

        return point is { X: not null, Y: not null };
    }

    /// <summary>32 bytes, which may come with zeros in front, or without their own.</summary>
    private static byte[]? Coordinate(ReadOnlySpan<byte> field)
    {
        var bytes = field.TrimStart((byte)0);
        if (bytes.Length > CoordinateBytes)
        {
            return null;
        }

        var coordinate = new byte[CoordinateBytes];
        bytes.CopyTo(coordinate.AsSpan(CoordinateBytes - bytes.Length));
        return coordinate;
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> message, out ulong number)
    {
        number = 0;
        for (var at = 0; at < message.Length && at < 5; at++)
        {
            number |= (ulong)(message[at] & 0x7F) << (7 * at);
            if (message[at] < 0x80)
            {
                message = message[(at + 1)..];
                return true;
            }
        }

        return false;
    }
}
