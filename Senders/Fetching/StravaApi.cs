using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Payloads;

namespace EcosystemSilo.Senders.Fetching;

/// <summary>
/// Strava's API v3 (developers.strava.com): an activity by its id, the past by lists of them, from the oldest on. Lists
/// lack the energy, which would cost a question an activity. 200 questions in 15 minutes and 2,000 a day.
/// </summary>
internal sealed class StravaApi : IVendorApi
{
    private const string Activity = "activity";

    public string Scheme => "strava";

    public string Address => "https://www.strava.com/";

    public string TokenPath => "oauth/token";

    public IReadOnlyList<QuotaRule> Quota { get; } =
    [new(200, TimeSpan.FromMinutes(15)), new(2_000, TimeSpan.FromDays(1))];

    public IReadOnlyList<PastResource> Past { get; } = [new(Activity, [Measure.Activity, Measure.Distance])];

    public VendorRequest? First(PendingFetch fetch) =>
        fetch switch
        {
            { Resource: Activity, Id: { } id } => VendorRequest.Get($"api/v3/activities/{Uri.EscapeDataString(id)}"),
            { Resource: Activity, IsPast: true, From: { } from } => Page(fetch, from),
            _ => null,
        };

    /// <summary>A page may be shorter than it could be; only an empty one is the last.</summary>
    public VendorRequest? Next(PendingFetch fetch, JsonElement answer) =>
        fetch.IsPast && new JsonPlace(answer).Items.Max(activity => activity["start_date"].Time()) is { } newest
            ? Page(fetch, newest)
            : null;

    public VendorRequest Deregister(Leaver leaver) =>
        VendorRequest.Post(
            "oauth/deauthorize",
            new Dictionary<string, string> { ["access_token"] = leaver.Tokens.Access }
        );

    private static VendorRequest Page(PendingFetch fetch, DateTimeOffset after) =>
        VendorRequest.Get(
            $"api/v3/athlete/activities?per_page=200&after={after.ToUnixTimeSeconds()}"
                + $"&before={FetchPeriod.Of(fetch).To.ToUnixTimeSeconds()}"
        );
}
