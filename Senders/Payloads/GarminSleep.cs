using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// A night as Garmin sums it up: the seconds of each stage, a map of stages to their times, naps, and what was measured
/// meanwhile. While the device still evaluates, later versions come under the same summaryId.
/// </summary>
internal static class GarminSleep
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static void Read(JsonPlace sleep, ReadingsBuilder readings)
    {
        var timeline = ReadLevels(sleep["sleepLevelsMap"]);
        if (GarminPayload.PeriodOf(sleep) is { } period)
        {
            var runs = timeline.From(period.Start);
            // Levels may go on after what the duration says.
            var end = timeline.End > period.End ? timeline.End?.ToOffset(period.Start.Offset) : period.End;
            var night = (period with { End = end }).With(runs is null ? null : SleepStages.Write(runs));
            var asleep = AsleepOf(sleep, runs);
            readings.Require(Measure.Sleep, night, asleep, sleep, "s");
        }
        else
        {
            readings.SetAside(Measure.Sleep, SetAsideReasons.TimeMissing, sleep["startTimeInSeconds"]);
        }

        GarminPayload.ReadSeries(sleep, "timeOffsetSleepSpo2", Measure.OxygenSaturation, "%", readings);
        GarminPayload.ReadSeries(sleep, "timeOffsetSleepRespiration", Measure.RespiratoryRate, "/min", readings);
        foreach (var nap in sleep["naps"].Items)
        {
            ReadNap(nap, readings);
        }
    }

    private static void ReadNap(JsonPlace nap, ReadingsBuilder readings)
    {
        var offset = SenderTime.OffsetOf(nap["napOffsetInSeconds"].Number);
        var start = nap["napStartTimeInSeconds"].UnixTime(Second, offset);
        var length = nap["napDurationInSeconds"];
        readings.Require(Measure.Sleep, Occasion.Between(start, SenderTime.After(start, length.Number)), length, "s");
    }

    private static SleepTimeline ReadLevels(JsonPlace levels)
    {
        var timeline = new SleepTimeline();
        foreach (var level in levels.Members)
        {
            var stage = level.Name switch
            {
                "deep" => SleepStages.Deep,
                "light" => SleepStages.Light,
                "rem" => SleepStages.Rem,
                "awake" => SleepStages.Awake,
                _ => SleepStages.Unknown,
            };
            foreach (var run in level.Items)
            {
                timeline.Add(
                    stage,
                    run["startTimeInSeconds"].UnixTime(Second),
                    run["endTimeInSeconds"].UnixTime(Second)
                );
            }
        }

        return timeline;
    }

    /// <summary>The sum of the stages; without any, what the map says; without both, the whole but the time
    /// awake.</summary>
    private static double? AsleepOf(JsonPlace sleep, IReadOnlyList<(char Stage, TimeSpan Length)>? runs)
    {
        double?[] stages =
        [
            sleep["deepSleepDurationInSeconds"].Number,
            sleep["lightSleepDurationInSeconds"].Number,
            sleep["remSleepInSeconds"].Number,
        ];
        return stages.Any(stage => stage > 0) ? stages.Sum()
            : runs is not null ? SleepTimeline.Asleep(runs).TotalSeconds
            : sleep["durationInSeconds"].Number - (sleep["awakeDurationInSeconds"].Number ?? 0);
    }
}
