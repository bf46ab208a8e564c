using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Garmin's summaries. The specification is open to partners alone: names and units are those that public integrations
/// (the-momentum/open-wearables, RADAR-base) read. Times are seconds since 1970 with the person's offset beside them;
/// series are objects keyed by the seconds after the start; an update has the same summaryId.
/// <para>
/// Left out: distance and energy of activities, which the daily and 15-minute summaries already count; MoveIQ, which
/// marks parts of those activities; averages of which the samples are there; and <c>skinTemp</c>, which is a deviation
/// from an average that is not told.
/// </para>
/// </summary>
internal sealed class GarminPayload : IPayloadReader
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private delegate void ReadSummary(JsonPlace summary, ReadingsBuilder readings);

    private static readonly Dictionary<string, ReadSummary> Summaries = new(StringComparer.Ordinal)
    {
        ["dailies"] = ReadDaily,
        ["epochs"] = ReadEpoch,
        ["sleeps"] = GarminSleep.Read,
        ["activities"] = ReadActivity,
        ["manuallyUpdatedActivities"] = ReadActivity,
        ["activityDetails"] = ReadActivityDetail,
        ["bodyComps"] = ReadBodyComposition,
        ["pulseox"] = (summary, readings) =>
            ReadSeries(summary, "timeOffsetSpo2Values", Measure.OxygenSaturation, "%", readings),
        ["allDayRespiration"] = (summary, readings) =>
            ReadSeries(summary, "timeOffsetEpochToBreaths", Measure.RespiratoryRate, "/min", readings),
        ["hrv"] = (summary, readings) =>
            ReadSeries(summary, "hrvValues", Measure.HeartRateVariability, "ms", readings, "rmssd"),
        ["bloodPressures"] = (summary, readings) =>
            readings.AddPressure(Measured(summary), summary["systolic"], summary["diastolic"]),
    };

    private static readonly HashSet<string> Changes = new(StringComparer.Ordinal)
    {
        "deregistrations",
        "userPermissionsChange",
    };

    public IReadOnlyList<News>? Read(InboundEvent inbound)
    {
        var news = new NewsBuilder();
        foreach (var array in new JsonPlace(inbound.Data).Members)
        {
            if (Summaries.TryGetValue(array.Name, out var read) || Changes.Contains(array.Name))
            {
                foreach (var item in array.Items)
                {
                    ReadItem(array.Name, item, read, news);
                }
            }
        }

        return news.Build();
    }

    /// <summary>
    /// What a ping points to: an array of summaries. One that names another user is not the person's.
    /// </summary>
    public static ReadingsNews ReadAnswer(FetchNews fetched, JsonElement answer)
    {
        var readings = new ReadingsBuilder(fetched.User);
        var read = Summaries.GetValueOrDefault(fetched.Resource);
        foreach (var item in new JsonPlace(answer).Items)
        {
            var user = item["userId"];
            if (!user.IsThere || user.Scalar == fetched.User)
            {
                read?.Invoke(item, readings);
            }
        }

        return readings.Build();
    }

    private static void ReadItem(string type, JsonPlace item, ReadSummary? read, NewsBuilder news)
    {
        if (UserIds.Read(item["userId"].Scalar) is not { } user)
        {
            news.SetAsideForNobody(type, item["userId"]);
        }
        else if (type == "deregistrations" || (type == "userPermissionsChange" && MayExportNothing(item)))
        {
            news.Add(new DisconnectedNews(user, type));
        }
        else if (read is not null && item["callbackURL"].Text is { } address)
        {
            news.Add(ToFetch(user, type, item, address));
        }
        else
        {
            read?.Invoke(item, news.Of(user));
        }
    }

    /// <summary>A ping instead of a push. Whoever fetches must make sure that the address is Garmin's.</summary>
    private static FetchNews ToFetch(string user, string type, JsonPlace ping, string address) =>
        new(
            user,
            type,
            address,
            ping["uploadStartTimeInSeconds"].UnixTime(Second),
            ping["uploadEndTimeInSeconds"].UnixTime(Second),
            Version: 0
        );

    private static bool MayExportNothing(JsonPlace change) =>
        change["permissions"].IsArray
        && !change["permissions"].Items.Any(item => item.Text?.EndsWith("_EXPORT", StringComparison.Ordinal) == true);

    private static void ReadDaily(JsonPlace daily, ReadingsBuilder readings)
    {
        var offset = OffsetOf(daily);
        var date = daily["calendarDate"].Date() ?? DateOf(StartOf(daily));
        var day = Occasion.Day(date, offset)?.KnownBy(daily["summaryId"].Scalar);
        var total = day?.AsDailyTotal();
        readings.Add(Measure.Steps, total, daily["steps"], "{steps}");
        readings.Add(Measure.Distance, total, daily["distanceInMeters"], "m");
        readings.Add(Measure.ActiveEnergy, total, daily["activeKilocalories"], "kcal");
        readings.Add(Measure.RestingHeartRate, day, daily["restingHeartRateInBeatsPerMinute"], "/min");
        ReadSeries(daily, "timeOffsetHeartRateSamples", Measure.HeartRate, "/min", readings);
    }

    /// <summary>
    /// A quarter of an hour has one summary for every kind of activity in it, so only their ids tell them apart.
    /// </summary>
    private static void ReadEpoch(JsonPlace epoch, ReadingsBuilder readings)
    {
        var period = PeriodOf(epoch);
        readings.Add(Measure.Steps, period, epoch["steps"], "{steps}");
        readings.Add(Measure.Distance, period, epoch["distanceInMeters"], "m");
        readings.Add(Measure.ActiveEnergy, period, epoch["activeKilocalories"], "kcal");
    }

    private static void ReadActivity(JsonPlace activity, ReadingsBuilder readings)
    {
        var when = PeriodOf(activity)?.With(ActivityName.Of(activity["activityType"].Text));
        readings.Require(Measure.Activity, when, activity["durationInSeconds"], "s");
    }

    /// <summary>The activity itself comes as one of <c>activities</c>, under another summaryId.</summary>
    private static void ReadActivityDetail(JsonPlace detail, ReadingsBuilder readings)
    {
        var offset = OffsetOf(detail["summary"]);
        foreach (var sample in detail["samples"].Items)
        {
            var time = sample["startTimeInSeconds"].UnixTime(Second, offset);
            readings.Add(Measure.HeartRate, Occasion.At(time), sample["heartRate"], "/min");
        }
    }

    private static void ReadBodyComposition(JsonPlace composition, ReadingsBuilder readings)
    {
        readings.Add(Measure.Weight, Measured(composition), composition["weightInGrams"], "g");
        readings.Add(Measure.BodyFat, Measured(composition), composition["bodyFatInPercent"], "%");
    }

    /// <summary>Samples have no ids: they are known by their times, also where another summary repeats them.</summary>
    internal static void ReadSeries(
        JsonPlace summary,
        string name,
        Measure measure,
        string unit,
        ReadingsBuilder readings,
        string? detail = null
    )
    {
        var start = StartOf(summary);
        foreach (var sample in summary[name].Members)
        {
            var time = int.TryParse(sample.Name, out var seconds) ? SenderTime.After(start, seconds) : null;
            readings.Add(measure, Occasion.At(time)?.With(detail), sample, unit);
        }
    }

    internal static DateTimeOffset? StartOf(JsonPlace summary) =>
        summary["startTimeInSeconds"].UnixTime(Second, OffsetOf(summary));

    internal static Occasion? PeriodOf(JsonPlace summary)
    {
        var start = StartOf(summary);
        return Occasion
            .Between(start, SenderTime.After(start, summary["durationInSeconds"].Number))
            ?.KnownBy(summary["summaryId"].Scalar);
    }

    private static Occasion? Measured(JsonPlace summary)
    {
        var offset = SenderTime.OffsetOf(summary["measurementTimeOffsetInSeconds"].Number);
        return Occasion
            .At(summary["measurementTimeInSeconds"].UnixTime(Second, offset))
            ?.KnownBy(summary["summaryId"].Scalar);
    }

    private static TimeSpan OffsetOf(JsonPlace summary) =>
        SenderTime.OffsetOf(summary["startTimeOffsetInSeconds"].Number);

    private static DateOnly? DateOf(DateTimeOffset? time) =>
        time is { } local ? DateOnly.FromDateTime(local.DateTime) : null;
}
