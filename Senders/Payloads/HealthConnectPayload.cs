using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Health Connect as github.com/mcnaveen/health-connect-webhook posts it (docs/webhook.md, 2026-07): one array a type,
/// times in UTC, no ids. The person's offset is not told, so days are days of UTC.
/// <para>
/// Left out: distance and steps of exercises, which the arrays of those types have; <c>total_calories</c>, which
/// include those of a body at rest; temperatures of the skin without the baseline that they deviate from.
/// </para>
/// </summary>
internal sealed class HealthConnectPayload : IPayloadReader
{
    private static readonly Dictionary<string, Shape> Shapes = new(StringComparer.Ordinal)
    {
        ["steps"] = new(Measure.Steps, "count", "{steps}"),
        ["heart_rate"] = new(Measure.HeartRate, "bpm", "/min"),
        ["resting_heart_rate"] = new(Measure.RestingHeartRate, "bpm", "/min"),
        ["heart_rate_variability"] = new(Measure.HeartRateVariability, "rmssd_millis", "ms", "rmssd"),
        ["distance"] = new(Measure.Distance, "meters", "m"),
        ["active_calories"] = new(Measure.ActiveEnergy, "calories", "kcal"),
        ["weight"] = new(Measure.Weight, "kilograms", "kg"),
        ["blood_glucose"] = new(Measure.Glucose, "mmol_per_liter", "mmol/L"),
        ["oxygen_saturation"] = new(Measure.OxygenSaturation, "percentage", "%"),
        ["respiratory_rate"] = new(Measure.RespiratoryRate, "rate", "/min"),
        ["body_fat"] = new(Measure.BodyFat, "percentage", "%"),
    };

    private sealed record Shape(Measure Measure, string Value, string Unit, string? Detail = null);

    public IReadOnlyList<News>? Read(InboundEvent inbound)
    {
        var news = new NewsBuilder();
        var readings = news.Of(inbound.User ?? "");
        foreach (var array in new JsonPlace(inbound.Data).Members)
        {
            Action<JsonPlace>? read = array.Name switch
            {
                "sleep" => record => ReadSleep(record, readings),
                "exercise" => record => ReadExercise(record, readings),
                "blood_pressure" => record =>
                    readings.AddPressure(Occasion.At(record["time"].Time()), record["systolic"], record["diastolic"]),
                "skin_temperature" => record => ReadSkinTemperature(record, readings),
                _ when Shapes.GetValueOrDefault(array.Name) is { } shape => record =>
                    ReadValue(record, shape, readings),
                _ => null,
            };
            foreach (var record in read is null ? [] : array.Items)
            {
                read!(record);
            }
        }

        return news.Build();
    }

    private static void ReadValue(JsonPlace record, Shape shape, ReadingsBuilder readings)
    {
        var when = Occasion.At(record["time"].Time()) ?? PeriodOf(record);
        readings.Require(shape.Measure, when?.With(shape.Detail), record[shape.Value], shape.Unit);
    }

    private static void ReadExercise(JsonPlace exercise, ReadingsBuilder readings)
    {
        const string Prefix = "EXERCISE_TYPE_";
        var type = exercise["type"].Scalar ?? "";
        var name = type.StartsWith(Prefix, StringComparison.Ordinal) ? type[Prefix.Length..] : type;
        var when = PeriodOf(exercise)?.With(ActivityName.Of(name));
        readings.Require(Measure.Activity, when, exercise["duration_seconds"], "s");
    }

    /// <summary>A session has no start of its own, only its end and how long it was.</summary>
    private static void ReadSleep(JsonPlace sleep, ReadingsBuilder readings)
    {
        var timeline = new SleepTimeline();
        foreach (var run in sleep["stages"].Items)
        {
            timeline.Add(StageOf(run["stage"].Scalar), run["start_time"].Time(), run["end_time"].Time());
        }

        var (end, length) = (sleep["session_end_time"].Time(), sleep["duration_seconds"]);
        var start = SenderTime.After(end, -length.Number) ?? timeline.Start;
        var runs = start is { } from ? timeline.From(from) : null;
        var when = Occasion.Between(start, end ?? timeline.End)?.With(runs is null ? null : SleepStages.Write(runs));
        var asleep = SleepTimeline.SecondsAsleep(runs) ?? length.Number;
        readings.Require(Measure.Sleep, when, asleep, length, "s");
    }

    /// <summary>Constants of SleepSessionRecord (developer.android.com), as number or name.</summary>
    private static char StageOf(string? stage) =>
        stage?.ToLowerInvariant() switch
        {
            "1" or "awake" or "7" or "awake_in_bed" => SleepStages.Awake,
            "2" or "sleeping" => SleepStages.Asleep,
            "4" or "light" => SleepStages.Light,
            "5" or "deep" => SleepStages.Deep,
            "6" or "rem" => SleepStages.Rem,
            _ => SleepStages.Unknown,
        };

    private static void ReadSkinTemperature(JsonPlace record, ReadingsBuilder readings)
    {
        if (record["baseline_celsius"].Number is { } baseline)
        {
            var delta = record["delta_celsius"];
            var when = Occasion.At(record["time"].Time());
            readings.Require(Measure.SkinTemperature, when, baseline + delta.Number, delta, "Cel");
        }
    }

    private static Occasion? PeriodOf(JsonPlace record) =>
        Occasion.Between(record["start_time"].Time(), record["end_time"].Time());
}
