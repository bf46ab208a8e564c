using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Payloads;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks.Payloads;

/// <summary>Nights whose total is null beside their stages, or that have their stages in another form.</summary>
public sealed class NightTotalTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(
        "oura",
        "sleep",
        """
            {"id":"a1","type":"long_sleep","bedtime_start":"2026-04-04T23:00:00Z","bedtime_end":"2026-04-05T06:00:00Z",
             "total_sleep_duration":null,"deep_sleep_duration":3600,"light_sleep_duration":14400,"rem_sleep_duration":5400,
             "awake_time":1800}
            """,
        "23400 s (~ d3600 l14400 r5400 a1800)"
    )]
    [InlineData(
        "oura",
        "sleep",
        """
            {"id":"a1","type":"sleep","bedtime_start":"2026-04-04T23:00:00Z","bedtime_end":"2026-04-04T23:20:00Z",
             "total_sleep_duration":null,"sleep_phase_5_min":"4213"}
            """,
        "900 s (a300 l300 d300 r300)"
    )]
    [InlineData(
        "polar",
        "SLEEP",
        """
            {"date":"2026-01-02","sleep_start_time":"2026-01-01T23:00:00+03:00","sleep_end_time":"2026-01-02T00:00:00+03:00",
             "light_sleep":null,"deep_sleep":null,"rem_sleep":null,"hypnogram":{"23:00":2,"23:40":4}}
            """,
        "3600 s (l2400 d1200)"
    )]
    [InlineData(
        "polar",
        "SLEEP",
        """
            {"date":"2026-01-02","sleep_start_time":"2026-01-01T23:00:00+03:00","sleep_end_time":"2026-01-02T00:00:00+03:00",
             "light_sleep":1800,"deep_sleep":null,"rem_sleep":600,"total_interruption_duration":300}
            """,
        "2400 s (~ l1800 r600 a300)"
    )]
    [InlineData(
        "whoop",
        "sleep",
        """
            {"id":"s1","start":"2026-04-05T02:00:00Z","end":"2026-04-05T09:00:00Z","score_state":"SCORED","score":{
             "stage_summary":{"total_light_sleep_time_milli":14000000,"total_slow_wave_sleep_time_milli":6000000,
              "total_rem_sleep_time_milli":null}}}
            """,
        "20000000 ms (~ d6000 l14000)"
    )]
    [InlineData(
        "fitbit",
        "sleep",
        """
            {"sleep":[{"logId":1,"startTime":"2026-03-01T23:00:00.000","endTime":"2026-03-02T06:00:00.000",
              "minutesAsleep":null,"levels":{"summary":{"deep":{"minutes":60},"light":{"minutes":200},"rem":{"minutes":90},
               "wake":{"minutes":30}}}}]}
            """,
        "350 min (~ d3600 l12000 r5400 a1800)"
    )]
    [InlineData(
        "google-health",
        "sleep",
        """
            {"dataPoints":[{"name":"n1","sleep":{"interval":{"startTime":"2026-05-01T22:00:00Z",
              "endTime":"2026-05-01T23:00:00Z"},"stages":[
              {"type":"LIGHT","startTime":"2026-05-01T22:00:00Z","endTime":"2026-05-01T22:50:00Z"}]}}]}
            """,
        "50 min (l3000)"
    )]
    public void AFetchedNight_IsTheSumOfItsStages(string scheme, string resource, string answer, string expected)
    {
        var fetched = new FetchNews("u", resource, Id: null, From: null, To: null, Version: 7);
        var read = FetchedAnswers.Find(scheme)!(fetched, JsonElement.Parse(answer));
        Shown(NewsText.Of([read])).ShouldBe(expected);
    }

    [Theory]
    [InlineData(
        "terra",
        "sleep",
        """
            {"type":"sleep","user":{"user_id":"u"},"data":[{"metadata":{"start_time":"2026-04-02T00:00:00+01:00",
             "end_time":"2026-04-02T07:00:00+01:00","summary_id":"s"},"sleep_durations_data":{"asleep":{
              "duration_asleep_state_seconds":null,"duration_deep_sleep_state_seconds":3600,
              "duration_light_sleep_state_seconds":14400,"duration_REM_sleep_state_seconds":5400}}}]}
            """,
        "23400 s (~ d3600 l14400 r5400)"
    )]
    [InlineData(
        "garmin",
        "sleeps",
        """
            {"sleeps":[{"userId":"u","summaryId":"s","startTimeInSeconds":1769900400,"durationInSeconds":25200,
             "deepSleepDurationInSeconds":3600,"lightSleepDurationInSeconds":14400,"remSleepInSeconds":5400,
             "awakeDurationInSeconds":1800}]}
            """,
        "23400 s (~ d3600 l14400 r5400 a1800)"
    )]
    [InlineData(
        "health-connect",
        "sleep",
        """
            {"sleep":[{"session_end_time":"2026-05-09T06:00:00Z","duration_seconds":3600,"stages":[
             {"stage":"0","start_time":"2026-05-09T05:00:00Z","end_time":"2026-05-09T06:00:00Z"}]}]}
            """,
        "3600 s (o3600)"
    )]
    public void ANightThatIsPushed_IsTheSumOfItsStages(string scheme, string type, string body, string expected) =>
        Shown(NewsText.Read(scheme, type, body, user: "u")).ShouldBe(expected);

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(0, 420, null)]
    [InlineData(420, 0, null)]
    public void ASleepOfNoLength_IsSetAside(int lengthMinutes, int asleepMinutes, string? stages)
    {
        var start = Now.AddDays(-1);
        var sleep = new Reading(Measure.Sleep, start, start.AddMinutes(lengthMinutes), asleepMinutes, "min")
        {
            Detail = stages,
        };

        var batch = SampleBatch.Of([sleep], [], [], Now);

        batch.Blocks.ShouldBeEmpty();
        batch.SetAside.ShouldHaveSingleItem().Reason.ShouldBe(SetAsideReasons.NoLength);
    }

    [Fact]
    public void ANightAwake_IsKept()
    {
        var awake = new Reading(Measure.Sleep, Now.AddHours(-8), Now, 0, "min") { Detail = "a28800" };
        SampleBatch.Of([awake], [], [], Now).SetAside.ShouldBeEmpty();
    }

    [Fact]
    public void ANightWithoutItsEnd_IsOfTheDayOnWhichItEnds() =>
        NewsText
            .Read(
                "health-auto-export",
                "metrics",
                """
                {"data":{"metrics":[{"name":"sleep_analysis","units":"hr","data":[{"date":"2026-01-01","totalSleep":7,
                 "core":4,"deep":1,"rem":2,"awake":0.5,"sleepStart":"2026-01-01 23:00:00 +0100"}]}]}}
                """,
                user: "p"
            )
            .ShouldBe(
                "p: sleep 2026-01-01T23:00:00+01:00..2026-01-02T06:30:00+01:00 7 hr (~ d3600 l14400 r7200 a1800)"
            );

    [Theory]
    [InlineData(
        "terra",
        "body",
        """
            {"type":"body","user":{"user_id":"p"},"data":[{"metadata":{"start_time":"2026-04-02T00:00:00+01:00"},
             "heart_data":{"heart_rate_data":{"summary":{"resting_hr_bpm":52}}}}]}
            """,
        "p: resting-heart-rate 2026-04-02T00:00:00+01:00..2026-04-03T00:00:00+01:00 52 /min"
    )]
    [InlineData(
        "health-auto-export",
        "workouts",
        """
            {"data":{"workouts":[{"id":"w-1","name":"Run","start":"2026-01-02 10:00:00 +0100",
             "end":"2026-01-02 10:30:00 +0100","duration":1800,
             "heartRateData":[{"date":"2026-01-02 10:01:00 +0100","Min":100,"Avg":120,"Max":130,"units":"count/min"}],
             "heartRateRecovery":[{"date":"2026-01-02 10:31:00 +0100","Avg":90,"units":"bpm"}]}]}}
            """,
        "p: activity 2026-01-02T10:00:00+01:00..2026-01-02T10:30:00+01:00 1800 s #w-1 (run)\n"
            + "p: heart-rate 2026-01-02T10:01:00+01:00 120 count/min\n"
            + "p: heart-rate 2026-01-02T10:31:00+01:00 90 bpm"
    )]
    public void AHeartRateBesideARecord_IsRead(string scheme, string type, string body, string expected) =>
        NewsText.Read(scheme, type, body, user: "p").ShouldBe(expected);

    /// <summary>Value, unit and stages of the only sleep.</summary>
    private static string Shown(string line) =>
        string.Join(' ', line.Split(' ')[3..].Where(word => word[0] is not ('#' or 'v')));
}
