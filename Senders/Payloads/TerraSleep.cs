using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>A sleep of Terra: its stages as sums and, where the vendor has them, as a hypnogram.</summary>
internal static class TerraSleep
{
    public static void Read(JsonPlace sleep, ReadingsBuilder readings)
    {
        var (metadata, durations) = (sleep["metadata"], sleep["sleep_durations_data"]);
        var (start, end) = (metadata["start_time"].Time(), metadata["end_time"].Time());
        var runs = start is { } from ? ReadHypnogram(durations["hypnogram_samples"], end).From(from) : null;
        var asleep = durations["asleep"]["duration_asleep_state_seconds"];
        var sums = Sums(durations);
        var when = Occasion.Between(start, end)?.KnownBy(metadata["summary_id"].Scalar);
        readings.Require(
            Measure.Sleep,
            when?.With(SleepTimeline.Write(runs, sums)),
            asleep.IsThere
                ? asleep.Number
                : SleepTimeline.SecondsAsleep(runs, sums[0].Length, sums[1].Length, sums[2].Length),
            asleep,
            "s"
        );
        TerraSamples.ReadHeart(sleep["heart_rate_data"], Occasion.Between(start, end), readings);
        TerraSamples.ReadOxygen(sleep["respiration_data"]["oxygen_saturation_data"]["samples"], readings);
        TerraSamples.Read(
            sleep["respiration_data"]["breaths_data"]["samples"],
            "breaths_per_min",
            Measure.RespiratoryRate,
            "/min",
            readings
        );
    }

    /// <summary>A stage lasts until the next begins, the last until the sleep ends.</summary>
    private static SleepTimeline ReadHypnogram(JsonPlace samples, DateTimeOffset? end)
    {
        var timeline = new SleepTimeline();
        var (since, stage) = (default(DateTimeOffset?), SleepStages.Unknown);
        foreach (var sample in samples.Items)
        {
            var time = sample["timestamp"].Time();
            timeline.Add(stage, since, time);
            (since, stage) = (time, StageOf(sample["level"].Whole));
        }

        timeline.Add(stage, since, end);
        return timeline;
    }

    private static char StageOf(long? level) =>
        level switch
        {
            1 => SleepStages.Awake,
            2 => SleepStages.Asleep,
            4 => SleepStages.Light,
            5 => SleepStages.Deep,
            6 => SleepStages.Rem,
            _ => SleepStages.Unknown,
        };

    private static (char Stage, TimeSpan Length)[] Sums(JsonPlace durations) =>
        [
            (SleepStages.Deep, Length(durations["asleep"]["duration_deep_sleep_state_seconds"])),
            (SleepStages.Light, Length(durations["asleep"]["duration_light_sleep_state_seconds"])),
            (SleepStages.Rem, Length(durations["asleep"]["duration_REM_sleep_state_seconds"])),
            (SleepStages.Awake, Length(durations["awake"]["duration_awake_state_seconds"])),
        ];

    private static TimeSpan Length(JsonPlace seconds) => SleepTimeline.LengthOf(seconds, TimeSpan.FromSeconds(1));
}
