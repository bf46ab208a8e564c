using System.Globalization;
using System.Text;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Times as wearables' senders write them, with the person's offset kept. Wider than RFC 3339, since they are: a space
/// for the T, no seconds, an offset without colon and after a space, no offset at all, or a date alone. Read byte by
/// byte and once, for a delivery may have a hundred thousand of them.
/// </summary>
internal static class SenderTime
{
    /// <summary>Digits to the nanosecond and an offset take 35; more is no time.</summary>
    private const int CharsMax = 48;

    /// <summary>No place on earth is farther from UTC, and .NET knows no more.</summary>
    private static readonly TimeSpan OffsetMax = TimeSpan.FromHours(14);

    public static DateTimeOffset? Parse(ReadOnlySpan<char> text, TimeSpan offset = default)
    {
        Span<byte> ascii = stackalloc byte[CharsMax];
        return text.Length <= CharsMax && Encoding.ASCII.TryGetBytes(text, ascii, out var length)
            ? Parse(ascii[..length], offset)
            : null;
    }

    /// <summary>Null when the text is no time.</summary>
    /// <param name="offset">Stands for the offset where the text has none.</param>
    public static DateTimeOffset? Parse(ReadOnlySpan<byte> text, TimeSpan offset = default)
    {
        if (text.Length is < 10 or > CharsMax || ReadDate(text) is not { } date)
        {
            return null;
        }

        var rest = text[10..];
        var clock = 0L;
        if (rest.Length > 0 && !TryReadClock(ref rest, out clock))
        {
            return null;
        }

        rest = rest.TrimStart((byte)' ');
        return rest.Length == 0 || TryReadOffset(rest, out offset)
            ? At(date.ToDateTime(TimeOnly.MinValue).Ticks + clock, offset)
            : null;
    }

    /// <summary>The date that a text begins with.</summary>
    public static DateOnly? ParseDate(string text) =>
        DateOnly.TryParseExact(
            text.AsSpan(0, Math.Min(10, text.Length)),
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var date
        )
            ? date
            : null;

    /// <summary>Null when it lies beyond what a calendar has.</summary>
    /// <param name="number">Of units since 1970, UTC.</param>
    public static DateTimeOffset? FromUnix(double number, TimeSpan unit, TimeSpan offset = default)
    {
        var ticks = number * unit.Ticks;
        return Math.Abs(ticks) < DateTime.MaxValue.Ticks
            ? At(DateTime.UnixEpoch.Ticks + (long)ticks + Sane(offset).Ticks, offset)
            : null;
    }

    /// <summary>The time so many seconds later; null when there is none.</summary>
    public static DateTimeOffset? After(DateTimeOffset? start, double? seconds) =>
        start is { } time && seconds is { } after && Math.Abs(after) < TimeSpan.MaxValue.TotalSeconds / 2
            ? At(time.Ticks + (long)(after * TimeSpan.TicksPerSecond), time.Offset)
            : null;

    /// <summary>
    /// A person's offset in whole minutes; a sender's wrong clock may give any number, and one that is no offset counts
    /// as UTC.
    /// </summary>
    public static TimeSpan OffsetOf(double? seconds) =>
        seconds is { } value && Math.Abs(value) <= OffsetMax.TotalSeconds
            ? TimeSpan.FromMinutes(Math.Round(value / 60))
            : TimeSpan.Zero;

    /// <summary>An offset as <c>+01:00</c>, <c>-0430</c>, <c>+02</c> or <c>Z</c>; null when it is none.</summary>
    public static TimeSpan? ParseOffset(string? text)
    {
        Span<byte> ascii = stackalloc byte[8];
        return
            text is { Length: > 0 and <= 8 }
            && Encoding.ASCII.TryGetBytes(text, ascii, out var length)
            && TryReadOffset(ascii[..length], out var offset)
            ? offset
            : null;
    }

    /// <summary>The same instant on the clock of an offset; a time that has an offset of its own keeps it.</summary>
    public static DateTimeOffset? Seen(DateTimeOffset? time, TimeSpan offset) =>
        time is { Offset.Ticks: 0 } utc ? At(utc.Ticks + Sane(offset).Ticks, offset) : time;

    /// <summary>The same instant on the clock of a zone such as <c>Europe/Paris</c>; unchanged for an unknown
    /// one.</summary>
    public static DateTimeOffset? InZone(DateTimeOffset? time, string? zone) =>
        time is { } utc && IsZone(zone) && TimeZoneInfo.TryFindSystemTimeZoneById(zone!, out var found)
            ? Seen(time, found.GetUtcOffset(utc))
            : time;

    /// <summary>A name looks like a path and is used as one, so it must not lead anywhere else.</summary>
    private static bool IsZone(string? name) =>
        name is { Length: > 0 and <= 64 }
        && char.IsAsciiLetter(name[0])
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '/' or '_' or '-' or '+');

    /// <summary>The time on the clock at that offset; null when it lies beyond the calendar.</summary>
    public static DateTimeOffset? At(DateOnly date, TimeSpan offset) =>
        At(date.ToDateTime(TimeOnly.MinValue).Ticks, offset);

    private static DateTimeOffset? At(long localTicks, TimeSpan offset)
    {
        var sane = Sane(offset);
        var utc = localTicks - sane.Ticks;
        return
            utc >= DateTime.MinValue.Ticks
            && utc <= DateTime.MaxValue.Ticks
            && localTicks >= DateTime.MinValue.Ticks
            && localTicks <= DateTime.MaxValue.Ticks
            ? new DateTimeOffset(localTicks, sane)
            : null;
    }

    private static TimeSpan Sane(TimeSpan offset) => OffsetOf(offset.TotalSeconds);

    private static DateOnly? ReadDate(ReadOnlySpan<byte> text) =>
        text[4] == '-'
        && text[7] == '-'
        && TryReadDigits(text[..4], out var year)
        && TryReadDigits(text[5..7], out var month)
        && TryReadDigits(text[8..10], out var day)
        && year >= 1
        && month is >= 1 and <= 12
        && day >= 1
        && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    /// <summary><c>T03:04</c>, <c> 03:04:05</c> or <c>t03:04:05.678</c>; second 60 is a leap second.</summary>
    private static bool TryReadClock(ref ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (
            text.Length < 6
            || text[0] is not ((byte)'T' or (byte)'t' or (byte)' ')
            || text[3] != ':'
            || !TryReadDigits(text[1..3], out var hours)
            || !TryReadDigits(text[4..6], out var minutes)
            || hours > 23
            || minutes > 59
        )
        {
            return false;
        }

        text = text[6..];
        var seconds = 0;
        if (text.Length >= 3 && text[0] == ':')
        {
            if (!TryReadDigits(text[1..3], out seconds) || seconds > 60)
            {
                return false;
            }

            text = text[3..];
        }

        ticks = ((((hours * 60L) + minutes) * 60) + seconds) * TimeSpan.TicksPerSecond;
        return text.Length == 0 || text[0] is not ((byte)'.' or (byte)',') || TryReadFraction(ref text, ref ticks);
    }

    private static bool TryReadFraction(ref ReadOnlySpan<byte> text, ref long ticks)
    {
        var place = TimeSpan.TicksPerSecond;
        var at = 1;
        for (; at < text.Length && char.IsAsciiDigit((char)text[at]); at++)
        {
            place /= 10;
            ticks += (text[at] - '0') * place;
        }

        text = text[at..];
        return at > 1;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> text, out TimeSpan offset)
    {
        offset = default;
        if (text.Length == 1 && text[0] is (byte)'Z' or (byte)'z')
        {
            return true;
        }

        var minutes = 0;
        var isOffset =
            text.Length is 3 or 5 or 6
            && text[0] is (byte)'+' or (byte)'-'
            && (text.Length != 6 || text[3] == ':')
            && TryReadDigits(text[1..3], out var hours)
            && (text.Length == 3 || TryReadDigits(text[^2..], out minutes))
            && minutes <= 59
            && SetOffset(hours, minutes, text[0] == '-', out offset);
        return isOffset;
    }

    private static bool SetOffset(int hours, int minutes, bool isNegative, out TimeSpan offset)
    {
        var size = new TimeSpan(hours, minutes, 0);
        offset = isNegative ? -size : size;
        return size <= OffsetMax;
    }

    private static bool TryReadDigits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
