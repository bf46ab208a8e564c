using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>Series that several of Terra's records have: samples with a time and no id.</summary>
internal static class TerraSamples
{
    private const long OfMuscle = 1;

    /// <param name="whole">What the record is of, and so the resting heart rate of its summary.</param>
    public static void ReadHeart(JsonPlace heart, Occasion? whole, ReadingsBuilder readings)
    {
        readings.Add(Measure.RestingHeartRate, whole, heart["summary"]["resting_hr_bpm"], "/min");
        var detailed = heart["detailed"];
        Read(detailed["hr_samples"], "bpm", Measure.HeartRate, "/min", readings);
        var variability = Measure.HeartRateVariability;
        Read(detailed["hrv_samples_rmssd"], "hrv_rmssd", variability, "ms", readings, detail: "rmssd");
        Read(detailed["hrv_samples_sdnn"], "hrv_sdnn", variability, "ms", readings, detail: "sdnn");
    }

    public static void ReadOxygen(JsonPlace samples, ReadingsBuilder readings)
    {
        foreach (var sample in samples.Items)
        {
            if (sample["type"].Whole != OfMuscle)
            {
                var when = Occasion.At(sample["timestamp"].Time());
                readings.Add(Measure.OxygenSaturation, when, sample["percentage"], "%");
            }
        }
    }

    public static void Read(
        JsonPlace samples,
        string value,
        Measure measure,
        string unit,
        ReadingsBuilder readings,
        string? detail = null
    )
    {
        foreach (var sample in samples.Items)
        {
            readings.Add(measure, Occasion.At(sample["timestamp"].Time())?.With(detail), sample[value], unit);
        }
    }
}
