using System.Text.Json;
using EcosystemSilo.Senders.Payloads;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks.Payloads;

/// <summary>What senders' APIs answer to a fetch, in their shapes; values are made up.</summary>
public sealed class AnswerTests
{
    [Theory]
    [InlineData(
        "sleep",
        """
            {"id":"a1","type":"long_sleep","day":"2026-04-05","bedtime_start":"2026-04-04T23:00:00+02:00",
             "bedtime_end":"2026-04-04T23:20:00+02:00","total_sleep_duration":900,"sleep_phase_5_min":"4213",
             "average_breath":14.5,"lowest_heart_rate":48,
             "heart_rate":{"interval":300.0,"items":[61,null,59],"timestamp":"2026-04-04T23:00:00+02:00"},
             "hrv":{"interval":300.0,"items":[41],"timestamp":"2026-04-04T23:00:00+02:00"}}
            """,
        """
            u: sleep 2026-04-04T23:00:00+02:00..2026-04-04T23:20:00+02:00 900 s #a1 v7 (a300 l300 d300 r300)
            u: respiratory-rate 2026-04-04T23:00:00+02:00..2026-04-04T23:20:00+02:00 14.5 /min #a1 v7
            u: heart-rate 2026-04-04T23:00:00+02:00 61 /min
            u: heart-rate 2026-04-04T23:10:00+02:00 59 /min
            u: heart-rate-variability 2026-04-04T23:00:00+02:00 41 ms (rmssd)
            """
    )]
    [InlineData("sleep", """{"id":"a1","type":"deleted"}""", "u: deleted #a1 v7")]
    [InlineData("sleep", """{"id":"a1","type":"rest","bedtime_start":"2026-04-04T23:00:00+02:00"}""", "")]
    [InlineData(
        "daily_activity",
        """{"data":[{"id":"d1","day":"2026-04-05","timestamp":"2026-04-05T04:00:00-08:00","steps":4200,"active_calories":320,"equivalent_walking_distance":5000}],"next_token":null}""",
        "u: steps 2026-04-05T00:00:00-08:00..2026-04-06T00:00:00-08:00 4200 {steps} total #d1 v7\n"
            + "u: active-energy 2026-04-05T00:00:00-08:00..2026-04-06T00:00:00-08:00 320 kcal total #d1 v7"
    )]
    [InlineData(
        "daily_spo2",
        """{"id":"s1","day":"2026-04-05","spo2_percentage":{"average":97.2}}""",
        "u: oxygen-saturation 2026-04-05T00:00:00+00:00..2026-04-06T00:00:00+00:00 97.2 % #s1 v7"
    )]
    [InlineData("daily_spo2", """{"id":"s1","day":"2026-04-05","spo2_percentage":null}""", "")]
    [InlineData(
        "heartrate",
        """{"data":[{"timestamp":"2026-04-05T06:07:08.000Z","bpm":61,"source":"awake"}]}""",
        "u: heart-rate 2026-04-05T06:07:08+00:00 61 /min"
    )]
    [InlineData(
        "workout",
        """{"id":"w1","activity":"trailRunning","start_datetime":"2026-04-05T10:00:00+02:00","end_datetime":"2026-04-05T10:30:00+02:00","calories":300,"distance":5000}""",
        "u: activity 2026-04-05T10:00:00+02:00..2026-04-05T10:30:00+02:00 1800 s #w1 v7 (trail-running)\n"
            + "u: distance 2026-04-05T10:00:00+02:00..2026-04-05T10:30:00+02:00 5000 m #w1 v7"
    )]
    [InlineData("daily_stress", """{"id":"x"}""", "")]
    public void OfOura(string resource, string answer, string expected) => Check("oura", resource, answer, expected);

    [Theory]
    [InlineData(
        "sleep",
        """
            {"id":"s1","user_id":77,"start":"2026-04-05T02:00:00.000Z","end":"2026-04-05T09:00:00.000Z",
             "timezone_offset":"-04:00","nap":false,"score_state":"SCORED","score":{"respiratory_rate":16.1,
             "stage_summary":{"total_in_bed_time_milli":25200000,"total_awake_time_milli":600000,
              "total_light_sleep_time_milli":14000000,"total_slow_wave_sleep_time_milli":6000000,
              "total_rem_sleep_time_milli":4000000}}}
            """,
        """
            u: sleep 2026-04-04T22:00:00-04:00..2026-04-05T05:00:00-04:00 24000000 ms #s1 v7 (~ d6000 l14000 r4000 a600)
            u: respiratory-rate 2026-04-04T22:00:00-04:00..2026-04-05T05:00:00-04:00 16.1 /min #s1 v7
            """
    )]
    [InlineData("sleep", """{"id":"s1","start":"2026-04-05T02:00:00Z","score_state":"PENDING_SCORE"}""", "")]
    [InlineData(
        "sleep",
        """{"id":"s1","start":"2026-04-05T02:00:00Z","score_state":"UNSCORABLE"}""",
        "u: aside sleep not-a-number $.score.stage_summary"
    )]
    [InlineData(
        "recovery",
        """
            {"records":[{"cycle_id":1,"sleep_id":"s1","created_at":"2026-04-05T10:00:00.000Z","score_state":"SCORED",
             "score":{"recovery_score":44,"resting_heart_rate":64,"hrv_rmssd_milli":31.8,"spo2_percentage":95.7,
             "skin_temp_celsius":33.7}}]}
            """,
        """
            u: resting-heart-rate 2026-04-05T10:00:00+00:00 64 /min #s1 v7
            u: heart-rate-variability 2026-04-05T10:00:00+00:00 31.8 ms #s1 v7 (rmssd)
            u: oxygen-saturation 2026-04-05T10:00:00+00:00 95.7 % #s1 v7
            u: skin-temperature 2026-04-05T10:00:00+00:00 33.7 Cel #s1 v7
            """
    )]
    [InlineData(
        "workout",
        """
            {"id":"w1","start":"2026-04-05T10:00:00Z","end":"2026-04-05T10:30:00Z","timezone_offset":"Z",
             "sport_name":"running","score_state":"SCORED","score":{"kilojoule":1569.3,"distance_meter":5000.5}}
            """,
        """
            u: activity 2026-04-05T10:00:00+00:00..2026-04-05T10:30:00+00:00 1800 s #w1 v7 (running)
            u: distance 2026-04-05T10:00:00+00:00..2026-04-05T10:30:00+00:00 5000.5 m #w1 v7
            u: active-energy 2026-04-05T10:00:00+00:00..2026-04-05T10:30:00+00:00 1569.3 kJ #w1 v7
            """
    )]
    public void OfWhoop(string resource, string answer, string expected) => Check("whoop", resource, answer, expected);

    [Theory]
    [InlineData(
        "getmeas",
        """
            {"status":0,"body":{"timezone":"Europe/Paris","measuregrps":[
              {"grpid":12,"attrib":0,"date":1770000000,"category":1,"measures":[
                {"value":72345,"type":1,"unit":-3},{"value":215,"type":6,"unit":-1}]},
              {"grpid":13,"attrib":0,"date":1780000000,"category":1,"measures":[
                {"value":80,"type":9,"unit":0},{"value":12,"type":10,"unit":1},{"value":61,"type":11,"unit":0}]},
              {"grpid":14,"attrib":0,"date":1770000000,"category":2,"measures":[{"value":70,"type":1,"unit":0}]},
              {"grpid":15,"attrib":1,"date":1770000000,"category":1,"measures":[{"value":90,"type":1,"unit":0}]},
              {"grpid":16,"attrib":0,"date":1770000000,"category":1,"measures":[{"value":"72","type":1,"unit":0},
                {"value":72,"type":1,"unit":99}]}]}}
            """,
        """
            u: weight 2026-02-02T03:40:00+01:00 72.345 kg #12 v7
            u: body-fat 2026-02-02T03:40:00+01:00 21.5 % #12 v7
            u: heart-rate 2026-05-28T22:26:40+02:00 61 /min #13 v7
            u: blood-pressure 2026-05-28T22:26:40+02:00 120/80 mm[Hg] #13 v7
            u: aside weight not-a-number $.body.measuregrps[4].measures[0].value
            u: aside weight not-a-number $.body.measuregrps[4].measures[1].value
            """
    )]
    [InlineData(
        "getactivity",
        """{"body":{"activities":[{"date":"2026-02-02","timezone":"America/New_York","steps":4200,"distance":3100.5,"calories":320,"totalcalories":1800}]}}""",
        "u: steps 2026-02-02T00:00:00-05:00..2026-02-03T00:00:00-05:00 4200 {steps} total v7\n"
            + "u: distance 2026-02-02T00:00:00-05:00..2026-02-03T00:00:00-05:00 3100.5 m total v7\n"
            + "u: active-energy 2026-02-02T00:00:00-05:00..2026-02-03T00:00:00-05:00 320 kcal total v7"
    )]
    [InlineData(
        "getsummary",
        """{"body":{"series":[{"id":5,"timezone":"Europe/Paris","startdate":1770000000,"enddate":1770003600,"data":{"total_sleep_time":3000,"deepsleepduration":1000,"lightsleepduration":1500,"remsleepduration":500,"wakeupduration":600,"rr_average":15}}]}}""",
        "u: sleep 2026-02-02T03:40:00+01:00..2026-02-02T04:40:00+01:00 3000 s #5 v7 (~ d1000 l1500 r500 a600)\n"
            + "u: respiratory-rate 2026-02-02T03:40:00+01:00..2026-02-02T04:40:00+01:00 15 /min #5 v7"
    )]
    [InlineData(
        "getsummary",
        """{"body":{"series":[{"timezone":"../../etc/passwd","startdate":1770000000,"enddate":1770003600,"data":{"total_sleep_time":3000}},{"timezone":"Europe","startdate":1770000000,"enddate":1770003600,"data":{"total_sleep_time":3000}}]}}""",
        "u: sleep 2026-02-02T02:40:00+00:00..2026-02-02T03:40:00+00:00 3000 s v7\n"
            + "u: sleep 2026-02-02T02:40:00+00:00..2026-02-02T03:40:00+00:00 3000 s v7"
    )]
    public void OfWithings(string resource, string answer, string expected) =>
        Check("withings", resource, answer, expected);

    [Theory]
    [InlineData(
        "EXERCISE",
        """{"id":"2AC312F","start_time":"2026-10-13T10:40:02","start_time_utc_offset":180,"duration":"PT2H44M45.5S","calories":530,"distance":1600,"sport":"OTHER","detailed_sport_info":"WATERSPORTS_WATERSKI"}""",
        "u: activity 2026-10-13T10:40:02+03:00..2026-10-13T13:24:47.5+03:00 9885.5 s #2AC312F v7 (watersports-waterski)"
    )]
    [InlineData(
        "EXERCISE",
        """{"id":"2AC312F","start_time":"2026-10-13T10:40:02","duration":"long","sport":"RUNNING"}""",
        "u: aside activity not-a-number $.duration"
    )]
    [InlineData(
        "SLEEP",
        """
            {"date":"2026-01-02","sleep_start_time":"2026-01-01T23:39:07+03:00","sleep_end_time":"2026-01-02T00:39:07+03:00",
             "light_sleep":1800,"deep_sleep":600,"rem_sleep":600,"unrecognized_sleep_stage":0,
             "hypnogram":{"23:39":2,"00:09":4,"00:19":0,"00:29":1},"heart_rate_samples":{"23:41":76}}
            """,
        "u: sleep 2026-01-01T23:39:07+03:00..2026-01-02T00:39:07+03:00 3000 s #2026-01-02 v7 (l1793 d600 a600 r607)"
    )]
    [InlineData(
        "CONTINUOUS_HEART_RATE",
        """{"date":"2026-09-12","heart_rate_samples":[{"heart_rate":63,"sample_time":"00:02:08"},{"heart_rate":62,"sample_time":"noon"}]}""",
        "u: heart-rate 2026-09-12T00:02:08+00:00 63 /min\n"
            + "u: aside heart-rate time-missing $.heart_rate_samples[1].heart_rate"
    )]
    [InlineData(
        "ACTIVITY_SUMMARY",
        """{"start_time":"2026-08-13T08:15:30","steps":8823,"distance_from_steps":4590.53,"active_calories":500,"calories":2500}""",
        "u: steps 2026-03-02T00:00:00+00:00..2026-03-03T00:00:00+00:00 8823 {steps} total v7\n"
            + "u: distance 2026-03-02T00:00:00+00:00..2026-03-03T00:00:00+00:00 4590.53 m total v7\n"
            + "u: active-energy 2026-03-02T00:00:00+00:00..2026-03-03T00:00:00+00:00 500 kcal total v7"
    )]
    public void OfPolar(string resource, string answer, string expected) => Check("polar", resource, answer, expected);

    [Theory]
    [InlineData(
        """
            {"id":9,"sport_type":"TrailRun","start_date":"2026-02-16T14:52:54Z","start_date_local":"2026-02-16T06:52:54Z",
             "utc_offset":-28800,"elapsed_time":4500,"moving_time":4207,"distance":28099.5,"calories":870.2}
            """,
        """
            u: activity 2026-02-16T06:52:54-08:00..2026-02-16T08:07:54-08:00 4500 s #9 v7 (trail-run)
            u: distance 2026-02-16T06:52:54-08:00..2026-02-16T08:07:54-08:00 28099.5 m #9 v7
            u: active-energy 2026-02-16T06:52:54-08:00..2026-02-16T08:07:54-08:00 870.2 kcal #9 v7
            """
    )]
    public void OfStrava(string answer, string expected) => Check("strava", "activity", answer, expected);

    [Theory]
    [InlineData(
        "activities",
        """
            {"activities":[{"logId":1154701,"name":"Outdoor Bike","startDate":"2026-03-02","startTime":"18:05",
              "duration":1800000,"distance":2.04,"steps":0}],
             "summary":{"steps":4200,"marginalCalories":320,"activityCalories":900,
              "distances":[{"activity":"total","distance":3.1},{"activity":"tracker","distance":3.0}]}}
            """,
        """
            u: steps 2026-03-02T00:00:00+00:00..2026-03-03T00:00:00+00:00 4200 {steps} total v7
            u: distance 2026-03-02T00:00:00+00:00..2026-03-03T00:00:00+00:00 3.1 km total v7
            u: active-energy 2026-03-02T00:00:00+00:00..2026-03-03T00:00:00+00:00 320 kcal total v7
            u: activity 2026-03-02T18:05:00+00:00..2026-03-02T18:35:00+00:00 1800000 ms #1154701 v7 (outdoor-bike)
            """
    )]
    [InlineData(
        "sleep",
        """
            {"sleep":[{"logId":26013218219,"startTime":"2026-03-01T23:21:30.000","endTime":"2026-03-01T23:51:30.000",
              "minutesAsleep":20,"isMainSleep":true,"levels":{"data":[
                {"dateTime":"2026-03-01T23:21:30.000","level":"wake","seconds":600},
                {"dateTime":"2026-03-01T23:31:30.000","level":"light","seconds":1200}],
               "shortData":[{"dateTime":"2026-03-01T23:40:00.000","level":"wake","seconds":30}]}}],
             "summary":{"totalMinutesAsleep":20}}
            """,
        "u: sleep 2026-03-01T23:21:30+00:00..2026-03-01T23:51:30+00:00 20 min #26013218219 v7 (a600 l1200)"
    )]
    [InlineData(
        "body",
        """{"weight":[{"logId":1330991999000,"date":"2026-03-02","time":"23:59:59","weight":73,"fat":20.1,"bmi":23}]}""",
        "u: weight 2026-03-02T23:59:59+00:00 73 kg #1330991999000 v7\n"
            + "u: body-fat 2026-03-02T23:59:59+00:00 20.1 % #1330991999000 v7"
    )]
    [InlineData(
        "activities",
        """
            {"activities-heart":[{"dateTime":"2026-03-02","value":{"restingHeartRate":58}}],
             "activities-heart-intraday":{"dataset":[{"time":"00:00:05","value":61}],"datasetInterval":1}}
            """,
        "u: resting-heart-rate 2026-03-02T00:00:00+00:00..2026-03-03T00:00:00+00:00 58 /min\n"
            + "u: heart-rate 2026-03-02T00:00:05+00:00 61 /min"
    )]
    public void OfFitbit(string resource, string answer, string expected) =>
        Check("fitbit", resource, answer, expected);

    [Theory]
    [InlineData(
        "steps",
        """{"dataPoints":[{"name":"users/u/dataTypes/steps/dataPoints/1","steps":{"interval":{"startTime":"2026-05-01T10:00:00Z","startUtcOffset":"7200s","endTime":"2026-05-01T10:01:00Z","endUtcOffset":"7200s"},"count":"93"}}]}""",
        "u: steps 2026-05-01T12:00:00+02:00..2026-05-01T12:01:00+02:00 93 {steps} #users/u/dataTypes/steps/dataPoints/1 v7"
    )]
    [InlineData(
        "distance",
        """{"dataPoints":[{"distance":{"interval":{"startTime":"2026-05-01T10:00:00Z","endTime":"2026-05-01T10:01:00Z"},"millimeters":"65290"}}]}""",
        "u: distance 2026-05-01T10:00:00+00:00..2026-05-01T10:01:00+00:00 65290 mm v7"
    )]
    [InlineData(
        "heart-rate",
        """{"dataPoints":[{"heartRate":{"sampleTime":{"physicalTime":"2026-05-01T10:00:00Z","utcOffset":"-16200s"},"beatsPerMinute":"61"}},{"heartRate":{"sampleTime":{"physicalTime":"2026-05-01T10:00:00Z"},"beatsPerMinute":"fast"}}]}""",
        "u: heart-rate 2026-05-01T05:30:00-04:30 61 /min v7\n"
            + "u: aside heart-rate not-a-number $.dataPoints[1].heartRate.beatsPerMinute"
    )]
    [InlineData(
        "daily-resting-heart-rate",
        """{"dataPoints":[{"dailyRestingHeartRate":{"date":{"year":2026,"month":5,"day":1},"beatsPerMinute":"58"}}]}""",
        "u: resting-heart-rate 2026-05-01T00:00:00+00:00..2026-05-02T00:00:00+00:00 58 /min v7"
    )]
    [InlineData(
        "sleep",
        """
            {"dataPoints":[{"name":"n1","sleep":{"interval":{"startTime":"2026-05-01T22:00:00Z","startUtcOffset":"3600s",
              "endTime":"2026-05-01T23:00:00Z"},"summary":{"minutesAsleep":"50"},"stages":[
              {"type":"LIGHT","startTime":"2026-05-01T22:00:00Z","endTime":"2026-05-01T22:50:00Z"},
              {"type":"AWAKE","startTime":"2026-05-01T22:50:00Z","endTime":"2026-05-01T23:00:00Z"}]}}]}
            """,
        "u: sleep 2026-05-01T23:00:00+01:00..2026-05-02T00:00:00+01:00 50 min #n1 v7 (l3000 a600)"
    )]
    [InlineData(
        "exercise",
        """{"dataPoints":[{"name":"n1","exercise":{"exerciseType":"TRAIL_RUN","interval":{"startTime":"2026-05-01T10:00:00Z","endTime":"2026-05-01T10:30:00Z"},"metricsSummary":{"caloriesKcal":300}}}]}""",
        "u: activity 2026-05-01T10:00:00+00:00..2026-05-01T10:30:00+00:00 1800 s #n1 v7 (trail-run)"
    )]
    [InlineData("altitude", """{"dataPoints":[{}]}""", "")]
    public void OfGoogleHealth(string resource, string answer, string expected) =>
        Check("google-health", resource, answer, expected);

    [Theory]
    [InlineData("PT2H44M45.5S", 9885.5)]
    [InlineData("PT44M", 2640.0)]
    [InlineData("PT30S", 30.0)]
    [InlineData("PT", null)]
    [InlineData("PT5", null)]
    [InlineData("PTM", null)]
    [InlineData("PT5S1H", null)]
    [InlineData("PT1.2.3S", null)]
    [InlineData("P1D", null)]
    [InlineData(null, null)]
    public void ADuration_IsReadInHoursMinutesAndSeconds(string? text, double? seconds) =>
        IsoDuration.Seconds(text).ShouldBe(seconds);

    private static void Check(string scheme, string resource, string answer, string expected)
    {
        var fetched = new FetchNews(
            "u",
            resource,
            Id: null,
            new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero),
            To: null,
            Version: 7
        );
        var read = FetchedAnswers.Find(scheme).ShouldNotBeNull();
        NewsText.Of([read(fetched, JsonElement.Parse(answer))]).ShouldBe(expected);
    }
}
