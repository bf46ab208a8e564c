using System.Globalization;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Payloads;

namespace EcosystemSilo.Senders.Fetching;

/// <summary>
/// WHOOP's API v2 (developer.whoop.com, OpenAPI document): a record by its id, or a period page by page. A recovery is
/// announced by the id of its sleep and found by that sleep's cycle. 100 questions a minute and 10,000 a day.
/// </summary>
internal sealed class WhoopApi : IVendorApi
{
    private const string Root = "developer/v2";
    private const string Recovery = "recovery";

    public string Scheme => "whoop";

    public string Address => "https://api.prod.whoop.com/";

    public string TokenPath => "oauth/oauth2/token";

    public IReadOnlyList<QuotaRule> Quota { get; } =
    [new(100, TimeSpan.FromMinutes(1)), new(10_000, TimeSpan.FromDays(1))];

    public IReadOnlyList<PastResource> Past { get; } =
    [
        new("sleep", [Measure.Sleep, Measure.RespiratoryRate]),
        new(
            Recovery,
            [Measure.RestingHeartRate, Measure.HeartRateVariability, Measure.OxygenSaturation, Measure.SkinTemperature]
        ),
        new("workout", [Measure.Activity, Measure.Distance, Measure.ActiveEnergy]),
    ];

    public VendorRequest? First(PendingFetch fetch) => Page(fetch, token: null);

    public VendorRequest? Next(PendingFetch fetch, JsonElement answer)
    {
        var place = new JsonPlace(answer);
        return !IsContent(fetch, answer) && place["cycle_id"].Scalar is { } cycle
                ? VendorRequest.Get($"{Root}/cycle/{Uri.EscapeDataString(cycle)}/recovery")
            : place["next_token"].Scalar is { } token ? Page(fetch, token)
            : null;
    }

    /// <summary>A sleep that was asked for on the way to its recovery is none; recoveries name their sleep.</summary>
    public bool IsContent(PendingFetch fetch, JsonElement answer) =>
        fetch is not { Resource: Recovery, Id: not null } || new JsonPlace(answer)["sleep_id"].IsThere;

    public VendorRequest Deregister(Leaver leaver) => new(HttpMethod.Delete, $"{Root}/user/access");

    private static VendorRequest? Page(PendingFetch fetch, string? token)
    {
        var path = fetch.Resource switch
        {
            "sleep" => "activity/sleep",
            "workout" => "activity/workout",
            Recovery => fetch.Id is null ? "recovery" : "activity/sleep",
            _ => null,
        };
        if (path is null)
        {
            return null;
        }

        if (fetch.Id is { } id)
        {
            return VendorRequest.Get($"{Root}/{path}/{Uri.EscapeDataString(id)}");
        }

        var (from, to) = FetchPeriod.Of(fetch);
        var more = token is null ? "" : $"&nextToken={Uri.EscapeDataString(token)}";
        return VendorRequest.Get($"{Root}/{path}?limit=25&start={Time(from)}&end={Time(to)}{more}");
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
