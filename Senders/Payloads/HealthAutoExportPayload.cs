using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Health Auto Export (Lybron/health-auto-export wiki, help.healthyapps.dev): metrics with a name, the phone's unit and
/// rows, and workouts. Rows have no ids and are known by their times: the sources of a row may be joined to one text
/// that changes while the day goes on, so they are no part of what it is known by.
/// <para>
/// Left out: distance and energy of workouts, which the metrics count; distances other than on foot, whose sum the
/// canonical distance is not; the least and greatest heart rate beside the average.
/// </para>
/// </summary>
internal sealed class HealthAutoExportPayload : IPayloadReader
{
    private static readonly Dictionary<string, (Measure Measure, string? Detail)> Metrics = new(StringComparer.Ordinal)
    {
        ["step_count"] = (Measure.Steps, null),
        ["walking_running_distance"] = (Measure.Distance, null),
        ["active_energy"] = (Measure.ActiveEnergy, null),
        ["heart_rate"] = (Measure.HeartRate, null),
        ["resting_heart_rate"] = (Measure.RestingHeartRate, null),
        ["heart_rate_variability"] = (Measure.HeartRateVariability, "sdnn"),
        ["blood_oxygen_saturation"] = (Measure.OxygenSaturation, null),
        ["respiratory_rate"] = (Measure.RespiratoryRate, null),
        ["apple_sleeping_wrist_temperature"] = (Measure.SkinTemperature, null),
        ["blood_glucose"] = (Measure.Glucose, null),
        ["weight_body_mass"] = (Measure.Weight, null),
        ["body_fat_percentage"] = (Measure.BodyFat, null),
    };

    public IReadOnlyList<News>? Read(InboundEvent inbound)
    {
        var (data, news) = (new JsonPlace(inbound.Data)["data"], new NewsBuilder());
        var readings = news.Of(inbound.User ?? "");
        foreach (var metric in data["metrics"].Items)
        {
            ReadMetric(metric, readings);
        }

        foreach (var workout in data["workouts"].Items)
        {
            ReadWorkout(workout, readings);
        }

        return news.Build();
    }

    private static void ReadMetric(JsonPlace metric, ReadingsBuilder readings)
    {
        var (name, unit) = (metric["name"].Text ?? "", metric["units"].Text ?? "");
        var isKnown = Metrics.TryGetValue(name, out var known);
        foreach (var row in metric["data"].Items)
        {
            var when = Occasion.At(row["date"].Time());
            if (name == "sleep_analysis")
            {
                ReadSleep(row, unit, readings);
            }
            else if (name == "blood_pressure")
            {
                readings.AddPressure(when, row["systolic"], row["diastolic"], unit);
            }
            else if (isKnown)
            {
                var value = known.Measure == Measure.HeartRate && row["Avg"].IsThere ? row["Avg"] : row["qty"];
                readings.Require(known.Measure, when?.With(known.Detail), value, unit);
            }
        }
    }

    /// <summary>A whole night with the hours of each stage, or without aggregation one stage a row.</summary>
    private static void ReadSleep(JsonPlace row, string unit, ReadingsBuilder readings)
    {
        if (row["startDate"].IsThere)
        {
            ReadStage(row, unit, readings);
            return;
        }

        var start = row["sleepStart"].Time() ?? row["inBedStart"].Time();
        var end = row["sleepEnd"].Time() ?? row["inBedEnd"].Time();
        var stages = new (char Stage, double Hours)[]
        {
            (SleepStages.Deep, row["deep"].Number ?? 0),
            (SleepStages.Light, row["core"].Number ?? 0),
            (SleepStages.Rem, row["rem"].Number ?? 0),
        };
        var staged = stages.Sum(stage => stage.Hours);
        // Without totalSleep, asleep is what no stage is known of; older versions have the whole there.
        var total = row["totalSleep"].Number is > 0 and var whole ? whole : Math.Max(staged, row["asleep"].Number ?? 0);
        var detail = SleepStages.WriteUnordered([
            .. stages.Select(stage => (stage.Stage, Length(stage.Hours, unit))),
            (SleepStages.Asleep, Length(total - staged, unit)),
            (SleepStages.Awake, Length(row["awake"].Number ?? 0, unit)),
        ]);
        var value = total > 0 ? total : default(double?);
        readings.Require(Measure.Sleep, Occasion.Between(start, end)?.With(detail), value, row, unit);
    }

    private static void ReadStage(JsonPlace row, string unit, ReadingsBuilder readings)
    {
        var stage = row["value"].Text switch
        {
            "Awake" => SleepStages.Awake,
            "Core" => SleepStages.Light,
            "Deep" => SleepStages.Deep,
            "REM" => SleepStages.Rem,
            "Asleep" or "Unspecified" => SleepStages.Asleep,
            _ => SleepStages.Unknown,
        };
        // Time in bed is around the stages, not one of them.
        if (stage != SleepStages.Unknown)
        {
            SleepTimeline.AddStage(stage, row["startDate"].Time(), row["endDate"], readings);
        }
    }

    private static void ReadWorkout(JsonPlace workout, ReadingsBuilder readings)
    {
        var (start, end) = (workout["start"].Time(), workout["end"].Time());
        var when = Occasion.Between(start, end)?.KnownBy(workout["id"].Scalar);
        readings.Require(
            Measure.Activity,
            when?.With(ActivityName.Of(workout["name"].Text)),
            workout["duration"].Number ?? (end - start)?.TotalSeconds,
            workout["duration"],
            "s"
        );
        foreach (var row in workout["heartRateData"].Items.Concat(workout["heartRateRecovery"].Items))
        {
            var value = row["Avg"].IsThere ? row["Avg"] : row["qty"];
            readings.Require(Measure.HeartRate, Occasion.At(row["date"].Time()), value, row["units"].Text ?? "bpm");
        }
    }

    private static TimeSpan Length(double number, string unit) =>
        Units.Find(Measure.Sleep, unit) is { } known && number > 0 && known.ToCanonical(number) < TimeSpan.MinutesPerDay
            ? TimeSpan.FromMinutes(known.ToCanonical(number))
            : TimeSpan.Zero;
}
