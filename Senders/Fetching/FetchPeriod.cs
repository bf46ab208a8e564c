using System.Globalization;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Senders.Fetching;

/// <summary>The period of a fetch that has no id.</summary>
internal static class FetchPeriod
{
    /// <summary>
    /// A notification without a time is of what was synchronised just now, which may be of yesterday.
    /// </summary>
    private static readonly TimeSpan Recent = TimeSpan.FromDays(2);

    /// <summary>Days of a person begin and end up to 14 hours beside those of UTC.</summary>
    private static readonly TimeSpan Zones = TimeSpan.FromHours(14);

    public static (DateTimeOffset From, DateTimeOffset To) Of(PendingFetch fetch)
    {
        var to = fetch.To ?? fetch.From + Recent ?? fetch.RequestedAt;
        return (fetch.From ?? to - Recent, to);
    }

    /// <summary>The same in whole days of the person, wherever they are.</summary>
    public static (string From, string To) Days(PendingFetch fetch)
    {
        var (from, to) = Of(fetch);
        return (Day(from - Zones), Day(to + Zones));
    }

    private static string Day(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
