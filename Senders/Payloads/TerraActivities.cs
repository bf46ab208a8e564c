using System.Collections.Frozen;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>Terra's numbers of activities (tryterra/openapi, ActivityType), the common ones; others keep their
/// number.</summary>
internal static class TerraActivities
{
    private static readonly FrozenDictionary<long, string> Names = new Dictionary<long, string>
    {
        [1] = "biking",
        [7] = "walking",
        [8] = "running",
        [9] = "aerobics",
        [15] = "mountain-biking",
        [16] = "road-biking",
        [17] = "spinning",
        [18] = "stationary-biking",
        [22] = "circuit-training",
        [24] = "dancing",
        [25] = "elliptical",
        [29] = "football",
        [32] = "golf",
        [35] = "hiking",
        [44] = "martial-arts",
        [45] = "meditation",
        [49] = "pilates",
        [52] = "rock-climbing",
        [53] = "rowing",
        [54] = "rowing-machine",
        [56] = "jogging",
        [58] = "treadmill-running",
        [65] = "skiing",
        [67] = "cross-country-skiing",
        [68] = "downhill-skiing",
        [73] = "snowboarding",
        [77] = "stair-climbing",
        [80] = "strength-training",
        [82] = "swimming",
        [83] = "pool-swimming",
        [84] = "open-water-swimming",
        [87] = "tennis",
        [88] = "treadmill",
        [93] = "walking",
        [94] = "nordic-walking",
        [95] = "treadmill-walking",
        [97] = "weightlifting",
        [100] = "yoga",
        [113] = "crossfit",
        [114] = "hiit",
        [115] = "interval-training",
        [125] = "stretching",
        [126] = "triathlon",
        [133] = "indoor-running",
        [149] = "trail-running",
        [150] = "gravel-cycling",
        [152] = "e-biking",
    }.ToFrozenDictionary();

    public static string Of(long? number) =>
        number is { } known ? Names.GetValueOrDefault(known, $"terra-{known}") : ActivityName.Unknown;
}
