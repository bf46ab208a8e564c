using System.Globalization;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Payloads;

namespace EcosystemSilo.Senders.Fetching;

/// <summary>
/// Google Health API v4 (developers.google.com/health, filters): data points of a type by their times, page by page.
/// Which time a filter may name depends on the type; only from (inclusive) and to (exclusive) are known to it. Its
/// quota is not published; 300 questions a minute for each person is what users have seen.
/// </summary>
internal sealed class GoogleHealthApi : IVendorApi
{
    private const string Exercise = "exercise";
    private const string Sleep = "sleep";

    private static readonly HashSet<string> Intervals = new(StringComparer.Ordinal) { "steps", "distance" };

    public string Scheme => "google-health";

    public string Address => "https://health.googleapis.com/";

    public string TokenAddress => "https://oauth2.googleapis.com/";

    public string TokenPath => "token";

    public IReadOnlyList<QuotaRule> Quota { get; } = [new(300, TimeSpan.FromMinutes(1), IsPerPerson: true)];

    public IReadOnlyList<PastResource> Past { get; } =
    [
        new("steps", [Measure.Steps]),
        new("distance", [Measure.Distance]),
        new("heart-rate", [Measure.HeartRate]),
        new("daily-resting-heart-rate", [Measure.RestingHeartRate]),
        new("heart-rate-variability", [Measure.HeartRateVariability]),
        new("daily-respiratory-rate", [Measure.RespiratoryRate]),
        new("oxygen-saturation", [Measure.OxygenSaturation]),
        new("weight", [Measure.Weight]),
        new("body-fat", [Measure.BodyFat]),
        new("blood-glucose", [Measure.Glucose]),
        new(Sleep, [Measure.Sleep]),
        new(Exercise, [Measure.Activity]),
    ];

    public VendorRequest? First(PendingFetch fetch) => Page(fetch, token: null);

    public VendorRequest? Next(PendingFetch fetch, JsonElement answer) =>
        new JsonPlace(answer)["nextPageToken"].Scalar is { } token ? Page(fetch, token) : null;

    /// <summary>RFC 7009, without a proof of who we are.</summary>
    public VendorRequest Deregister(Leaver leaver) =>
        VendorRequest.Post("revoke", new Dictionary<string, string> { ["token"] = leaver.Grant }) with
        {
            IsAnonymous = true,
        };

    public Answered Judge(int status, JsonElement answer) => VendorAnswers.ByStatusOfScopes(status);

    private static VendorRequest? Page(PendingFetch fetch, string? token)
    {
        if (!GoogleHealthAnswers.Resources.Contains(fetch.Resource))
        {
            return null;
        }

        var more = token is null ? "" : $"&pageToken={Uri.EscapeDataString(token)}";
        return VendorRequest.Get(
            $"v4/users/me/dataTypes/{fetch.Resource}/dataPoints?filter={Uri.EscapeDataString(Filter(fetch))}{more}"
        );
    }

    /// <summary>A filter has the type with underscores where a path has hyphens.</summary>
    private static string Filter(PendingFetch fetch)
    {
        var (from, to) = FetchPeriod.Of(fetch);
        var days = FetchPeriod.Days(fetch with { From = from, To = to.AddDays(1) });
        var type = fetch.Resource.Replace('-', '_');
        return fetch.Resource switch
        {
            Sleep => Between("sleep.interval.end_time", Time(from), Time(to)),
            // The person's own clock is the only one that exercises are found by.
            Exercise => Between("exercise.interval.civil_start_time", $"{days.From}T00:00:00", $"{days.To}T00:00:00"),
            _ when fetch.Resource.StartsWith("daily-", StringComparison.Ordinal) => Between(
                $"{type}.date",
                days.From,
                days.To
            ),
            _ when Intervals.Contains(fetch.Resource) => Between($"{type}.interval.start_time", Time(from), Time(to)),
            _ => Between($"{type}.sample_time.physical_time", Time(from), Time(to)),
        };
    }

    private static string Between(string field, string from, string to) =>
        $"{field} >= \"{from}\" AND {field} < \"{to}\"";

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
