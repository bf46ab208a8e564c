using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Answers of Withings' API (developer.withings.com): the members of <c>body</c>. A measure is a whole number and a
/// power of ten; times are seconds since 1970, and the person's offset follows from the name of a time zone.
/// <para>
/// Left out: goals, and groups that the scale could not tell whose they are; averages of the heart rate of a night.
/// </para>
/// </summary>
internal static class WithingsAnswers
{
    /// <summary>The actions of the API.</summary>
    public const string Measures = "getmeas";
    public const string Activity = "getactivity";
    public const string Sleep = "getsummary";

    private const long OfGoal = 2;
    private const long MayBeAnothers = 1;
    private const long Diastolic = 9;
    private const long Systolic = 10;

    /// <summary>Beyond it a power of ten leaves no body's value.</summary>
    private const long PowerMax = 12;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<long, (Measure Measure, string Unit)> Types = new()
    {
        [1] = (Measure.Weight, "kg"),
        [6] = (Measure.BodyFat, "%"),
        [11] = (Measure.HeartRate, "/min"),
        [54] = (Measure.OxygenSaturation, "%"),
        [73] = (Measure.SkinTemperature, "Cel"),
    };

    public static ReadingsNews Read(FetchNews fetched, JsonElement answer)
    {
        var (body, readings) = (new JsonPlace(answer)["body"], new ReadingsBuilder(fetched.User));
        foreach (var group in fetched.Resource == Measures ? body["measuregrps"].Items : [])
        {
            ReadGroup(group, body["timezone"].Text, fetched.Version, readings);
        }

        foreach (var day in fetched.Resource == Activity ? body["activities"].Items : [])
        {
            ReadDay(day, fetched.Version, readings);
        }

        foreach (var night in fetched.Resource == Sleep ? body["series"].Items : [])
        {
            ReadNight(night, fetched.Version, readings);
        }

        return readings.Build();
    }

    private static void ReadGroup(JsonPlace group, string? zone, long version, ReadingsBuilder readings)
    {
        if (group["category"].Whole == OfGoal || group["attrib"].Whole == MayBeAnothers)
        {
            return;
        }

        var time = SenderTime.InZone(group["date"].UnixTime(Second), group["timezone"].Text ?? zone);
        var when = Occasion.At(time)?.KnownBy(group["grpid"].Scalar, version);
        var (systolic, diastolic) = (default(JsonPlace), default(JsonPlace));
        foreach (var measure in group["measures"].Items)
        {
            var type = measure["type"].Whole;
            (systolic, diastolic) = (type == Systolic ? measure : systolic, type == Diastolic ? measure : diastolic);
            if (type is { } number && Types.TryGetValue(number, out var known))
            {
                readings.Require(known.Measure, when, ValueOf(measure), measure["value"], known.Unit);
            }
        }

        if (systolic is not null && diastolic is not null)
        {
            readings.RequirePressure(when, ValueOf(systolic), ValueOf(diastolic), systolic["value"]);
        }
    }

    /// <summary>value x 10^unit, divided rather than multiplied, since a tenth is no binary number.</summary>
    private static double? ValueOf(JsonPlace measure) =>
        measure["unit"].Whole is { } power and >= -PowerMax and <= PowerMax
            ? power < 0
                ? measure["value"].Number / Math.Pow(10, -power)
                : measure["value"].Number * Math.Pow(10, power)
            : null;

    /// <summary>A day has no id; it is known by its date.</summary>
    private static void ReadDay(JsonPlace day, long version, ReadingsBuilder readings)
    {
        var date = day["date"].Date();
        var noon = SenderTime.InZone(Occasion.Day(date, TimeSpan.Zero)?.Start.AddHours(12), day["timezone"].Text);
        var when = Occasion.Day(date, noon?.Offset ?? TimeSpan.Zero)?.KnownBy(id: null, version).AsDailyTotal();
        readings.Add(Measure.Steps, when, day["steps"], "{steps}");
        readings.Add(Measure.Distance, when, day["distance"], "m");
        readings.Add(Measure.ActiveEnergy, when, day["calories"], "kcal");
    }

    private static void ReadNight(JsonPlace night, long version, ReadingsBuilder readings)
    {
        var zone = night["timezone"].Text;
        var start = SenderTime.InZone(night["startdate"].UnixTime(Second), zone);
        var end = SenderTime.InZone(night["enddate"].UnixTime(Second), zone);
        var when = Occasion.Between(start, end)?.KnownBy(night["id"].Scalar, version);
        var data = night["data"];
        var (deep, light, rem) = (
            Length(data["deepsleepduration"]),
            Length(data["lightsleepduration"]),
            Length(data["remsleepduration"])
        );
        var detail = SleepStages.WriteUnordered([
            (SleepStages.Deep, deep),
            (SleepStages.Light, light),
            (SleepStages.Rem, rem),
            (SleepStages.Awake, Length(data["wakeupduration"])),
        ]);
        var asleep = data["total_sleep_time"].Number ?? SleepTimeline.SecondsAsleep(runs: null, deep, light, rem);
        readings.Require(Measure.Sleep, when?.With(detail), asleep, data["total_sleep_time"], "s");
        readings.Add(Measure.RespiratoryRate, when, data["rr_average"], "/min");
    }

    private static TimeSpan Length(JsonPlace seconds) => SleepTimeline.LengthOf(seconds, Second);
}
