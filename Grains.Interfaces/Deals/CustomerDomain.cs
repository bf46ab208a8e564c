using System.Globalization;

namespace EcosystemSilo.Grains.Interfaces.Deals;

/// <summary>
/// The form of a customer's domain that tells customers apart, so that <c>https://WWW.StMary.org/</c>,
/// <c>portal.stmary.org</c> and <c>stmary.org.</c> are one account (B §4 deal registration, duplicate detection).
/// </summary>
public static class CustomerDomain
{
    /// <summary>RFC 1035: a host name has at most 253 characters.</summary>
    public const int LengthMax = 253;

    /// <summary>
    /// Second-level labels under which a country's organisations register, as in <c>nhs.uk</c> or <c>com.au</c>.
    /// </summary>
    private static readonly HashSet<string> CountrySecondLevels = new(StringComparer.Ordinal)
    {
        "ac",
        "co",
        "com",
        "edu",
        "gov",
        "health",
        "net",
        "nhs",
        "or",
        "org",
    };

    private static readonly IdnMapping Idn = new();

    /// <summary>The registrable domain in lower-case ASCII, or null when the text is no host name.</summary>
    public static string? Normalise(string text)
    {
        if (text.Length > 2 * LengthMax || ToHost(text) is not { Length: > 0 and <= LengthMax } host)
        {
            return null;
        }

        var labels = host.Split('.');
        return labels.Length < 2 || !Array.TrueForAll(labels, IsLabel) || int.TryParse(labels[^1], out _)
            ? null
            : string.Join('.', labels[^Math.Min(labels.Length, RegistrableLabels(labels))..]);
    }

    private static string? ToHost(string text)
    {
        var host = text.Trim();
        if (host.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme)
        {
            host = host[(scheme + 3)..];
        }

        host = host.Split('/', '?', '#')[0].Split('@')[^1].Split(':')[0].TrimEnd('.');
        if (host.Any(IsOtherForm))
        {
            return null;
        }

        try
        {
            // Lower case first: the ASCII form of a capital umlaut is another name than that of a small one.
            return Idn.GetAscii(host.ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>
    /// Combining accents, full-width letters and the replacement character: other spellings of a name that would pass
    /// for another customer. Folding them needs ICU, which the invariant culture does without, so they are refused.
    /// </summary>
    private static bool IsOtherForm(char letter) =>
        letter is (>= '\u0300' and <= '\u036f') or (>= '\uff01' and <= '\uff5e') or '\ufffd';

    private static int RegistrableLabels(string[] labels) =>
        labels.Length > 2 && labels[^1].Length == 2 && CountrySecondLevels.Contains(labels[^2]) ? 3 : 2;

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63
        && label[0] != '-'
        && label[^1] != '-'
        && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
}
