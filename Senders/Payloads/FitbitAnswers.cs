using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Answers of Fitbit's Web API (dev.fitbit.com), told apart by their members, since one collection has several. Times
/// are the person's clock without an offset and are taken as they are shown. Lengths and weights are metric, which they
/// are unless the fetch asks for another system.
/// <para>
/// Left out: distance and energy of single activities, which the summary counts; <c>activityCalories</c>, which include
/// those of a body at rest where <c>marginalCalories</c> do not; short wakes inside a stage.
/// </para>
/// </summary>
internal static class FitbitAnswers
{
    public static IReadOnlySet<string> Resources { get; } =
        new HashSet<string>(StringComparer.Ordinal) { "activities", "body", "sleep" };

    public static ReadingsNews Read(FetchNews fetched, JsonElement answer)
    {
        var (body, readings) = (new JsonPlace(answer), new ReadingsBuilder(fetched.User));
        ReadSummary(body["summary"], fetched, readings);
        foreach (var activity in body["activities"].Items)
        {
            ReadActivity(activity, fetched.Version, readings);
        }

        // With the summary of a night there is an array of nights; other answers have none.
        foreach (var sleep in body["sleep"].Items)
        {
            ReadSleep(sleep, fetched.Version, readings);
        }

        foreach (var weight in body["weight"].Items)
        {
            ReadWeight(weight, fetched.Version, readings);
        }

        ReadDays(body["activities-steps"], Measure.Steps, "{steps}", fetched.Version, readings);
        ReadDays(body["activities-distance"], Measure.Distance, "km", fetched.Version, readings);
        ReadHeart(body, readings);
        return readings.Build();
    }

    private static void ReadSummary(JsonPlace summary, FetchNews fetched, ReadingsBuilder readings)
    {
        var date = fetched.From is { } from ? DateOnly.FromDateTime(from.DateTime) : default(DateOnly?);
        var day = Occasion.Day(date, TimeSpan.Zero);
        var total = day?.KnownBy(id: null, fetched.Version).AsDailyTotal();
        readings.Add(Measure.Steps, total, summary["steps"], "{steps}");
        foreach (var distance in summary["distances"].Items.Where(distance => distance["activity"].Is("total")))
        {
            readings.Add(Measure.Distance, total, distance["distance"], "km");
        }

        readings.Add(Measure.ActiveEnergy, total, summary["marginalCalories"], "kcal");
    }

    private static void ReadActivity(JsonPlace activity, long version, ReadingsBuilder readings)
    {
        var start = SenderTime.Parse($"{activity["startDate"].Text} {activity["startTime"].Text}");
        var length = activity["duration"];
        var when = Occasion
            .Between(start, SenderTime.After(start, length.Number / 1_000))
            ?.KnownBy(activity["logId"].Scalar, version)
            .With(ActivityName.Of(activity["name"].Text));
        readings.Require(Measure.Activity, when, length, "ms");
    }

    private static void ReadSleep(JsonPlace sleep, long version, ReadingsBuilder readings)
    {
        var start = sleep["startTime"].Time();
        var timeline = new SleepTimeline();
        foreach (var level in sleep["levels"]["data"].Items)
        {
            var from = level["dateTime"].Time();
            timeline.Add(StageOf(level["level"].Text), from, SenderTime.After(from, level["seconds"].Number));
        }

        var runs = start is { } begin ? timeline.From(begin) : null;
        var sums = sleep["levels"]
            ["summary"]
            .Members.Select(level =>
                (Stage: StageOf(level.Name), Length: SleepTimeline.LengthOf(level["minutes"], TimeSpan.FromMinutes(1)))
            )
            .Where(sum => sum.Stage != SleepStages.Unknown)
            .ToList();
        var when = Occasion
            .Between(start, sleep["endTime"].Time())
            ?.KnownBy(sleep["logId"].Scalar, version)
            .With(SleepTimeline.Write(runs, sums));
        var asleep = sleep["minutesAsleep"];
        var staged = SleepTimeline.SecondsAsleep(
            runs,
            [.. sums.Where(sum => sum.Stage != SleepStages.Awake).Select(sum => sum.Length)]
        );
        readings.Require(Measure.Sleep, when, asleep.IsThere ? asleep.Number : staged / 60, asleep, "min");
    }

    /// <summary>Devices without stages tell asleep, restless and awake.</summary>
    private static char StageOf(string? level) =>
        level switch
        {
            "deep" => SleepStages.Deep,
            "light" => SleepStages.Light,
            "rem" => SleepStages.Rem,
            "wake" or "awake" => SleepStages.Awake,
            "asleep" => SleepStages.Asleep,
            _ => SleepStages.Unknown,
        };

    private static void ReadWeight(JsonPlace weight, long version, ReadingsBuilder readings)
    {
        var time = SenderTime.Parse($"{weight["date"].Text} {weight["time"].Text}");
        var when = Occasion.At(time)?.KnownBy(weight["logId"].Scalar, version);
        readings.Require(Measure.Weight, when, weight["weight"], "kg");
        readings.Add(Measure.BodyFat, when, weight["fat"], "%");
    }

    /// <summary>
    /// Totals of the past, day by day. Its numbers are texts, and a 0 is a day on which nobody wore the device.
    /// </summary>
    private static void ReadDays(JsonPlace days, Measure measure, string unit, long version, ReadingsBuilder readings)
    {
        foreach (var day in days.Items.Where(day => day["value"].NumberOrText is not 0))
        {
            var when = Occasion.Day(day["dateTime"].Date(), TimeSpan.Zero)?.KnownBy(id: null, version).AsDailyTotal();
            readings.Require(measure, when, day["value"].NumberOrText, day["value"], unit);
        }
    }

    private static void ReadHeart(JsonPlace body, ReadingsBuilder readings)
    {
        var date = default(DateOnly?);
        foreach (var day in body["activities-heart"].Items)
        {
            date = day["dateTime"].Date();
            var when = Occasion.Day(date, TimeSpan.Zero);
            readings.Add(Measure.RestingHeartRate, when, day["value"]["restingHeartRate"], "/min");
        }

        foreach (var sample in body["activities-heart-intraday"]["dataset"].Items)
        {
            var time = date is { } known ? SenderTime.Parse($"{known:yyyy-MM-dd} {sample["time"].Text}") : null;
            readings.Require(Measure.HeartRate, Occasion.At(time), sample["value"], "/min");
        }
    }
}
