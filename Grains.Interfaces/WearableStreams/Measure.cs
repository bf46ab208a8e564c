using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces.WearableStreams;

/// <summary>
/// What a reading is a reading of. The numbers are stored inside blocks of samples, so they never change.
/// </summary>
public enum Measure : byte
{
    [JsonStringEnumMemberName("heart-rate")]
    HeartRate = 1,

    [JsonStringEnumMemberName("resting-heart-rate")]
    RestingHeartRate = 2,

    /// <summary>Milliseconds; the detail says by which formula, <c>sdnn</c> or <c>rmssd</c>.</summary>
    [JsonStringEnumMemberName("heart-rate-variability")]
    HeartRateVariability = 3,

    [JsonStringEnumMemberName("steps")]
    Steps = 4,

    [JsonStringEnumMemberName("distance")]
    Distance = 5,

    /// <summary>Energy that the person burned by moving.</summary>
    [JsonStringEnumMemberName("active-energy")]
    ActiveEnergy = 6,

    /// <summary>A workout: its value is how long it took, its detail the name of the activity.</summary>
    [JsonStringEnumMemberName("activity")]
    Activity = 7,

    /// <summary>
    /// A stay in bed: its value is the time asleep, its detail the stages (<see cref="SleepStages"/>).
    /// </summary>
    [JsonStringEnumMemberName("sleep")]
    Sleep = 8,

    [JsonStringEnumMemberName("oxygen-saturation")]
    OxygenSaturation = 9,

    [JsonStringEnumMemberName("respiratory-rate")]
    RespiratoryRate = 10,

    [JsonStringEnumMemberName("skin-temperature")]
    SkinTemperature = 11,

    /// <summary>Systolic, with the diastolic pressure as second value.</summary>
    [JsonStringEnumMemberName("blood-pressure")]
    BloodPressure = 12,

    [JsonStringEnumMemberName("glucose")]
    Glucose = 13,

    [JsonStringEnumMemberName("weight")]
    Weight = 14,

    [JsonStringEnumMemberName("body-fat")]
    BodyFat = 15,
}

/// <summary>What is known of a measure.</summary>
/// <param name="Word">Its name in routes and messages, for example <c>heart-rate</c>.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Unit">The canonical unit as UCUM code; roll-ups, series and exports are in it.</param>
/// <param name="Loinc">Its LOINC code, with the display text of the code system.</param>
/// <param name="Min">The least and the greatest value that a living person's device can report, in the canonical unit;
/// anything else is set aside.</param>
/// <param name="Adds">Whether readings of a day add up, as steps do; others are averaged.</param>
public sealed record MeasureFacts(
    Measure Measure,
    string Word,
    string Label,
    string Unit,
    LoincCode Loinc,
    double Min,
    double Max,
    bool Adds = false
);

/// <param name="Code">For example <c>8867-4</c>.</param>
public sealed record LoincCode(string Code, string Display);

/// <summary>
/// The table of all measures. LOINC and UCUM codes are those of the HL7 vital signs profiles and implementation guides
/// (physical activity, personal health record).
/// </summary>
public static class Measures
{
    public static IReadOnlyList<MeasureFacts> All { get; } =
    [
        new(Measure.HeartRate, "heart-rate", "Heart rate", "/min", new("8867-4", "Heart rate"), 20, 300),
        new(
            Measure.RestingHeartRate,
            "resting-heart-rate",
            "Resting heart rate",
            "/min",
            new("40443-4", "Heart rate --resting"),
            20,
            200
        ),
        new(
            Measure.HeartRateVariability,
            "heart-rate-variability",
            "Heart rate variability",
            "ms",
            new("80404-7", "R-R interval.standard deviation (Heart rate variability)"),
            1,
            1_000
        ),
        new(
            Measure.Steps,
            "steps",
            "Steps",
            "{steps}",
            new("55423-8", "Number of steps in unspecified time Pedometer"),
            0,
            200_000,
            Adds: true
        ),
        new(
            Measure.Distance,
            "distance",
            "Distance",
            "m",
            new("55430-3", "Distance walked in unspecified time Pedometer"),
            0,
            1_000_000,
            Adds: true
        ),
        new(
            Measure.ActiveEnergy,
            "active-energy",
            "Active energy",
            "kcal",
            new("41981-2", "Calories burned"),
            0,
            20_000,
            Adds: true
        ),
        new(Measure.Activity, "activity", "Activity", "min", new("55411-3", "Exercise duration"), 0, 2_880, Adds: true),
        new(Measure.Sleep, "sleep", "Sleep", "min", new("93832-4", "Sleep duration"), 0, 1_440, Adds: true),
        new(
            Measure.OxygenSaturation,
            "oxygen-saturation",
            "Oxygen saturation",
            "%",
            new("59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry"),
            40,
            100
        ),
        new(
            Measure.RespiratoryRate,
            "respiratory-rate",
            "Respiratory rate",
            "/min",
            new("9279-1", "Respiratory rate"),
            2,
            100
        ),
        new(
            Measure.SkinTemperature,
            "skin-temperature",
            "Skin temperature",
            "Cel",
            new("39106-0", "Temperature of Skin"),
            10,
            45
        ),
        new(
            Measure.BloodPressure,
            "blood-pressure",
            "Blood pressure",
            "mm[Hg]",
            new("85354-9", "Blood pressure panel with all children optional"),
            20,
            350
        ),
        new(
            Measure.Glucose,
            "glucose",
            "Glucose",
            "mg/dL",
            new("99504-3", "Glucose [Mass/volume] in Interstitial fluid"),
            10,
            1_000
        ),
        new(Measure.Weight, "weight", "Weight", "kg", new("29463-7", "Body weight"), 0.2, 700),
        new(Measure.BodyFat, "body-fat", "Body fat", "%", new("41982-0", "Percentage of body fat Measured"), 1, 90),
    ];

    private static readonly FrozenDictionary<Measure, MeasureFacts> ByMeasure = All.ToFrozenDictionary(facts =>
        facts.Measure
    );

    public static MeasureFacts Of(Measure measure) => ByMeasure[measure];

    public static Measure? Find(string? word) => All.FirstOrDefault(facts => facts.Word == word)?.Measure;
}
