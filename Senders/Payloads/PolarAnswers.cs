using System.Globalization;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Answers of Polar's AccessLink v3 (OpenAPI document). The clock of the continuous heart rate is the device's, without
/// an offset, so it is taken as it is shown.
/// <para>
/// Left out: distance and energy of exercises, which the summary of the day counts; the heart rate of a night, which
/// the continuous one has too.
/// </para>
/// </summary>
internal static class PolarAnswers
{
    private const string Exercise = "EXERCISE";
    private const string Sleep = "SLEEP";
    private const string HeartRate = "CONTINUOUS_HEART_RATE";
    private const string Day = "ACTIVITY_SUMMARY";

    public static IReadOnlySet<string> Resources { get; } =
        new HashSet<string>(StringComparer.Ordinal) { Exercise, Sleep, HeartRate, Day };

    public static ReadingsNews Read(FetchNews fetched, JsonElement answer)
    {
        var (document, readings) = (new JsonPlace(answer), new ReadingsBuilder(fetched.User));
        switch (fetched.Resource)
        {
            case Exercise:
                ReadExercise(document, fetched.Version, readings);
                break;
            case Sleep:
                ReadSleep(document, fetched.Version, readings);
                break;
            case HeartRate:
                ReadHeartRate(document, readings);
                break;
            case Day:
                ReadDay(document, fetched, readings);
                break;
        }

        return readings.Build();
    }

    private static void ReadExercise(JsonPlace exercise, long version, ReadingsBuilder readings)
    {
        var start = exercise["start_time"].Time(SenderTime.OffsetOf(exercise["start_time_utc_offset"].Number * 60));
        var seconds = IsoDuration.Seconds(exercise["duration"].Text);
        var name = ActivityName.Of(exercise["detailed_sport_info"].Text ?? exercise["sport"].Text);
        var when = Occasion.Between(start, SenderTime.After(start, seconds))?.KnownBy(exercise["id"].Scalar, version);
        readings.Require(Measure.Activity, when?.With(name), seconds, exercise["duration"], "s");
    }

    private static void ReadSleep(JsonPlace sleep, long version, ReadingsBuilder readings)
    {
        var (start, end) = (sleep["sleep_start_time"].Time(), sleep["sleep_end_time"].Time());
        (char Stage, TimeSpan Length)[] stages =
        [
            (SleepStages.Deep, Length(sleep["deep_sleep"])),
            (SleepStages.Light, Length(sleep["light_sleep"])),
            (SleepStages.Rem, Length(sleep["rem_sleep"])),
            (SleepStages.Asleep, Length(sleep["unrecognized_sleep_stage"])),
        ];
        var runs = start is { } from ? ReadHypnogram(sleep["hypnogram"], from, end).From(from) : null;
        // A night has one result a date; a later one stands in its place.
        var when = Occasion.Between(start, end)?.KnownBy(sleep["date"].Scalar, version);
        var detail = SleepTimeline.Write(
            runs,
            [.. stages, (SleepStages.Awake, Length(sleep["total_interruption_duration"]))]
        );
        var asleep = SleepTimeline.SecondsAsleep(runs, [.. stages.Select(stage => stage.Length)]);
        readings.Require(Measure.Sleep, when?.With(detail), asleep, sleep["light_sleep"], "s");
    }

    private static TimeSpan Length(JsonPlace seconds) => SleepTimeline.LengthOf(seconds, TimeSpan.FromSeconds(1));

    /// <summary>
    /// Stages by the clock at which they begin, to the minute and without a date: 0 awake, 1 REM, 2 and 3 light, 4
    /// deep.
    /// </summary>
    private static SleepTimeline ReadHypnogram(JsonPlace hypnogram, DateTimeOffset start, DateTimeOffset? end)
    {
        var timeline = new SleepTimeline();
        var (since, stage) = (default(DateTimeOffset?), SleepStages.Unknown);
        var firstMinute = Math.Floor(start.TimeOfDay.TotalMinutes);
        foreach (var change in hypnogram.Members)
        {
            if (!TimeOnly.TryParseExact(change.Name, "HH:mm", CultureInfo.InvariantCulture, default, out var clock))
            {
                continue;
            }

            var minutes = (clock.ToTimeSpan().TotalMinutes - firstMinute + 1_440) % 1_440;
            var time = minutes == 0 ? start : SenderTime.After(start, (minutes * 60) - start.Second);
            timeline.Add(stage, since, time);
            (since, stage) = (time, StageOf(change.Whole));
        }

        timeline.Add(stage, since, end);
        return timeline;
    }

    private static char StageOf(long? stage) =>
        stage switch
        {
            0 => SleepStages.Awake,
            1 => SleepStages.Rem,
            2 or 3 => SleepStages.Light,
            4 => SleepStages.Deep,
            _ => SleepStages.Unknown,
        };

    private static void ReadHeartRate(JsonPlace day, ReadingsBuilder readings)
    {
        var midnight = Occasion.Day(day["date"].Date(), TimeSpan.Zero)?.Start;
        foreach (var sample in day["heart_rate_samples"].Items)
        {
            var isClock = TimeSpan.TryParseExact(
                sample["sample_time"].Text,
                @"hh\:mm\:ss",
                CultureInfo.InvariantCulture,
                out var clock
            );
            var time = isClock ? SenderTime.After(midnight, clock.TotalSeconds) : null;
            readings.Require(Measure.HeartRate, Occasion.At(time), sample["heart_rate"], "/min");
        }
    }

    /// <summary>The day is the one that the notification named; the times of the answer begin with use.</summary>
    private static void ReadDay(JsonPlace summary, FetchNews fetched, ReadingsBuilder readings)
    {
        var date = fetched.From is { } from ? DateOnly.FromDateTime(from.DateTime) : summary["start_time"].Date();
        var day = Occasion.Day(date, TimeSpan.Zero)?.KnownBy(id: null, fetched.Version).AsDailyTotal();
        readings.Add(Measure.Steps, day, summary["steps"], "{steps}");
        readings.Add(Measure.Distance, day, summary["distance_from_steps"], "m");
        readings.Add(Measure.ActiveEnergy, day, summary["active_calories"], "kcal");
    }
}
