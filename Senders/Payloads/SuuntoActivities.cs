using System.Collections.Frozen;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>Suunto's numbers of activities, the common ones; others keep their number.</summary>
internal static class SuuntoActivities
{
    private static readonly FrozenDictionary<long, string> Names = new Dictionary<long, string>
    {
        [0] = "walking",
        [1] = "running",
        [2] = "cycling",
        [3] = "cross-country-skiing",
        [10] = "mountain-biking",
        [11] = "hiking",
        [12] = "roller-skating",
        [13] = "downhill-skiing",
        [14] = "paddling",
        [15] = "rowing",
        [16] = "golf",
        [21] = "swimming",
        [22] = "trail-running",
        [23] = "gym",
        [24] = "nordic-walking",
        [25] = "horseback-riding",
        [29] = "climbing",
        [30] = "snowboarding",
        [31] = "ski-touring",
        [33] = "soccer",
        [34] = "tennis",
        [35] = "basketball",
        [51] = "yoga",
        [52] = "indoor-cycling",
        [53] = "treadmill",
        [55] = "crosstrainer",
        [57] = "indoor-rowing",
        [74] = "triathlon",
        [85] = "open-water-swimming",
        [99] = "gravel-cycling",
        [105] = "e-biking",
    }.ToFrozenDictionary();

    public static string Of(long? number) =>
        number is { } known ? Names.GetValueOrDefault(known, $"suunto-{known}") : ActivityName.Unknown;
}
