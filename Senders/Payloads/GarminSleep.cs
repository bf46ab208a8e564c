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
            (char Stage, TimeSpan Length)[] stages =
            [
                (SleepStages.Deep, Length(sleep["deepSleepDurationInSeconds"])),
                (SleepStages.Light, Length(sleep["lightSleepDurationInSeconds"])),
                (SleepStages.Rem, Length(sleep["remSleepInSeconds"])),
            ];
            var awake = sleep["awakeDurationInSeconds"];
            var detail = SleepTimeline.Write(runs, [.. stages, (SleepStages.Awake, Length(awake))]);
            // Without stages and without a map it is the whole but the time awake.
            var asleep =
                SleepTimeline.SecondsAsleep(runs, [.. stages.Select(stage => stage.Length)])
                ?? sleep["durationInSeconds"].Number - (awake.Number ?? 0);
            readings.Require(Measure.Sleep, (period with { End = end }).With(detail), asleep, sleep, "s");
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

    private static TimeSpan Length(JsonPlace seconds) => SleepTimeline.LengthOf(seconds, Second);
}
