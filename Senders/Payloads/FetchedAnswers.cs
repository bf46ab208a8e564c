using System.Collections.Frozen;
using System.Text.Json;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Reads what a sender's API answers to a fetch, one page or one document. Pure, and it never throws; what its user and
/// version are is known from the notification.
/// </summary>
internal delegate ReadingsNews ReadAnswer(FetchNews fetched, JsonElement answer);

/// <summary>The readers of answers by the names of schemes whose notifications are thin.</summary>
internal static class FetchedAnswers
{
    private static readonly FrozenDictionary<string, ReadAnswer> ByScheme = new Dictionary<string, ReadAnswer>
    {
        ["oura"] = OuraAnswers.Read,
        ["whoop"] = WhoopAnswers.Read,
        ["withings"] = WithingsAnswers.Read,
        ["polar"] = PolarAnswers.Read,
        ["strava"] = StravaAnswers.Read,
        ["fitbit"] = FitbitAnswers.Read,
        ["google-health"] = GoogleHealthAnswers.Read,
        ["garmin"] = GarminPayload.ReadAnswer,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static ReadAnswer? Find(string scheme) => ByScheme.GetValueOrDefault(scheme);
}
