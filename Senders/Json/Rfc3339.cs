using System.Globalization;

namespace EcosystemSilo.Senders.Json;

/// <summary>
/// Date and time as RFC 3339 section 5.6 has it: full date, full time to the second, an optional fraction, and
/// <c>Z</c> or an offset of hours and minutes. Stricter than .NET's own parsers, which also take
/// <c>2018-04-05T18:31Z</c> and <c>+05</c>.
/// </summary>
public static class Rfc3339
{
    /// <summary>Nanoseconds and an offset take 35 characters.</summary>
    private const int CharsMax = 40;

    /// <summary>
    /// The instant in UTC, to 100 ns (finer digits are dropped); false when the text is anything else.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset utc)
    {
        utc = default;
        if (text.Length is < 20 or > CharsMax || text[10] is not ('T' or 't'))
        {
            return false;
        }

        var rest = text[19..];
        if (
            !DateTime.TryParseExact(
                text[..10],
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            )
            || !TryReadClock(text.Slice(11, 8), out var clock)
            || !TryReadFraction(ref rest, out var fraction)
            || !TryReadOffset(rest, out var offset)
        )
        {
            return false;
        }

        var ticks = date.Ticks + clock.Ticks + fraction.Ticks - offset.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        utc = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    private static bool TryReadClock(ReadOnlySpan<char> text, out TimeSpan clock)
    {
        clock = default;
        if (text[2] != ':' || text[5] != ':')
        {
            return false;
        }

        // Second 60 is a leap second: it becomes the first of the next minute.
        var valid =
            TryReadTwo(text, 23, out var hours)
            & TryReadTwo(text[3..], 59, out var minutes)
            & TryReadTwo(text[6..], 60, out var seconds);
        clock = new TimeSpan(hours, minutes, seconds);
        return valid;
    }

    private static bool TryReadFraction(ref ReadOnlySpan<char> text, out TimeSpan fraction)
    {
        fraction = default;
        if (text[0] != '.')
        {
            return true;
        }

        var ticks = 0L;
        var place = TimeSpan.TicksPerSecond;
        var at = 1;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            place /= 10;
            ticks += (text[at] - '0') * place;
        }

        text = text[at..];
        fraction = TimeSpan.FromTicks(ticks);
        return at > 1;
    }

    private static bool TryReadOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        if (text is "Z" or "z")
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':')
        {
            return false;
        }

        var valid = TryReadTwo(text[1..], 23, out var hours) & TryReadTwo(text[4..], 59, out var minutes);
        var size = new TimeSpan(hours, minutes, 0);
        offset = text[0] == '-' ? -size : size;
        return valid;
    }

    private static bool TryReadTwo(ReadOnlySpan<char> text, int max, out int number)
    {
        number = (text[0] - '0') * 10 + (text[1] - '0');
        return char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1]) && number <= max;
    }
}
