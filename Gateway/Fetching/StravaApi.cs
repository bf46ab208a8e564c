using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Gateway.Fetching;

/// <summary>
/// Strava's API v3 (developers.strava.com): an activity by its id. 200 questions in 15 minutes and 2,000 a day. Lists
/// of activities lack what is read, so a backfill would cost a question an activity; there is none.
/// </summary>
internal sealed class StravaApi : IVendorApi
{
    public string Scheme => "strava";

    public string Address => "https://www.strava.com/";

    public string TokenPath => "oauth/token";

    public IReadOnlyList<QuotaRule> Quota { get; } =
    [new(200, TimeSpan.FromMinutes(15)), new(2_000, TimeSpan.FromDays(1))];

    public IReadOnlyList<PastResource> Past => [];

    public VendorRequest? First(PendingFetch fetch) =>
        fetch is { Resource: "activity", Id: { } id }
            ? VendorRequest.Get($"api/v3/activities/{Uri.EscapeDataString(id)}")
            : null;

    public VendorRequest? Next(PendingFetch fetch, JsonElement answer) => null;

    public VendorRequest Deregister(string accessToken) =>
        VendorRequest.Post("oauth/deauthorize", new Dictionary<string, string> { ["access_token"] = accessToken });
}
