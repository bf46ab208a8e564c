using System.Globalization;

namespace EcosystemSilo.Grains.Interfaces.Deals;

/// <summary>
/// The form of a customer's domain that tells customers apart, so that <c>https://WWW.StMary.org/</c>,
/// <c>portal.stmary.org</c> and <c>stmary.org.</c> are one account (B §4 deal registration, duplicate detection), and
/// <c>one.github.io</c> and <c>two.github.io</c> are two.
/// </summary>
public static class CustomerDomain
{
    /// <summary>RFC 1035: a host name has at most 253 characters.</summary>
    public const int LengthMax = 253;

    /// <summary>What a field that is at fault is told.</summary>
    public const string Rule =
        "must be a customer's own host name such as 'stmary.org': no public suffix such as 'co.uk', "
        + "no free mail such as 'gmail.com'.";

    private const string AsciiForm = "xn--";
    private const string NoLabel = "";

    private static readonly IdnMapping Idn = new();

    /// <summary>
    /// The registrable domain in lower-case ASCII, or null when the text is no host name or nobody's own.
    /// </summary>
    public static string? Normalise(string text) => ToLabels(text) is { } labels ? Registrable(labels) : null;

    /// <summary>
    /// Under which other forms the same customer's accounts may be found: deals that were registered before the list of
    /// public suffixes was heeded keep theirs. Empty for nearly all.
    /// </summary>
    public static IReadOnlyList<string> FormerForms(string text) =>
        ToLabels(text) is { } labels && Registrable(labels) is { } domain
            ?
            [
                .. new[] { labels, ["www", .. domain.Split('.')], domain.Split('.') }
                    .Select(FormerDomain.Of)
                    .Distinct()
                    .Where(former => former != domain),
            ]
            : [];

    private static string? Registrable(string[] labels)
    {
        var suffix = PublicSuffixes.Labels(labels);
        var domain = labels.Length > suffix ? string.Join('.', labels[^(suffix + 1)..]) : null;
        return domain is null || FreeMail.Has(domain) ? null : domain;
    }

    private static string[]? ToLabels(string text)
    {
        if (text.Length > 2 * LengthMax)
        {
            return null;
        }

        string[] labels =
        [
            .. ToHost(text).Split('.', '\u3002', '\uff0e', '\uff61').Select(label => ToAscii(label) ?? NoLabel),
        ];
        return
            labels.Length < 2
            || !Array.TrueForAll(labels, IsLabel)
            || labels.Sum(label => label.Length + 1) > LengthMax + 1
            || int.TryParse(labels[^1], out _)
            ? null
            : labels;
    }

    private static string ToHost(string text)
    {
        var host = text.Trim();
        if (host.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme)
        {
            host = host[(scheme + 3)..];
        }

        // Lower case first: the ASCII form of a capital umlaut is another name than that of a small one.
        return host.Split('/', '?', '#')[0].Split('@')[^1].Split(':')[0].TrimEnd('.').ToLowerInvariant();
    }

    /// <summary>
    /// The label's ASCII form; null when it is, openly or inside <c>xn--</c>, another spelling of a name.
    /// </summary>
    private static string? ToAscii(string label)
    {
        var isAsciiForm = label.StartsWith(AsciiForm, StringComparison.Ordinal);
        if (!isAsciiForm && label.All(char.IsAscii))
        {
            return label;
        }

        try
        {
            var letters = isAsciiForm ? Idn.GetUnicode(label) : label;
            var ascii = DomainLetters.AreInOneForm(letters) ? Idn.GetAscii(letters) : null;
            return isAsciiForm && ascii != label ? null : ascii;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63
        && label[0] != '-'
        && label[^1] != '-'
        && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
}
