using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Suunto's notifications (apizone.suunto.com/webhooks): a workout, or samples of the day and the night, each with a
/// time and <c>entryData</c>. Names and units of the samples are those that the-momentum/open-wearables reads.
/// <para>
/// Samples of the day have steps but no distance, so distance and energy are taken from workouts and steps are not.
/// Left out: <c>EnergyConsumption</c> of samples, which does not say whether it includes the energy of a body at rest;
/// recovery, whose balance and stress are scores; routes.
/// </para>
/// </summary>
internal sealed class SuuntoPayload : IPayloadReader
{
    public IReadOnlyList<News>? Read(InboundEvent inbound)
    {
        Action<JsonPlace, string, NewsBuilder>? read = inbound.Type switch
        {
            "WORKOUT_CREATED" => ReadWorkout,
            "SUUNTO_247_ACTIVITY_CREATED" => (body, user, news) => ReadSamples(body, news.Of(user), ReadActivity),
            "SUUNTO_247_SLEEP_CREATED" => (body, user, news) => ReadSamples(body, news.Of(user), ReadSleep),
            _ => null,
        };
        if (read is null)
        {
            return null;
        }

        var (body, news) = (new JsonPlace(inbound.Data), new NewsBuilder());
        if (UserIds.Read(body["username"].Scalar) is { } user)
        {
            read(body, user, news);
        }
        else
        {
            news.SetAsideForNobody(inbound.Type, body["username"]);
        }

        return news.Build();
    }

    /// <summary>The legacy form names the workout and has nothing of it.</summary>
    private static void ReadWorkout(JsonPlace body, string user, NewsBuilder news)
    {
        var workout = body["workout"];
        if (!workout.IsThere)
        {
            var id = body["workoutKey"].Scalar ?? body["workoutid"].Scalar;
            news.Add(new FetchNews(user, "workout", id, From: null, To: null, Version: 0));
            return;
        }

        var offset = SenderTime.OffsetOf(workout["timeOffsetInMinutes"].Number * 60);
        var start = workout["startTime"].UnixTime(TimeSpan.FromMilliseconds(1), offset);
        var length = workout["totalTime"];
        // The end is computed later at Suunto and missing in fresh notifications.
        var when = Occasion
            .Between(start, SenderTime.After(start, length.Number))
            ?.KnownBy(workout["workoutKey"].Scalar);
        var readings = news.Of(user);
        var name = SuuntoActivities.Of(workout["activityId"].Whole);
        readings.Require(Measure.Activity, when?.With(name), length, "s");
        readings.Add(Measure.Distance, when, workout["totalDistance"], "m");
        readings.Add(Measure.ActiveEnergy, when, workout["energyConsumption"], "kcal");
    }

    private static void ReadSamples(
        JsonPlace body,
        ReadingsBuilder readings,
        Action<JsonPlace, JsonPlace, ReadingsBuilder> read
    )
    {
        foreach (var sample in body["samples"].Items)
        {
            read(sample["timestamp"], sample["entryData"], readings);
        }
    }

    private static void ReadActivity(JsonPlace timestamp, JsonPlace data, ReadingsBuilder readings)
    {
        var when = Occasion.At(timestamp.Time());
        readings.Add(Measure.HeartRate, when, data["HR"], "/min");
        readings.Add(Measure.Steps, when, data["StepCount"], "{steps}");
        // A share of one; some watches send percent.
        readings.Add(Measure.OxygenSaturation, when, data["SpO2"], data["SpO2"].Number <= 1 ? "1" : "%");
        readings.Add(Measure.HeartRateVariability, when?.With("rmssd"), data["HRV"], "ms");
    }

    private static void ReadSleep(JsonPlace timestamp, JsonPlace data, ReadingsBuilder readings)
    {
        var deep = Length(data["DeepSleepDuration"]);
        var light = Length(data["LightSleepDuration"]);
        var rem = Length(data["REMSleepDuration"]);
        var asleep = deep + light + rem;
        var whole = Length(data["Duration"]);
        var detail = SleepStages.WriteUnordered([
            (SleepStages.Deep, deep),
            (SleepStages.Light, light),
            (SleepStages.Rem, rem),
            (SleepStages.Awake, whole - asleep),
        ]);
        var when = Occasion
            .Between(data["BedtimeStart"].Time() ?? timestamp.Time(), data["BedtimeEnd"].Time())
            ?.KnownBy(data["SleepId"].Scalar);
        if (asleep > TimeSpan.Zero)
        {
            readings.Require(Measure.Sleep, when?.With(detail), asleep.TotalSeconds, data, "s");
        }
        else
        {
            readings.Require(Measure.Sleep, when, data["Duration"], "s");
        }
    }

    private static TimeSpan Length(JsonPlace seconds) => SleepTimeline.LengthOf(seconds, TimeSpan.FromSeconds(1));
}
