using System.Globalization;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Payloads;

namespace EcosystemSilo.Senders.Fetching;

/// <summary>
/// Oura's API v2 (cloud.ouraring.com, OpenAPI document): a document by its id, or a period page by page. Oura does not
/// publish its quota; 5,000 questions in 5 minutes is what users have seen, and its 429 is honoured anyway.
/// </summary>
internal sealed class OuraApi : IVendorApi
{
    private const string Collection = "v2/usercollection";
    private const string HeartRate = "heartrate";

    public string Scheme => "oura";

    public string Address => "https://api.ouraring.com/";

    public string TokenPath => "oauth/token";

    public IReadOnlyList<QuotaRule> Quota { get; } = [new(5_000, TimeSpan.FromMinutes(5))];

    public IReadOnlyList<PastResource> Past { get; } =
    [
        new("sleep", [Measure.Sleep, Measure.RespiratoryRate, Measure.HeartRate, Measure.HeartRateVariability]),
        new("daily_activity", [Measure.Steps, Measure.ActiveEnergy]),
        new("daily_spo2", [Measure.OxygenSaturation]),
        new(HeartRate, [Measure.HeartRate]),
        new("workout", [Measure.Activity, Measure.Distance]),
    ];

    public VendorRequest First(PendingFetch fetch) => Page(fetch, token: null);

    public VendorRequest? Next(PendingFetch fetch, JsonElement answer) =>
        new JsonPlace(answer)["next_token"].Scalar is { } token ? Page(fetch, token) : null;

    public VendorRequest Deregister(Leaver leaver) =>
        VendorRequest.Get($"oauth/revoke?access_token={Uri.EscapeDataString(leaver.Tokens.Access)}");

    private static VendorRequest Page(PendingFetch fetch, string? token)
    {
        // Heart rates have no documents.
        if (fetch.Id is { } id && fetch.Resource != HeartRate)
        {
            return VendorRequest.Get($"{Collection}/{fetch.Resource}/{Uri.EscapeDataString(id)}");
        }

        var ((from, to), days) = (FetchPeriod.Of(fetch), FetchPeriod.Days(fetch));
        var period =
            fetch.Resource == HeartRate
                ? $"start_datetime={Time(from)}&end_datetime={Time(to)}"
                : $"start_date={days.From}&end_date={days.To}";
        var more = token is null ? "" : $"&next_token={Uri.EscapeDataString(token)}";
        return VendorRequest.Get($"{Collection}/{fetch.Resource}?{period}{more}");
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
