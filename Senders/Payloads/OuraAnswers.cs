using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Documents of Oura's API v2 (OpenAPI document): one, or a page of them in <c>data</c>. Times carry the person's
/// offset; durations are seconds; null in a series is a gap.
/// <para>
/// Left out: energy of workouts, which the day counts; <c>equivalent_walking_distance</c>, which is energy in other
/// words, so that the distance of workouts is taken; the lowest heart rate, which is not the resting one; deviations of
/// temperature; sleeps of type rest, which were none.
/// </para>
/// </summary>
internal static class OuraAnswers
{
    public static IReadOnlySet<string> Resources { get; } =
        new HashSet<string>(StringComparer.Ordinal) { "sleep", "daily_activity", "daily_spo2", "heartrate", "workout" };

    public static ReadingsNews Read(FetchNews fetched, JsonElement answer)
    {
        var readings = new ReadingsBuilder(fetched.User);
        Action<JsonPlace> read = fetched.Resource switch
        {
            "sleep" => document => ReadSleep(document, fetched.Version, readings),
            "daily_activity" => document => ReadActivity(document, fetched.Version, readings),
            "daily_spo2" => document => ReadOxygen(document, fetched.Version, readings),
            "heartrate" => document => ReadHeartRate(document, readings),
            "workout" => document => ReadWorkout(document, fetched.Version, readings),
            _ => _ => { },
        };
        foreach (var document in new JsonPlace(answer).ItemsOrSelf("data"))
        {
            read(document);
        }

        return readings.Build();
    }

    private static void ReadSleep(JsonPlace sleep, long version, ReadingsBuilder readings)
    {
        var id = sleep["id"].Scalar;
        if (sleep["type"].Is("deleted"))
        {
            readings.Delete(id, version: version);
        }
        else if (!sleep["type"].Is("rest"))
        {
            var start = sleep["bedtime_start"].Time();
            var when = Occasion.Between(start, sleep["bedtime_end"].Time())?.KnownBy(id, version);
            var runs = start is { } from ? ReadPhases(sleep["sleep_phase_5_min"].Text, from) : null;
            var (deep, light, rem) = (
                Length(sleep["deep_sleep_duration"]),
                Length(sleep["light_sleep_duration"]),
                Length(sleep["rem_sleep_duration"])
            );
            var phases = SleepTimeline.Write(
                runs,
                [
                    (SleepStages.Deep, deep),
                    (SleepStages.Light, light),
                    (SleepStages.Rem, rem),
                    (SleepStages.Awake, Length(sleep["awake_time"])),
                ]
            );
            var total = sleep["total_sleep_duration"];
            var asleep = total.IsThere ? total.Number : SleepTimeline.SecondsAsleep(runs, deep, light, rem);
            readings.Require(Measure.Sleep, when?.With(phases), asleep, total, "s");
            readings.Add(Measure.RespiratoryRate, when, sleep["average_breath"], "/min");
            ReadSeries(sleep["heart_rate"], Measure.HeartRate, "/min", detail: null, readings);
            ReadSeries(sleep["hrv"], Measure.HeartRateVariability, "ms", "rmssd", readings);
        }
    }

    /// <summary>One digit for five minutes: 1 deep, 2 light, 3 REM, 4 awake.</summary>
    private static IReadOnlyList<(char Stage, TimeSpan Length)>? ReadPhases(string? phases, DateTimeOffset start)
    {
        const int Seconds = 300;
        var timeline = new SleepTimeline();
        for (var at = 0; at < phases?.Length; at++)
        {
            var stage = phases[at] switch
            {
                '1' => SleepStages.Deep,
                '2' => SleepStages.Light,
                '3' => SleepStages.Rem,
                '4' => SleepStages.Awake,
                _ => SleepStages.Unknown,
            };
            timeline.Add(
                stage,
                SenderTime.After(start, (double)at * Seconds),
                SenderTime.After(start, (at + 1.0) * Seconds)
            );
        }

        return timeline.From(start);
    }

    private static TimeSpan Length(JsonPlace seconds) => SleepTimeline.LengthOf(seconds, TimeSpan.FromSeconds(1));

    private static void ReadSeries(
        JsonPlace series,
        Measure measure,
        string unit,
        string? detail,
        ReadingsBuilder readings
    )
    {
        var (start, interval, at) = (series["timestamp"].Time(), series["interval"].Number, 0);
        foreach (var item in series["items"].Items)
        {
            var when = Occasion.At(SenderTime.After(start, at++ * interval))?.With(detail);
            readings.Add(measure, when, item, unit);
        }
    }

    private static void ReadActivity(JsonPlace activity, long version, ReadingsBuilder readings)
    {
        var offset = activity["timestamp"].Time()?.Offset ?? TimeSpan.Zero;
        var day = Occasion.Day(activity["day"].Date(), offset)?.KnownBy(activity["id"].Scalar, version).AsDailyTotal();
        readings.Add(Measure.Steps, day, activity["steps"], "{steps}");
        readings.Add(Measure.ActiveEnergy, day, activity["active_calories"], "kcal");
    }

    private static void ReadOxygen(JsonPlace oxygen, long version, ReadingsBuilder readings)
    {
        var day = Occasion.Day(oxygen["day"].Date(), TimeSpan.Zero)?.KnownBy(oxygen["id"].Scalar, version);
        readings.Add(Measure.OxygenSaturation, day, oxygen["spo2_percentage"]["average"], "%");
    }

    private static void ReadHeartRate(JsonPlace sample, ReadingsBuilder readings) =>
        readings.Require(Measure.HeartRate, Occasion.At(sample["timestamp"].Time()), sample["bpm"], "/min");

    private static void ReadWorkout(JsonPlace workout, long version, ReadingsBuilder readings)
    {
        var (start, end) = (workout["start_datetime"].Time(), workout["end_datetime"].Time());
        var when = Occasion.Between(start, end)?.KnownBy(workout["id"].Scalar, version);
        readings.RequireLength(when?.With(ActivityName.Of(workout["activity"].Text)), workout["end_datetime"]);
        readings.Add(Measure.Distance, when, workout["distance"], "m");
    }
}
