using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Fetching;
using EcosystemSilo.Senders.Payloads;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Tests.Fetching;

/// <summary>What one sender announces, is asked for because of it, and answers. Values are made up.</summary>
/// <param name="Type">Of the notification.</param>
/// <param name="News">The notification; an address in it begins with {api}.</param>
/// <param name="Asked">The questions in their order, decoded.</param>
/// <param name="Answers">To each of them.</param>
internal sealed record VendorCase(
    string Scheme,
    string Type,
    string News,
    string[] Asked,
    string[] Answers,
    params Measure[] Stored
)
{
    private const string Tokens = """{"access_token":"second","refresh_token":"refresh-2","expires_in":86400}""";

    public static IReadOnlyList<VendorCase> All { get; } =
    [
        new(
            "oura",
            "create",
            """
            {"event_type":"create","data_type":"sleep","object_id":"a1","event_time":"2026-04-05T06:07:08Z","user_id":"o1"}
            """,
            ["GET /v2/usercollection/sleep/a1"],
            [
                """
                {"id":"a1","type":"long_sleep","bedtime_start":"2026-04-04T23:00:00+02:00",
                 "bedtime_end":"2026-04-05T06:00:00+02:00","total_sleep_duration":24000}
                """,
            ],
            Measure.Sleep
        ),
        new(
            "withings",
            "appli.1",
            """{"userid":"o1","appli":"1","startdate":"1770000000","enddate":"1770003600"}""",
            ["POST /measure action=getmeas&startdate=1770000000&enddate=1770003600"],
            [
                """
                {"status":0,"body":{"timezone":"Europe/Paris","measuregrps":[
                 {"grpid":12,"attrib":0,"date":1770000000,"category":1,"measures":[{"value":72345,"type":1,"unit":-3}]}]}}
                """,
            ],
            Measure.Weight
        ),
        new(
            "whoop",
            "workout.updated",
            """{"user_id":77,"id":"w1","type":"workout.updated"}""",
            ["GET /developer/v2/activity/workout/w1"],
            [
                """
                {"id":"w1","start":"2026-04-05T10:00:00Z","end":"2026-04-05T10:30:00Z","timezone_offset":"Z",
                 "sport_name":"running","score_state":"SCORED","score":{"kilojoule":1569.3,"distance_meter":5000.5}}
                """,
            ],
            Measure.Activity,
            Measure.Distance,
            Measure.ActiveEnergy
        ),
        new(
            "strava",
            "activity.create",
            """{"object_type":"activity","object_id":9,"aspect_type":"create","owner_id":3,"event_time":1770000000}""",
            ["GET /api/v3/activities/9"],
            [
                """
                {"id":9,"sport_type":"Run","start_date":"2026-02-01T10:00:00Z","utc_offset":3600,"elapsed_time":1800,
                 "distance":5000.5,"calories":400}
                """,
            ],
            Measure.Activity,
            Measure.Distance,
            Measure.ActiveEnergy
        ),
        new(
            "fitbit",
            "activities",
            """{"collectionType":"activities","date":"2026-03-02","ownerId":"9ZZ8YY","ownerType":"user"}""",
            ["GET /1/user/-/activities/date/2026-03-02.json", "GET /1/user/-/activities/heart/date/2026-03-02/1d.json"],
            [
                """{"activities":[],"summary":{"steps":4200,"marginalCalories":310}}""",
                """{"activities-heart":[{"dateTime":"2026-03-02","value":{"restingHeartRate":58}}]}""",
            ],
            Measure.Steps,
            Measure.ActiveEnergy,
            Measure.RestingHeartRate
        ),
        new(
            "google-health",
            "heart-rate",
            """
            {"healthUserId":"u1","dataType":"heart-rate","operation":"UPSERT","intervals":[{"physicalTimeInterval":{
              "startTime":"2026-05-01T22:00:00Z","endTime":"2026-05-02T05:00:00Z"}}]}
            """,
            [
                "GET /v4/users/me/dataTypes/heart-rate/dataPoints"
                    + "?filter=heart_rate.sample_time.physical_time >= \"2026-05-01T22:00:00Z\""
                    + " AND heart_rate.sample_time.physical_time < \"2026-05-02T05:00:00Z\"",
                "GET /v4/users/me/dataTypes/heart-rate/dataPoints"
                    + "?filter=heart_rate.sample_time.physical_time >= \"2026-05-01T22:00:00Z\""
                    + " AND heart_rate.sample_time.physical_time < \"2026-05-02T05:00:00Z\"&pageToken=p/2",
            ],
            [
                """
                {"dataPoints":[{"name":"n1","heartRate":{"beatsPerMinute":"61",
                  "sampleTime":{"physicalTime":"2026-05-01T22:00:00Z","utcOffset":"7200s"}}}],"nextPageToken":"p/2"}
                """,
                """
                {"dataPoints":[{"name":"n2","heartRate":{"beatsPerMinute":"62",
                  "sampleTime":{"physicalTime":"2026-05-01T22:01:00Z","utcOffset":"7200s"}}}]}
                """,
            ],
            Measure.HeartRate
        ),
        new(
            "polar",
            "ACTIVITY_SUMMARY",
            """{"event":"ACTIVITY_SUMMARY","user_id":475,"date":"2026-01-02","timestamp":"2026-01-02T20:00:00Z"}""",
            ["GET /v3/users/activities/2026-01-02"],
            [
                """{"start_time":"2026-01-02T07:00:00","active_calories":500,"steps":6160,"distance_from_steps":4590.5}""",
            ],
            Measure.Steps,
            Measure.Distance,
            Measure.ActiveEnergy
        ),
        new(
            "garmin",
            "dailies",
            """
            {"dailies":[{"userId":"o1","callbackURL":"{api}wellness-api/rest/dailies?uploadStartTimeInSeconds=1&token=t",
              "uploadStartTimeInSeconds":1769900400,"uploadEndTimeInSeconds":1769986800}]}
            """,
            ["GET /wellness-api/rest/dailies?uploadStartTimeInSeconds=1&token=t"],
            [
                """
                [{"userId":"o1","summaryId":"x1-d","calendarDate":"2026-02-01","startTimeInSeconds":1769900400,
                  "startTimeOffsetInSeconds":3600,"durationInSeconds":86400,"steps":4200},
                 {"userId":"another","summaryId":"x2-d","calendarDate":"2026-02-01","startTimeInSeconds":1769900400,
                  "bodyBattery":1,"activeKilocalories":300}]
                """,
            ],
            Measure.Steps
        ),
    ];

    /// <summary>The path of the questions for fresh tokens.</summary>
    public string TokenPath => $"/{VendorApis.Find(Scheme)!.TokenPath}";

    /// <summary>The answer to one of the questions, and to those for fresh tokens.</summary>
    public Answer Well(Asked asked)
    {
        var at = Array.IndexOf(Asked, asked.Decoded);
        return at >= 0 ? new Answer(200, Answers[at])
            : asked.Path == TokenPath
                ? new Answer(200, Scheme == "withings" ? $$"""{"status":0,"body":{{Tokens}}}""" : Tokens)
            : new Answer(404, "{}");
    }

    /// <summary>What the notification says is to be fetched.</summary>
    public RequestFetch Announced(string address)
    {
        var data = JsonElement.Parse(News.Replace("{api}", address, StringComparison.Ordinal));
        var inbound = new InboundEvent("n1", Type, OccurredAt: null, data, default);
        var news = (FetchNews)WebhookSchemes.Find(Scheme)!.Payload!.Read(inbound)!.Single();
        return new RequestFetch(news.Resource, news.Id, news.From, news.To, news.Version);
    }
}
