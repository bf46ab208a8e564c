using System.Collections.Frozen;
using System.Globalization;

namespace EcosystemSilo.Grains.Interfaces.Deals;

/// <summary>
/// Names under which others register, such as <c>co.uk</c> and <c>github.io</c>: the list of publicsuffix.org with
/// its private part, embedded unchanged as of 2026-08-19 (MPL 2.0), and matched as publicsuffix.org/list prescribes.
/// </summary>
internal static class PublicSuffixes
{
    private static readonly FrozenSet<string> Rules = Load();

    /// <summary>How many labels are the suffix: 1 of <c>stmary.org</c>, 2 of <c>trust.nhs.uk</c>.</summary>
    /// <param name="labels">In lower-case ASCII.</param>
    public static int Labels(string[] labels)
    {
        for (var at = 0; at < labels.Length; at++)
        {
            var name = string.Join('.', labels[at..]);
            if (Rules.Contains($"!{name}"))
            {
                return labels.Length - at - 1;
            }

            if (Rules.Contains(name) || Rules.Contains($"*.{string.Join('.', labels[(at + 1)..])}"))
            {
                return labels.Length - at;
            }
        }

        return 1;
    }

    private static FrozenSet<string> Load()
    {
        var idn = new IdnMapping();
        var rules = new List<string>();
        using var file = typeof(PublicSuffixes).Assembly.GetManifestResourceStream("public_suffix_list.dat")!;
        using var lines = new StreamReader(file);
        while (lines.ReadLine()?.Trim() is { } line)
        {
            if (line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))
            {
                // What a rule begins with is no part of a name.
                var mark =
                    line[0] is '!' ? 1
                    : line.StartsWith("*.", StringComparison.Ordinal) ? 2
                    : 0;
                rules.Add(line[..mark] + idn.GetAscii(line[mark..]));
            }
        }

        return rules.ToFrozenSet(StringComparer.Ordinal);
    }
}
