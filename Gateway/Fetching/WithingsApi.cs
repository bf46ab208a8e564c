using System.Globalization;
using System.Text.Json;
using EcosystemSilo.Gateway.Webhooks.Payloads;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Gateway.Fetching;

/// <summary>
/// Withings' API (developer.withings.com): forms with an action, answered 200 with a status of its own in the body, and
/// pages by offset. 120 questions a minute. A person cannot be let go without a signature of the moment, so that
/// nothing is told when a consent ends; without the tokens nothing is asked either.
/// </summary>
internal sealed class WithingsApi : IVendorApi
{
    private const string ActivityFields = "steps,distance,calories";

    private const string SleepFields =
        "deepsleepduration,lightsleepduration,remsleepduration,wakeupduration,total_sleep_time,rr_average";

    public string Scheme => "withings";

    public string Address => "https://wbsapi.withings.net/";

    public string TokenPath => "v2/oauth2";

    public IReadOnlyList<QuotaRule> Quota { get; } = [new(120, TimeSpan.FromMinutes(1))];

    public IReadOnlyList<PastResource> Past { get; } =
    [
        new(
            WithingsAnswers.Measures,
            [
                Measure.Weight,
                Measure.BodyFat,
                Measure.HeartRate,
                Measure.OxygenSaturation,
                Measure.SkinTemperature,
                Measure.BloodPressure,
            ]
        ),
        new(WithingsAnswers.Activity, [Measure.Steps, Measure.Distance, Measure.ActiveEnergy]),
        new(WithingsAnswers.Sleep, [Measure.Sleep, Measure.RespiratoryRate]),
    ];

    public VendorRequest? First(PendingFetch fetch) => Page(fetch, offset: null);

    public VendorRequest? Next(PendingFetch fetch, JsonElement answer)
    {
        var body = new JsonPlace(answer)["body"];
        var hasMore = body["more"].IsTrue || body["more"].Whole > 0;
        return hasMore && body["offset"].Scalar is { } offset ? Page(fetch, offset) : null;
    }

    public VendorRequest? Deregister(string accessToken) => null;

    /// <summary>Statuses of the body: 0 well, 100-102, 200 and 401 not authorised, 601 too many.</summary>
    public Answered Judge(int status, JsonElement answer) =>
        VendorAnswers.ByStatus(status) is var byStatus and not Answered.Well
            ? byStatus
            : new JsonPlace(answer)["status"].Whole switch
            {
                0 => Answered.Well,
                (>= 100 and <= 102) or 200 or 214 or 401 => Answered.Unauthorised,
                601 => Answered.Throttled,
                >= 500 and < 600 => Answered.Refused,
                _ => Answered.Failed,
            };

    public VendorRequest Refresh(VendorClientId client, string refreshToken) =>
        VendorRequest.Post(
            TokenPath,
            new Dictionary<string, string>
            {
                ["action"] = "requesttoken",
                ["grant_type"] = "refresh_token",
                ["refresh_token"] = refreshToken,
                ["client_id"] = client.Id,
                ["client_secret"] = client.Secret,
            }
        ) with
        {
            IsAnonymous = true,
        };

    public VendorTokens? ReadTokens(JsonElement answer, DateTimeOffset now) =>
        VendorTokens.Read(new JsonPlace(answer)["body"], now);

    private static VendorRequest? Page(PendingFetch fetch, string? offset)
    {
        (string? Path, string? Fields) to = fetch.Resource switch
        {
            WithingsAnswers.Measures => ("measure", null),
            WithingsAnswers.Activity => ("v2/measure", ActivityFields),
            WithingsAnswers.Sleep => ("v2/sleep", SleepFields),
            _ => (null, null),
        };
        if (to.Path is not { } path)
        {
            return null;
        }

        var form = new Dictionary<string, string> { ["action"] = fetch.Resource };
        if (to.Fields is not { } fields)
        {
            var (from, until) = FetchPeriod.Of(fetch);
            (form["startdate"], form["enddate"]) = (Seconds(from), Seconds(until));
        }
        else
        {
            (form["startdateymd"], form["enddateymd"]) = FetchPeriod.Days(fetch);
            form["data_fields"] = fields;
        }

        if (offset is not null)
        {
            form["offset"] = offset;
        }

        return VendorRequest.Post(path, form);
    }

    private static string Seconds(DateTimeOffset time) =>
        time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
