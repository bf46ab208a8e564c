using System.Globalization;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Payloads;

namespace EcosystemSilo.Senders.Fetching;

/// <summary>
/// Fitbit's Web API (dev.fitbit.com): what is new by its day, the past by ranges of days. Heart rates are asked for
/// without a detail, since the minutes of a day are refused to applications that have no leave for them. 150 questions
/// an hour for each person.
/// </summary>
internal sealed class FitbitApi : IVendorApi
{
    private const string Activities = "activities";

    public string Scheme => "fitbit";

    public string Address => "https://api.fitbit.com/";

    public string TokenPath => "oauth2/token";

    public IReadOnlyList<QuotaRule> Quota { get; } = [new(150, TimeSpan.FromHours(1), IsPerPerson: true)];

    public IReadOnlyList<PastResource> Past { get; } =
    [
        new(Activities, [Measure.Steps, Measure.Distance, Measure.RestingHeartRate]),
        new("sleep", [Measure.Sleep]),
        new("body", [Measure.Weight, Measure.BodyFat]),
    ];

    public VendorRequest? First(PendingFetch fetch) =>
        fetch.Resource switch
        {
            Activities => fetch.IsPast
                ? Of(fetch, "activities/steps")
                : Get($"1/user/-/activities/date/{Day(fetch)}.json"),
            "sleep" => Get($"1.2/user/-/sleep/date/{Range(fetch)}.json"),
            "body" => Of(fetch, "body/log/weight"),
            _ => null,
        };

    /// <summary>Activities have several answers, told apart by their members.</summary>
    public VendorRequest? Next(PendingFetch fetch, JsonElement answer)
    {
        var body = new JsonPlace(answer);
        return fetch.Resource != Activities ? null
            : body["summary"].IsThere ? Get($"1/user/-/activities/heart/date/{Day(fetch)}/1d.json")
            : body["activities-steps"].IsThere ? Of(fetch, "activities/distance")
            : body["activities-distance"].IsThere ? Of(fetch, "activities/heart")
            : null;
    }

    public VendorRequest? Deregister(Leaver leaver) =>
        leaver.Client is { } client ? Anonymous(client, "oauth2/revoke", new() { ["token"] = leaver.Grant }) : null;

    public Answered Judge(int status, JsonElement answer) => VendorAnswers.ByStatusOfScopes(status);

    public VendorRequest Refresh(VendorClientId client, string refreshToken) =>
        Anonymous(client, TokenPath, new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken });

    private static VendorRequest Anonymous(VendorClientId client, string path, Dictionary<string, string> form) =>
        VendorRequest.Post(path, form) with
        {
            IsAnonymous = true,
            Basic = client,
        };

    private static VendorRequest Of(PendingFetch fetch, string what) =>
        Get($"1/user/-/{what}/date/{Range(fetch)}.json");

    private static VendorRequest Get(string path) => VendorRequest.Get(path);

    /// <summary>
    /// Fitbit gives weights of 31 days at most, so that a slice is not widened by the zones of its ends.
    /// </summary>
    private static string Range(PendingFetch fetch)
    {
        var (from, to) = FetchPeriod.Of(fetch);
        return fetch.IsPast ? $"{Text(from)}/{Text(to)}" : Day(fetch);
    }

    /// <summary>A notification names one day of the person.</summary>
    private static string Day(PendingFetch fetch) => Text(fetch.From ?? fetch.RequestedAt);

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
