using System.Globalization;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Senders.Fetching;

/// <summary>
/// Polar's AccessLink v3 (OpenAPI document): an exercise by its id, all else by its day; its transactions, which came
/// before, are deprecated. Tokens do not run out. The quota grows with the number of people; this is its least. What
/// was before a person connected is not given, so that there is no backfill.
/// </summary>
internal sealed class PolarApi : IVendorApi
{
    public string Scheme => "polar";

    public string Address => "https://www.polaraccesslink.com/";

    public string TokenAddress => "https://polarremote.com/";

    public string TokenPath => "v2/oauth2/token";

    public IReadOnlyList<QuotaRule> Quota { get; } =
    [new(500, TimeSpan.FromMinutes(15)), new(5_000, TimeSpan.FromDays(1))];

    public IReadOnlyList<PastResource> Past => [];

    public VendorRequest? First(PendingFetch fetch) =>
        fetch.Resource switch
        {
            "EXERCISE" => fetch.Id is { } id ? VendorRequest.Get($"v3/exercises/{Uri.EscapeDataString(id)}") : null,
            "SLEEP" => OfDay(fetch, "sleep"),
            "CONTINUOUS_HEART_RATE" => OfDay(fetch, "continuous-heart-rate"),
            "ACTIVITY_SUMMARY" => OfDay(fetch, "activities"),
            _ => null,
        };

    public VendorRequest? Next(PendingFetch fetch, JsonElement answer) => null;

    public Answered Judge(int status, JsonElement answer) => VendorAnswers.ByStatusOfScopes(status);

    public VendorRequest? Deregister(Leaver leaver) =>
        leaver.User.Length > 0
            ? new VendorRequest(HttpMethod.Delete, $"v3/users/{Uri.EscapeDataString(leaver.User)}")
            : null;

    private static VendorRequest OfDay(PendingFetch fetch, string what)
    {
        var day = (fetch.From ?? fetch.RequestedAt).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return VendorRequest.Get($"v3/users/{what}/{day}");
    }
}
