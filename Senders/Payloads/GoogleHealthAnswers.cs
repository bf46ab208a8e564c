using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Data points of the Google Health API v4 (<c>dataPoints</c> of a list), as the-momentum/open-wearables reads them:
/// each has its type as a member, with a period, a moment or a date, and the person's offset as a duration. Whole
/// numbers of 64 bits are texts in this API, and so count as numbers.
/// <para>
/// Left out: distance and energy of exercises, which the types of those have; daily saturation and variability, whose
/// samples are types too; restless runs of a sleep, which are of unknown stage.
/// </para>
/// </summary>
internal static class GoogleHealthAnswers
{
    private sealed record Shape(Measure Measure, string Member, string Value, string Unit, string? Detail = null);

    private static readonly Dictionary<string, Shape> Shapes = new(StringComparer.Ordinal)
    {
        ["steps"] = new(Measure.Steps, "steps", "count", "{steps}"),
        ["distance"] = new(Measure.Distance, "distance", "millimeters", "mm"),
        ["heart-rate"] = new(Measure.HeartRate, "heartRate", "beatsPerMinute", "/min"),
        ["daily-resting-heart-rate"] = new(Measure.RestingHeartRate, "dailyRestingHeartRate", "beatsPerMinute", "/min"),
        ["heart-rate-variability"] = new(
            Measure.HeartRateVariability,
            "heartRateVariability",
            "rootMeanSquareOfSuccessiveDifferencesMilliseconds",
            "ms",
            "rmssd"
        ),
        ["daily-respiratory-rate"] = new(Measure.RespiratoryRate, "dailyRespiratoryRate", "breathsPerMinute", "/min"),
        ["oxygen-saturation"] = new(Measure.OxygenSaturation, "oxygenSaturation", "percentage", "%"),
        ["weight"] = new(Measure.Weight, "weight", "weightGrams", "g"),
        ["body-fat"] = new(Measure.BodyFat, "bodyFat", "percentage", "%"),
        ["blood-glucose"] = new(Measure.Glucose, "bloodGlucose", "bloodGlucoseMilligramsPerDeciliter", "mg/dL"),
    };

    public static IReadOnlySet<string> Resources { get; } =
        new HashSet<string>([.. Shapes.Keys, "sleep", "exercise"], StringComparer.Ordinal);

    public static ReadingsNews Read(FetchNews fetched, JsonElement answer)
    {
        var readings = new ReadingsBuilder(fetched.User);
        var shape = Shapes.GetValueOrDefault(fetched.Resource);
        foreach (var point in new JsonPlace(answer)["dataPoints"].Items)
        {
            var id = point["name"].Scalar;
            if (shape is not null)
            {
                var value = point[shape.Member];
                var when = WhenOf(value)?.KnownBy(id, fetched.Version).With(shape.Detail);
                var place = value[shape.Value];
                readings.Require(shape.Measure, when, place.NumberOrText, place, shape.Unit);
            }
            else if (fetched.Resource == "sleep")
            {
                ReadSleep(point["sleep"], id, fetched.Version, readings);
            }
            else if (fetched.Resource == "exercise")
            {
                var when = WhenOf(point["exercise"])?.KnownBy(id, fetched.Version);
                var name = ActivityName.Of(point["exercise"]["exerciseType"].Text);
                readings.RequireLength(when?.With(name), point["exercise"]["interval"]);
            }
        }

        return readings.Build();
    }

    private static void ReadSleep(JsonPlace sleep, string? id, long version, ReadingsBuilder readings)
    {
        var when = WhenOf(sleep)?.KnownBy(id, version);
        var timeline = new SleepTimeline();
        foreach (var stage in sleep["stages"].Items)
        {
            timeline.Add(StageOf(stage["type"].Text), stage["startTime"].Time(), stage["endTime"].Time());
        }

        var runs = when is { Start: var start } ? timeline.From(start) : null;
        var minutes = sleep["summary"]["minutesAsleep"];
        readings.Require(
            Measure.Sleep,
            when?.With(runs is null ? null : SleepStages.Write(runs)),
            minutes.NumberOrText ?? SleepTimeline.SecondsAsleep(runs) / 60,
            minutes,
            "min"
        );
    }

    private static char StageOf(string? type) =>
        type switch
        {
            "AWAKE" => SleepStages.Awake,
            "LIGHT" => SleepStages.Light,
            "DEEP" => SleepStages.Deep,
            "REM" => SleepStages.Rem,
            "ASLEEP" => SleepStages.Asleep,
            _ => SleepStages.Unknown,
        };

    private static Occasion? WhenOf(JsonPlace value)
    {
        var (interval, sample, date) = (value["interval"], value["sampleTime"], value["date"]);
        if (interval.IsThere)
        {
            var offset = OffsetOf(interval["startUtcOffset"]);
            return Occasion.Between(
                SenderTime.Seen(interval["startTime"].Time(), offset),
                SenderTime.Seen(interval["endTime"].Time(), offset)
            );
        }

        return sample.IsThere
            ? Occasion.At(SenderTime.Seen(sample["physicalTime"].Time(), OffsetOf(sample["utcOffset"])))
            : Occasion.Day(DateOf(date), TimeSpan.Zero);
    }

    /// <summary>A duration such as <c>7200s</c>.</summary>
    private static TimeSpan OffsetOf(JsonPlace duration) =>
        SenderTime.OffsetOf(JsonPlace.ToNumber(duration.Text?.TrimEnd('s')));

    /// <summary>A google.type.Date; a month or day of 0 is not known, and then it is no day.</summary>
    private static DateOnly? DateOf(JsonPlace date) =>
        SenderTime.ParseDate($"{date["year"].Whole:0000}-{date["month"].Whole:00}-{date["day"].Whole:00}");
}
