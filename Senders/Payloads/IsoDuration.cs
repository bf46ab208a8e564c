using System.Globalization;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>Durations of ISO 8601 in hours, minutes and seconds, as <c>PT2H44M45.5S</c>.</summary>
internal static class IsoDuration
{
    private const string Units = "HMS";
    private const int CharsMax = 32;

    /// <summary>Null when the text is no such duration.</summary>
    public static double? Seconds(string? text)
    {
        if (text is not { Length: > 3 and <= CharsMax } || !text.StartsWith("PT", StringComparison.Ordinal))
        {
            return null;
        }

        var (seconds, begin, last) = (0.0, 2, -1);
        for (var at = begin; at < text.Length; at++)
        {
            if (char.IsAsciiDigit(text[at]) || text[at] == '.')
            {
                continue;
            }

            // Units stand in this order, each once.
            var unit = Units.IndexOf(text[at], StringComparison.Ordinal);
            if (unit <= last || Number(text.AsSpan(begin, at - begin)) is not { } number)
            {
                return null;
            }

            seconds += number * Math.Pow(60, Units.Length - 1 - unit);
            (begin, last) = (at + 1, unit);
        }

        return begin == text.Length ? seconds : null;
    }

    private static double? Number(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
