using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks.Payloads;

/// <summary>Shapes as public integrations receive them; values are made up.</summary>
public sealed class GarminPayloadTests
{
    /// <summary>2026-01-31T23:00:00Z, which is midnight of 1 February at +01:00.</summary>
    private const string Midnight = """ "startTimeInSeconds":1769900400,"startTimeOffsetInSeconds":3600 """;

    [Fact]
    public void ADay_IsItsTotalsAndTheSamplesOfTheHeart() =>
        Read(
                "dailies",
                $$$"""
                {"userId":"g1","summaryId":"x1-d","calendarDate":"2026-02-01",{{{Midnight}}},"durationInSeconds":86400,
                 "steps":4200,"distanceInMeters":3100.5,"activeKilocalories":321,"restingHeartRateInBeatsPerMinute":52,
                 "timeOffsetHeartRateSamples":{"0":58,"15":59}}
                """
            )
            .ShouldBe(
                """
                g1: steps 2026-02-01T00:00:00+01:00..2026-02-02T00:00:00+01:00 4200 {steps} total #x1-d
                g1: distance 2026-02-01T00:00:00+01:00..2026-02-02T00:00:00+01:00 3100.5 m total #x1-d
                g1: active-energy 2026-02-01T00:00:00+01:00..2026-02-02T00:00:00+01:00 321 kcal total #x1-d
                g1: resting-heart-rate 2026-02-01T00:00:00+01:00..2026-02-02T00:00:00+01:00 52 /min #x1-d
                g1: heart-rate 2026-02-01T00:00:00+01:00 58 /min
                g1: heart-rate 2026-02-01T00:00:15+01:00 59 /min
                """
            );

    [Fact]
    public void ADayThatBeganWhenTheDeviceDid_IsTheWholeDay() =>
        Read(
                "dailies",
                """{"userId":"g1","startTimeInSeconds":1769950800,"startTimeOffsetInSeconds":-18000,"steps":1}"""
            )
            .ShouldBe("g1: steps 2026-02-01T00:00:00-05:00..2026-02-02T00:00:00-05:00 1 {steps} total");

    [Fact]
    public void AQuarterOfAnHour_IsAPartOfTheDay() =>
        Read(
                "epochs",
                $$$"""
                {"userId":"g1","summaryId":"x1-697e8a70-6","activityType":"WALKING",{{{Midnight}}},
                 "durationInSeconds":900,"steps":93,"distanceInMeters":65.29,"activeKilocalories":3,
                 "meanHeartRateInBeatsPerMinute":97}
                """
            )
            .ShouldBe(
                """
                g1: steps 2026-02-01T00:00:00+01:00..2026-02-01T00:15:00+01:00 93 {steps} #x1-697e8a70-6
                g1: distance 2026-02-01T00:00:00+01:00..2026-02-01T00:15:00+01:00 65.29 m #x1-697e8a70-6
                g1: active-energy 2026-02-01T00:00:00+01:00..2026-02-01T00:15:00+01:00 3 kcal #x1-697e8a70-6
                """
            );

    [Fact]
    public void ANight_HasItsStagesInOrderAndItsNapsApart() =>
        Read(
                "sleeps",
                $$$"""
                {"userId":"g1","summaryId":"x1-s",{{{Midnight}}},"durationInSeconds":3600,"validation":"AUTO_FINAL",
                 "deepSleepDurationInSeconds":1200,"lightSleepDurationInSeconds":1500,"remSleepInSeconds":300,
                 "awakeDurationInSeconds":600,
                 "sleepLevelsMap":{
                   "deep":[{"startTimeInSeconds":1769901600,"endTimeInSeconds":1769902800}],
                   "light":[{"startTimeInSeconds":1769900400,"endTimeInSeconds":1769901600},
                            {"startTimeInSeconds":1769903400,"endTimeInSeconds":1769903700}],
                   "rem":[{"startTimeInSeconds":1769903700,"endTimeInSeconds":1769904000}],
                   "awake":[{"startTimeInSeconds":1769902800,"endTimeInSeconds":1769903400}]},
                 "timeOffsetSleepSpo2":{"60":95},"timeOffsetSleepRespiration":{"0":14.5},
                 "naps":[{"napStartTimeInSeconds":1769950800,"napOffsetInSeconds":3600,"napDurationInSeconds":1200}]}
                """
            )
            .ShouldBe(
                """
                g1: sleep 2026-02-01T00:00:00+01:00..2026-02-01T01:00:00+01:00 3000 s #x1-s (l1200 d1200 a600 l300 r300)
                g1: oxygen-saturation 2026-02-01T00:01:00+01:00 95 %
                g1: respiratory-rate 2026-02-01T00:00:00+01:00 14.5 /min
                g1: sleep 2026-02-01T14:00:00+01:00..2026-02-01T14:20:00+01:00 1200 s
                """
            );

    [Fact]
    public void LevelsThatGoOnAfterTheDuration_MakeTheNightLonger() =>
        Read(
                "sleeps",
                $$$"""
                {"userId":"g1",{{{Midnight}}},"durationInSeconds":60,
                 "sleepLevelsMap":{"light":[{"startTimeInSeconds":1769900520,"endTimeInSeconds":1769900640}]}}
                """
            )
            .ShouldBe("g1: sleep 2026-02-01T00:00:00+01:00..2026-02-01T00:04:00+01:00 120 s (o120 l120)");

    [Fact]
    public void AnActivity_IsItsLengthAndName_AndNotDistanceThatTheDayCounts() =>
        Read(
                "activities",
                $$$"""
                {"userId":"g1","summaryId":"77","activityId":77,"activityType":"TRAIL_RUNNING",{{{Midnight}}},
                 "durationInSeconds":1800,"distanceInMeters":5000,"activeKilocalories":400}
                """
            )
            .ShouldBe("g1: activity 2026-02-01T00:00:00+01:00..2026-02-01T00:30:00+01:00 1800 s #77 (trail-running)");

    [Fact]
    public void DetailsOfAnActivity_AreSamplesOfTheHeart() =>
        Read(
                "activityDetails",
                """
                {"userId":"g1","summaryId":"77-detail","activityId":77,"summary":{"startTimeOffsetInSeconds":3600},
                 "samples":[{"startTimeInSeconds":1769900400,"heartRate":120},{"startTimeInSeconds":1769900401}]}
                """
            )
            .ShouldBe("g1: heart-rate 2026-02-01T00:00:00+01:00 120 /min");

    [Theory]
    [InlineData(
        "bodyComps",
        """{"userId":"g1","summaryId":"w1","measurementTimeInSeconds":1769900400,"measurementTimeOffsetInSeconds":3600,"weightInGrams":72500,"bodyFatInPercent":21.5}""",
        "g1: weight 2026-02-01T00:00:00+01:00 72500 g #w1\ng1: body-fat 2026-02-01T00:00:00+01:00 21.5 % #w1"
    )]
    [InlineData(
        "bloodPressures",
        """{"userId":"g1","summaryId":"p1","measurementTimeInSeconds":1769900400,"systolic":121,"diastolic":79,"pulse":60}""",
        "g1: blood-pressure 2026-01-31T23:00:00+00:00 121/79 mm[Hg] #p1"
    )]
    [InlineData(
        "pulseox",
        """{"userId":"g1","startTimeInSeconds":1769900400,"timeOffsetSpo2Values":{"300":96}}""",
        "g1: oxygen-saturation 2026-01-31T23:05:00+00:00 96 %"
    )]
    [InlineData(
        "allDayRespiration",
        """{"userId":"g1","startTimeInSeconds":1769900400,"timeOffsetEpochToBreaths":{"60":13.2}}""",
        "g1: respiratory-rate 2026-01-31T23:01:00+00:00 13.2 /min"
    )]
    [InlineData(
        "hrv",
        """{"userId":"g1","startTimeInSeconds":1769900400,"lastNightAvg":44,"hrvValues":{"300":41}}""",
        "g1: heart-rate-variability 2026-01-31T23:05:00+00:00 41 ms (rmssd)"
    )]
    [InlineData("skinTemp", """{"userId":"g1","avgDeviationCelsius":0.3}""", "")]
    [InlineData(
        "moveIQActivities",
        """{"userId":"g1","startTimeInSeconds":1769900400,"offsetInSeconds":3600,"durationInSeconds":600}""",
        ""
    )]
    [InlineData("deregistrations", """{"userId":"g1"}""", "g1: disconnected deregistrations")]
    [InlineData(
        "userPermissionsChange",
        """{"userId":"g1","permissions":["WORKOUT_IMPORT"],"changeTimeInSeconds":1769900400}""",
        "g1: disconnected userPermissionsChange"
    )]
    [InlineData("userPermissionsChange", """{"userId":"g1","permissions":["HEALTH_EXPORT"]}""", "")]
    [InlineData(
        "dailies",
        """{"userId":"g1","callbackURL":"https://apis.garmin.com/x?token=t","uploadStartTimeInSeconds":1769900400,"uploadEndTimeInSeconds":1769904000}""",
        "g1: fetch dailies #https://apis.garmin.com/x?token=t 2026-01-31T23:00:00+00:00..2026-02-01T00:00:00+00:00"
    )]
    public void EveryType_IsReadOrKnown(string type, string summary, string expected) =>
        Read(type, summary).ShouldBe(expected);

    [Theory]
    [InlineData(
        """{"userId":"g1","calendarDate":"2026-02-01","steps":"4200","distanceInMeters":12}""",
        "g1: distance 2026-02-01T00:00:00+00:00..2026-02-02T00:00:00+00:00 12 m total\n"
            + "g1: aside steps not-a-number $.dailies[0].steps"
    )]
    [InlineData("""{"userId":"g1","steps":1}""", "g1: aside steps time-missing $.dailies[0].steps")]
    [InlineData("""{"userId":"g1","calendarDate":"2026-02-01","steps":null}""", "")]
    [InlineData("""{"steps":1}""", ": aside dailies user-missing $.dailies[0].userId")]
    [InlineData(
        """{"userId":"g1","startTimeInSeconds":1769900400,"timeOffsetHeartRateSamples":{"0":"NaN","x":60,"15":61}}""",
        "g1: heart-rate 2026-01-31T23:00:15+00:00 61 /min\n"
            + "g1: aside heart-rate not-a-number $.dailies[0].timeOffsetHeartRateSamples.0\n"
            + "g1: aside heart-rate time-missing $.dailies[0].timeOffsetHeartRateSamples.x"
    )]
    public void WhatIsNoReading_IsSetAside_AndTheRestIsTaken(string daily, string expected) =>
        Read("dailies", daily).ShouldBe(expected);

    [Fact]
    public void ABodyOfSeveralTypesAndUsers_IsNewsOfEach() =>
        NewsText
            .Read(
                "garmin",
                "dailies",
                """
                {"dailies":[{"userId":"g1","calendarDate":"2026-02-01","steps":1},
                            {"userId":"g2","calendarDate":"2026-02-01","steps":2}],
                 "deregistrations":[{"userId":"g3"}]}
                """
            )
            .ShouldBe(
                """
                g1: steps 2026-02-01T00:00:00+00:00..2026-02-02T00:00:00+00:00 1 {steps} total
                g2: steps 2026-02-01T00:00:00+00:00..2026-02-02T00:00:00+00:00 2 {steps} total
                g3: disconnected deregistrations
                """
            );

    [Fact]
    public void AnUnknownType_SaysNothingAboutWearables() =>
        NewsText.Read("garmin", "invoices", """{"invoices":[{"userId":"g1"}]}""").ShouldBeEmpty();

    private static string Read(string type, string summary) =>
        NewsText.Read("garmin", type, $$$"""{"{{{type}}}":[{{{summary}}}]}""");
}
