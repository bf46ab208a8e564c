using System.Buffers;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>
/// The URL as HubSpot signs it: twelve percent-encoded characters stand decoded, all others as they were sent
/// (developers.hubspot.com, request validation, v3: the table of encoded values).
/// </summary>
public static class HubSpotUrl
{
    private static readonly SearchValues<char> Decoded = SearchValues.Create(":/?@!$'()*,;");

    public static string Decode(string url)
    {
        if (!url.Contains('%'))
        {
            return url;
        }

        var decoded = new char[url.Length];
        var length = 0;
        for (var at = 0; at < url.Length; at++)
        {
            var character = url[at];
            if (character == '%' && TryDecode(url.AsSpan(at), out var plain))
            {
                character = plain;
                at += 2;
            }

            decoded[length++] = character;
        }

        return new string(decoded, 0, length);
    }

    private static bool TryDecode(ReadOnlySpan<char> text, out char plain)
    {
        plain = default;
        if (text.Length < 3 || !char.IsAsciiHexDigit(text[1]) || !char.IsAsciiHexDigit(text[2]))
        {
            return false;
        }

        plain = (char)Convert.FromHexString(text.Slice(1, 2))[0];
        return Decoded.Contains(plain);
    }
}
