using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Senders.Fetching;

/// <summary>
/// What Garmin's pings point to. The specification is open to partners alone; hosts are those that public integrations
/// (the-momentum/open-wearables) use. A ping is not signed, so its address is asked only where it is Garmin's own: see
/// <see cref="VendorClient"/>. A backfill at Garmin comes as pushes and pings of its own, so none is fetched. The quota
/// is not published; 100 questions a minute is a guess on the safe side, and its 429 is honoured anyway.
/// </summary>
internal sealed class GarminApi : IVendorApi
{
    public string Scheme => "garmin";

    public string Address => "https://apis.garmin.com/";

    public string TokenAddress => "https://diauth.garmin.com/";

    public string TokenPath => "di-oauth2-service/oauth/token";

    public IReadOnlyList<QuotaRule> Quota { get; } = [new(100, TimeSpan.FromMinutes(1))];

    public IReadOnlyList<PastResource> Past => [];

    public VendorRequest? First(PendingFetch fetch) => fetch.Id is { } address ? VendorRequest.Get(address) : null;

    public VendorRequest? Next(PendingFetch fetch, JsonElement answer) => null;

    public Answered Judge(int status, JsonElement answer) => VendorAnswers.ByStatusOfScopes(status);

    public VendorRequest Deregister(Leaver leaver) => new(HttpMethod.Delete, "wellness-api/rest/user/registration");
}
