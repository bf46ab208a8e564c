using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// HealthKit's samples as an app posts them: <c>samples</c> of <c>uuid, type, value, unit, startDate, endDate</c> with
/// HealthKit's own identifiers and unit texts, and <c>deleted</c> UUIDs. Times carry the person's offset. A blood
/// pressure is the correlation, with <c>systolic</c> and <c>diastolic</c>; a workout has <c>activityType</c> and
/// <c>duration</c> in seconds.
/// <para>
/// Every stage of a sleep is a sample with a UUID of its own that may be deleted alone, and so a reading of its own.
/// Left out: distance and energy of workouts, which are samples too; distances other than on foot; other types.
/// </para>
/// </summary>
internal sealed class HealthKitPayload : IPayloadReader
{
    private static readonly Dictionary<string, (Measure Measure, string? Detail)> Types = new(StringComparer.Ordinal)
    {
        ["HKQuantityTypeIdentifierHeartRate"] = (Measure.HeartRate, null),
        ["HKQuantityTypeIdentifierRestingHeartRate"] = (Measure.RestingHeartRate, null),
        ["HKQuantityTypeIdentifierHeartRateVariabilitySDNN"] = (Measure.HeartRateVariability, "sdnn"),
        ["HKQuantityTypeIdentifierStepCount"] = (Measure.Steps, null),
        ["HKQuantityTypeIdentifierDistanceWalkingRunning"] = (Measure.Distance, null),
        ["HKQuantityTypeIdentifierActiveEnergyBurned"] = (Measure.ActiveEnergy, null),
        ["HKQuantityTypeIdentifierOxygenSaturation"] = (Measure.OxygenSaturation, null),
        ["HKQuantityTypeIdentifierRespiratoryRate"] = (Measure.RespiratoryRate, null),
        ["HKQuantityTypeIdentifierAppleSleepingWristTemperature"] = (Measure.SkinTemperature, null),
        ["HKQuantityTypeIdentifierBloodGlucose"] = (Measure.Glucose, null),
        ["HKQuantityTypeIdentifierBodyMass"] = (Measure.Weight, null),
        ["HKQuantityTypeIdentifierBodyFatPercentage"] = (Measure.BodyFat, null),
    };

    public IReadOnlyList<News>? Read(InboundEvent inbound)
    {
        var (body, news) = (new JsonPlace(inbound.Data), new NewsBuilder());
        var readings = news.Of(inbound.User ?? "");
        foreach (var sample in body["samples"].Items)
        {
            ReadSample(sample, readings);
        }

        foreach (var deleted in body["deleted"].Items)
        {
            readings.Delete(deleted.Scalar ?? deleted["uuid"].Scalar);
        }

        return news.Build();
    }

    private static void ReadSample(JsonPlace sample, ReadingsBuilder readings)
    {
        var type = sample["type"].Text ?? "";
        var start = sample["startDate"].Time() ?? sample["start"].Time();
        var endPlace = sample["endDate"].IsThere ? sample["endDate"] : sample["end"];
        var end = endPlace.Time();
        var when = (end > start ? Occasion.Between(start, end) : Occasion.At(start))?.KnownBy(sample["uuid"].Scalar);
        var unit = sample["unit"].Text ?? "";
        switch (type)
        {
            case "HKCorrelationTypeIdentifierBloodPressure":
                readings.AddPressure(when, sample["systolic"], sample["diastolic"], unit);
                break;
            case "HKCategoryTypeIdentifierSleepAnalysis":
                ReadStage(sample, start, endPlace, readings);
                break;
            case "HKWorkoutTypeIdentifier":
                var name = ActivityName.Of(sample["activityType"].Scalar);
                readings.Require(Measure.Activity, when?.With(name), sample["duration"], "s");
                break;
            case var _ when Types.TryGetValue(type, out var known):
                var value = sample["value"];
                // HealthKit's percent is a share of one. No living body has one percent of oxygen or fat.
                var isShare = unit == "%" && value.Number <= 1;
                readings.Require(known.Measure, when?.With(known.Detail), value, isShare ? "1" : unit);
                break;
        }
    }

    /// <summary>HKCategoryValueSleepAnalysis; 0 is the time in bed, which is around the stages.</summary>
    private static void ReadStage(JsonPlace sample, DateTimeOffset? start, JsonPlace end, ReadingsBuilder readings)
    {
        var stage = sample["value"].Whole switch
        {
            1 => SleepStages.Asleep,
            2 => SleepStages.Awake,
            3 => SleepStages.Light,
            4 => SleepStages.Deep,
            5 => SleepStages.Rem,
            _ => SleepStages.Unknown,
        };
        if (stage != SleepStages.Unknown)
        {
            SleepTimeline.AddStage(stage, start, end, readings, sample["uuid"].Scalar);
        }
        else if (sample["value"].Whole is null)
        {
            readings.SetAside(Measure.Sleep, SetAsideReasons.NotANumber, sample["value"]);
        }
    }
}
