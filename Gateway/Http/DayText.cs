using System.Globalization;

namespace EcosystemSilo.Gateway.Http;

/// <summary>Days in addresses, such as <c>2026-03-01</c>.</summary>
internal static class DayText
{
    public static bool TryRead(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
