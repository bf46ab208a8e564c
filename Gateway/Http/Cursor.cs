using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using EcosystemSilo.Senders.Secrets;

namespace EcosystemSilo.Gateway.Http;

/// <summary>
/// Cursors of lists: opaque to callers, and signed together with the list they belong to, so that one that was made
/// up, changed or taken from another list, ecosystem or filter is refused.
/// </summary>
/// <param name="secret">What cursors are signed with; a cursor is good for as long as it stays the same.</param>
public sealed class Cursors(string secret)
{
    /// <summary>
    /// The secret, for several processes behind one proxy that do not share a data folder. Default: one that is made at
    /// the first start and kept in the data folder.
    /// </summary>
    public const string Setting = "Cursors:Key";

    private const string FileName = "cursors.key";
    private const int SignatureBytes = 16;

    private readonly byte[] _key = SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    public static Cursors Of(IConfiguration configuration, DataFolder data) =>
        new(configuration[Setting] is { Length: > 0 } text ? text : data.ReadOrMake(FileName, () => Base32.Random(32)));

    /// <param name="list">Names the list with everything that shapes it: path and filters.</param>
    /// <param name="position">Where the next page begins, in the list's own terms.</param>
    public string Seal(string list, string position)
    {
        var payload = Encoding.UTF8.GetBytes(position);
        return Base64Url.EncodeToString([.. Sign(list, payload), .. payload]);
    }

    /// <summary>The position inside a cursor; null when it was not made here for this list.</summary>
    public string? Open(string list, string cursor)
    {
        if (
            cursor.Length > GatewayLimits.CursorLengthMax
            || !Base64Url.IsValid(cursor, out var length)
            || length <= SignatureBytes
        )
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(cursor);
        var payload = bytes.AsSpan(SignatureBytes);
        // Decoding forgives unused bits in the last character; a cursor has one form only.
        return
            Base64Url.EncodeToString(bytes) == cursor
            && CryptographicOperations.FixedTimeEquals(Sign(list, payload), bytes.AsSpan(0, SignatureBytes))
            ? Encoding.UTF8.GetString(payload)
            : null;
    }

    private byte[] Sign(string list, ReadOnlySpan<byte> payload)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hmac.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(list)));
        hmac.AppendData(payload);
        return hmac.GetHashAndReset()[..SignatureBytes];
    }
}
