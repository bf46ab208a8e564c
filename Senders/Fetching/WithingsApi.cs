using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Payloads;

namespace EcosystemSilo.Senders.Fetching;

/// <summary>
/// Withings' API (developer.withings.com): forms with an action, answered 200 with a status of its own in the body, and
/// pages by offset. 120 questions a minute. A person is let go by their id, under a signature over a number that
/// Withings gives for it (developer guide, sign your requests).
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

    public VendorRequest? Deregister(Leaver leaver) =>
        leaver is { Client: { } client, User.Length: > 0 }
            ? Signed(
                client,
                "v2/signature",
                "getnonce",
                ("timestamp", leaver.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))
            )
            : null;

    public VendorRequest? DeregisterNext(Leaver leaver, JsonElement answer) =>
        leaver.Client is { } client && new JsonPlace(answer)["body"]["nonce"].Text is { } nonce
            ? Signed(client, TokenPath, "revoke", ("nonce", nonce), ("userid", leaver.User))
            : null;

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

    /// <summary>Signed are the action, who we are, and the first of the fields.</summary>
    private static VendorRequest Signed(
        VendorClientId client,
        string path,
        string action,
        params (string Name, string Value)[] fields
    )
    {
        var signed = Encoding.UTF8.GetBytes($"{action},{client.Id},{fields[0].Value}");
        var form = fields.ToDictionary(field => field.Name, field => field.Value);
        form["action"] = action;
        form["client_id"] = client.Id;
        form["signature"] = Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(client.Secret), signed)
        );
        return VendorRequest.Post(path, form) with { IsAnonymous = true };
    }

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
