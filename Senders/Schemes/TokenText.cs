using System.Security.Cryptography;
using System.Text;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>Compares texts that prove something, in a time that does not tell how much of them was right.</summary>
internal static class TokenText
{
    /// <summary>Every secret is tried, whatever matched before.</summary>
    public static bool IsOneOf(IReadOnlyList<SourceSecret> secrets, string text)
    {
        if (text.Length > WebhookLimits.SignatureHeaderCharsMax)
        {
            return false;
        }

        // UTF-8, not ASCII: a foreign character must not turn into the question mark that a token could contain.
        var bytes = Encoding.UTF8.GetBytes(text);
        var matched = false;
        for (var i = 0; i < secrets.Count; i++)
        {
            matched |= CryptographicOperations.FixedTimeEquals(secrets[i].Key, bytes);
        }

        return matched;
    }

    /// <summary>An expected text that is unset is equal to nothing.</summary>
    public static bool AreEqual(string? expected, string text) =>
        expected is { Length: > 0 } && IsOneOf([new SourceSecret(Encoding.UTF8.GetBytes(expected))], text);
}
