using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks.Payloads;

/// <summary>Notifications without values: what they say is to be fetched, deleted, or over.</summary>
public sealed class ThinPayloadTests
{
    [Theory]
    [InlineData(
        "oura",
        "sleep.update",
        """{"event_type":"update","data_type":"sleep","object_id":"a1","event_time":"1970-01-01T02:00:01+02:00","user_id":"o1"}""",
        "o1: fetch sleep #a1 v1000"
    )]
    [InlineData(
        "oura",
        "workout.create",
        """{"event_type":"create","data_type":"workout","object_id":"a1","timestamp":"1970-01-01T00:00:01Z","user_id":"o1"}""",
        "o1: fetch workout #a1 v1000"
    )]
    [InlineData(
        "oura",
        "daily_activity.delete",
        """{"event_type":"delete","data_type":"daily_activity","object_id":"a1","event_time":"1970-01-01T00:00:01Z","user_id":"o1"}""",
        "o1: deleted #a1 v1000"
    )]
    [InlineData(
        "oura",
        "tag.update",
        """{"event_type":"update","data_type":"tag","object_id":"a1","user_id":"o1"}""",
        ""
    )]
    [InlineData(
        "oura",
        "sleep.update",
        """{"event_type":"update","data_type":"sleep","object_id":"a1"}""",
        ": aside sleep user-missing $.user_id"
    )]
    [InlineData(
        "whoop",
        "recovery.updated",
        """{"user_id":77,"id":"0b6f7a52","type":"recovery.updated","trace_id":"t-1"}""",
        "77: fetch recovery #0b6f7a52"
    )]
    [InlineData("whoop", "sleep.updated", """{"user_id":77,"id":12,"type":"sleep.updated"}""", "77: fetch sleep #12")]
    [InlineData(
        "whoop",
        "recovery.deleted",
        """{"user_id":77,"id":"0b6f7a52","type":"recovery.deleted"}""",
        "77: deleted resting-heart-rate #0b6f7a52\n77: deleted heart-rate-variability #0b6f7a52\n"
            + "77: deleted oxygen-saturation #0b6f7a52\n77: deleted skin-temperature #0b6f7a52"
    )]
    [InlineData(
        "whoop",
        "sleep.deleted",
        """{"user_id":77,"id":"0b6f7a52","type":"sleep.deleted"}""",
        "77: deleted sleep #0b6f7a52\n77: deleted respiratory-rate #0b6f7a52"
    )]
    [InlineData("whoop", "tea.updated", """{"user_id":77,"id":1,"type":"tea.updated"}""", "")]
    [InlineData(
        "withings",
        "appli.1",
        """{"userid":"42","appli":"1","startdate":"1770000000","enddate":"1770003600"}""",
        "42: fetch getmeas 2026-02-02T02:40:00+00:00..2026-02-02T03:40:00+00:00"
    )]
    [InlineData(
        "withings",
        "appli.16",
        """{"userid":"42","appli":"16","date":"2026-02-02"}""",
        "42: fetch getactivity 2026-02-02T00:00:00+00:00..2026-02-03T00:00:00+00:00"
    )]
    [InlineData("withings", "appli.44", """{"userid":"42","appli":"44"}""", "42: fetch getsummary")]
    [InlineData(
        "withings",
        "appli.46",
        """{"userid":"42","appli":"46","action":"unlink"}""",
        "42: disconnected unlink"
    )]
    [InlineData("withings", "appli.46", """{"userid":"42","appli":"46","action":"update"}""", "")]
    [InlineData("withings", "appli.50", """{"userid":"42","appli":"50"}""", "")]
    [InlineData(
        "polar",
        "EXERCISE",
        """{"event":"EXERCISE","user_id":475,"entity_id":"aQlC83","timestamp":"1970-01-01T00:00:01Z","url":"https://x"}""",
        "475: fetch EXERCISE #aQlC83 v1000"
    )]
    [InlineData(
        "polar",
        "SLEEP",
        """{"event":"SLEEP","user_id":475,"date":"2026-01-02","timestamp":"1970-01-01T00:00:01Z"}""",
        "475: fetch SLEEP v1000 2026-01-02T00:00:00+00:00..2026-01-03T00:00:00+00:00"
    )]
    [InlineData("polar", "SLEEP_WISE_ALERTNESS", """{"event":"SLEEP_WISE_ALERTNESS","user_id":475}""", "")]
    [InlineData(
        "strava",
        "activity.update",
        """{"object_type":"activity","object_id":9,"aspect_type":"update","updates":{"private":"true"},"owner_id":3,"event_time":1}""",
        "3: fetch activity #9 v1000"
    )]
    [InlineData(
        "strava",
        "activity.delete",
        """{"object_type":"activity","object_id":9,"aspect_type":"delete","owner_id":3,"event_time":1}""",
        "3: deleted #9 v1000"
    )]
    [InlineData(
        "strava",
        "athlete.update",
        """{"object_type":"athlete","object_id":3,"aspect_type":"update","updates":{"authorized":"false"},"owner_id":3,"event_time":1}""",
        "3: disconnected deauthorized"
    )]
    [InlineData("strava", "athlete.update", """{"object_type":"athlete","object_id":3,"owner_id":3}""", "")]
    [InlineData(
        "fitbit",
        "sleep",
        """{"collectionType":"sleep","date":"2026-03-02","ownerId":"9ZZ8YY","ownerType":"user"}""",
        "9ZZ8YY: fetch sleep 2026-03-02T00:00:00+00:00..2026-03-03T00:00:00+00:00"
    )]
    [InlineData("fitbit", "foods", """{"collectionType":"foods","date":"2026-03-02","ownerId":"9ZZ8YY"}""", "")]
    [InlineData(
        "fitbit",
        "userRevokedAccess",
        """{"collectionType":"userRevokedAccess","ownerId":"9ZZ8YY"}""",
        "9ZZ8YY: disconnected userRevokedAccess"
    )]
    [InlineData(
        "google-health",
        "sleep",
        """{"healthUserId":"u1","dataType":"sleep","operation":"UPSERT","intervals":[{"physicalTimeInterval":{"startTime":"2026-05-01T22:00:00Z","endTime":"2026-05-02T05:00:00Z"}},{"civilIso8601TimeInterval":"2026-05-03T00:00:00/2026-05-04T00:00:00"}]}""",
        "u1: fetch sleep 2026-05-01T22:00:00+00:00..2026-05-02T05:00:00+00:00\n"
            + "u1: fetch sleep 2026-05-03T00:00:00+00:00..2026-05-04T00:00:00+00:00"
    )]
    [InlineData(
        "google-health",
        "steps",
        """{"healthUserId":"u1","dataType":"steps","operation":"DELETE","intervals":[]}""",
        "u1: fetch steps"
    )]
    [InlineData("google-health", "altitude", """{"healthUserId":"u1","dataType":"altitude","intervals":[]}""", "")]
    public void ANotification_Is(string scheme, string type, string body, string expected) =>
        NewsText.Read(scheme, type, body).ShouldBe(expected);

    [Fact]
    public void ManyIntervals_AreFetchedAsOne()
    {
        var intervals = Enumerable
            .Range(1, 21)
            .Select(day =>
                $$$"""{"physicalTimeInterval":{"startTime":"2026-05-{{{day:00}}}T00:00:00Z","endTime":"2026-05-{{{day:00}}}T01:00:00Z"}}"""
            );

        NewsText
            .Read("google-health", "steps", $$"""{"healthUserId":"u1","intervals":[{{string.Join(',', intervals)}}]}""")
            .ShouldBe("u1: fetch steps 2026-05-01T00:00:00+00:00..2026-05-21T01:00:00+00:00");
    }
}
