using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Records of WHOOP's API v2 (OpenAPI document): one, or a page of them in <c>records</c>. Times are UTC with the
/// person's offset beside them; <c>_milli</c> is milliseconds. While a record waits for its score it has none; one that
/// cannot be scored is set aside. Days have no totals of steps or distance, so workouts bring theirs, and their energy.
/// </summary>
internal static class WhoopAnswers
{
    private const string Pending = "PENDING_SCORE";

    public static ReadingsNews Read(FetchNews fetched, JsonElement answer)
    {
        var readings = new ReadingsBuilder(fetched.User);
        foreach (var record in new JsonPlace(answer).ItemsOrSelf("records"))
        {
            switch (fetched.Resource)
            {
                case "sleep":
                    ReadSleep(record, fetched.Version, readings);
                    break;
                case "recovery":
                    ReadRecovery(record, fetched.Version, readings);
                    break;
                case "workout":
                    ReadWorkout(record, fetched.Version, readings);
                    break;
            }
        }

        return readings.Build();
    }

    /// <summary>Naps are records like nights.</summary>
    private static void ReadSleep(JsonPlace sleep, long version, ReadingsBuilder readings)
    {
        if (sleep["score_state"].Is(Pending))
        {
            return;
        }

        var stages = sleep["score"]["stage_summary"];
        var (light, deep, rem, awake) = (
            Length(stages["total_light_sleep_time_milli"]),
            Length(stages["total_slow_wave_sleep_time_milli"]),
            Length(stages["total_rem_sleep_time_milli"]),
            Length(stages["total_awake_time_milli"])
        );
        var detail = SleepStages.WriteUnordered([
            (SleepStages.Deep, deep),
            (SleepStages.Light, light),
            (SleepStages.Rem, rem),
            (SleepStages.Awake, awake),
        ]);
        var when = WhenOf(sleep, version);
        var asleep = SleepTimeline.SecondsAsleep(runs: null, light, deep, rem) * 1_000;
        readings.Require(Measure.Sleep, when?.With(detail), asleep ?? (awake > TimeSpan.Zero ? 0 : null), stages, "ms");
        readings.Add(Measure.RespiratoryRate, when, sleep["score"]["respiratory_rate"], "/min");
    }

    /// <summary>A recovery has no period of its own: it is of when it was made.</summary>
    private static void ReadRecovery(JsonPlace recovery, long version, ReadingsBuilder readings)
    {
        if (recovery["score_state"].Is(Pending))
        {
            return;
        }

        var when = Occasion.At(recovery["created_at"].Time())?.KnownBy(recovery["sleep_id"].Scalar, version);
        var score = recovery["score"];
        readings.Require(Measure.RestingHeartRate, when, score["resting_heart_rate"], "/min");
        readings.Add(Measure.HeartRateVariability, when?.With("rmssd"), score["hrv_rmssd_milli"], "ms");
        readings.Add(Measure.OxygenSaturation, when, score["spo2_percentage"], "%");
        readings.Add(Measure.SkinTemperature, when, score["skin_temp_celsius"], "Cel");
    }

    private static void ReadWorkout(JsonPlace workout, long version, ReadingsBuilder readings)
    {
        var when = WhenOf(workout, version);
        readings.RequireLength(when?.With(ActivityName.Of(workout["sport_name"].Text)), workout["end"]);
        readings.Add(Measure.Distance, when, workout["score"]["distance_meter"], "m");
        readings.Add(Measure.ActiveEnergy, when, workout["score"]["kilojoule"], "kJ");
    }

    private static Occasion? WhenOf(JsonPlace record, long version)
    {
        var offset = SenderTime.ParseOffset(record["timezone_offset"].Text) ?? TimeSpan.Zero;
        var start = SenderTime.Seen(record["start"].Time(), offset);
        var end = SenderTime.Seen(record["end"].Time(), offset);
        return Occasion.Between(start, end)?.KnownBy(record["id"].Scalar, version);
    }

    private static TimeSpan Length(JsonPlace milliseconds) =>
        SleepTimeline.LengthOf(milliseconds, TimeSpan.FromMilliseconds(1));
}
