using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace EcosystemSilo.Grains.Interfaces.Deals;

/// <summary>
/// Which labels beyond ASCII are written in their one form (UTS 46 as far as it forbids): letters that RFC 5892 allows,
/// composed and ordered as NFC has them, no mark in front. Folding the other forms needs ICU, which the invariant
/// culture does without, so they are no names here. <c>domain_letters.txt</c> is the table.
/// </summary>
internal static class DomainLetters
{
    private static readonly List<(int First, int Last, int Combining)> Ranges = [];
    private static readonly FrozenSet<(int, int)> Pairs = Load();

    /// <param name="label">In lower case.</param>
    public static bool AreInOneForm(string label)
    {
        var (starter, previous, isFirst) = (0, 0, true);
        foreach (var rune in label.EnumerateRunes())
        {
            if (Combining(rune.Value) is not { } combining || (isFirst && IsMark(rune)))
            {
                return false;
            }

            var isUnordered = combining > 0 && combining < previous;
            if (isUnordered || Pairs.Contains((starter, rune.Value)))
            {
                return false;
            }

            starter = combining == 0 ? rune.Value : starter;
            (previous, isFirst) = (combining, false);
        }

        return true;
    }

    /// <summary>The canonical combining class; null for what no label may hold.</summary>
    private static int? Combining(int letter)
    {
        if (letter < 0x80)
        {
            return char.IsAsciiLetterLower((char)letter) || char.IsAsciiDigit((char)letter) || letter == '-' ? 0 : null;
        }

        var (low, high) = (0, Ranges.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var (first, last, combining) = Ranges[middle];
            if (letter >= first && letter <= last)
            {
                return combining;
            }

            (low, high) = letter < first ? (low, middle - 1) : (middle + 1, high);
        }

        return null;
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark;

    private static FrozenSet<(int, int)> Load()
    {
        var pairs = new List<(int, int)>();
        using var file = typeof(DomainLetters).Assembly.GetManifestResourceStream("domain_letters.txt")!;
        using var lines = new StreamReader(file);
        while (lines.ReadLine() is { } line)
        {
            if (line.Split('+') is [var first, var second])
            {
                pairs.Add((Code(first), Code(second)));
            }
            else if (line.Split('-', ' ') is [var from, var to, var combining] && line[0] != '#')
            {
                Ranges.Add((Code(from), Code(to), int.Parse(combining, CultureInfo.InvariantCulture)));
            }
        }

        return pairs.ToFrozenSet();
    }

    private static int Code(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
