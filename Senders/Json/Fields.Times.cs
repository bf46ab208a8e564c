using System.Globalization;
using System.Text.Json;

namespace EcosystemSilo.Senders.Json;

/// <summary>Times and dates.</summary>
public sealed partial class Fields
{
    /// <summary>A time as RFC 3339 with an offset; kept in UTC.</summary>
    public DateTimeOffset Time(string name) =>
        Take(name, required: true, out var value) ? ReadTime(name, value) ?? default : default;

    /// <summary>The same, or null when it is left out.</summary>
    public DateTimeOffset? OptionalTime(string name) =>
        Take(name, required: false, out var value) ? ReadTime(name, value) : null;

    /// <summary>A day such as 2026-01-31, or null when it is left out.</summary>
    public DateOnly? OptionalDate(string name)
    {
        if (!Take(name, required: false, out var value))
        {
            return null;
        }

        if (
            CleanText.TryRead(value, out var text)
            && DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            )
        )
        {
            return date;
        }

        Blame(name, FieldCodes.FieldInvalid, "must be a day such as 2026-01-31.");
        return null;
    }

    private DateTimeOffset? ReadTime(string name, JsonElement value)
    {
        if (CleanText.TryRead(value, out var text) && Rfc3339.TryParse(text, out var time))
        {
            return time;
        }

        Blame(name, FieldCodes.FieldInvalid, "must be a time such as 2026-01-31T12:00:00Z.");
        return null;
    }
}
