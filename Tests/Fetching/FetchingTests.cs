using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Fetching;

/// <summary>What thin notifications announce is fetched, whatever the sender does meanwhile.</summary>
public sealed class FetchingTests
{
    private const string Sleep = """
        {"id":"a1","type":"long_sleep","day":"2026-04-05","bedtime_start":"2026-04-04T23:00:00+02:00",
         "bedtime_end":"2026-04-05T06:00:00+02:00","total_sleep_duration":24000,"average_breath":14.5}
        """;

    private static readonly RequestFetch OfSleep = new("sleep", "a1", From: null, To: null, Version: 7);

    [Fact]
    public async Task ADocumentOfOura_IsFetchedByItsId_AndStored()
    {
        await using var server = await VendorServer.Start(_ => new Answer(200, Sleep));
        await using var silo = await FetchingSilo.Start("oura", server);

        await silo.Ask(OfSleep);

        var stream = await silo.Until(IsFetched, "the sleep");
        stream.Of(Measure.Sleep)!.Newest.ShouldBe(new DateTimeOffset(2026, 4, 5, 4, 0, 0, TimeSpan.Zero));
        server.Log.Select(asked => $"{asked}").ShouldBe(["GET /v2/usercollection/sleep/a1 by first"]);
    }

    [Fact]
    public async Task MeasuresOfWithings_AreFetchedByTheirPeriod_PageByPage_OnceTheSameNewsIsOver()
    {
        const string First = """
            {"status":0,"body":{"timezone":"Europe/Paris","more":1,"offset":1,"measuregrps":[
             {"grpid":12,"attrib":0,"date":1770000000,"category":1,"measures":[{"value":72345,"type":1,"unit":-3}]}]}}
            """;
        const string Second = """
            {"status":0,"body":{"timezone":"Europe/Paris","measuregrps":[
             {"grpid":13,"attrib":0,"date":1770003600,"category":1,"measures":[{"value":215,"type":6,"unit":-1}]}]}}
            """;
        await using var server = await VendorServer.Start(asked => new Answer(
            200,
            asked.Form.Contains("offset=1", StringComparison.Ordinal) ? Second : First
        ));
        await using var silo = await FetchingSilo.Start("withings", server);
        var from = DateTimeOffset.FromUnixTimeSeconds(1_770_000_000);

        await silo.Ask(new RequestFetch("getmeas", Id: null, from, from.AddHours(1), Version: 0));
        await silo.Ask(new RequestFetch("getmeas", Id: null, from, from.AddHours(1), Version: 0));
        server.Log.ShouldBeEmpty("more of the same may come within the next seconds");
        silo.Move(TimeSpan.FromSeconds(11));

        var stream = await silo.Until(IsFetched, "the weight");
        stream.Of(Measure.Weight)!.Samples.ShouldBe(1);
        stream.Of(Measure.BodyFat)!.Samples.ShouldBe(1);
        server
            .Log.Select(asked => $"{asked}")
            .ShouldBe([
                "POST /measure action=getmeas&startdate=1770000000&enddate=1770003600 by first",
                "POST /measure action=getmeas&startdate=1770000000&enddate=1770003600&offset=1 by first",
            ]);
    }

    [Fact]
    public async Task ARecoveryOfWhoop_IsFoundByTheCycleOfItsSleep()
    {
        await using var server = await VendorServer.Start(asked =>
            asked.Path.EndsWith("/activity/sleep/s1", StringComparison.Ordinal)
                ? new Answer(200, """{"id":"s1","cycle_id":93,"start":"2026-04-05T02:00:00Z"}""")
                : new Answer(
                    200,
                    """
                    {"cycle_id":93,"sleep_id":"s1","created_at":"2026-04-05T10:00:00Z","score_state":"SCORED",
                     "score":{"resting_heart_rate":64,"hrv_rmssd_milli":31.8}}
                    """
                )
        );
        await using var silo = await FetchingSilo.Start("whoop", server);

        await silo.Ask(new RequestFetch("recovery", "s1", From: null, To: null, Version: 0));
        silo.Move(TimeSpan.FromSeconds(11));

        var stream = await silo.Until(IsFetched, "the recovery");
        stream
            .Watermarks.Select(mark => mark.Measure)
            .ShouldBe([Measure.RestingHeartRate, Measure.HeartRateVariability]);
        stream.ValuesSetAside.ShouldBe(0);
        server
            .Log.Select(asked => asked.Path)
            .ShouldBe(["/developer/v2/activity/sleep/s1", "/developer/v2/cycle/93/recovery"]);
    }

    [Fact]
    public async Task ASenderThatFails_IsAskedAgainLater()
    {
        var left = 4;
        await using var server = await VendorServer.Start(_ =>
            Interlocked.Decrement(ref left) >= 0 ? new Answer(500, "<html>") : new Answer(200, Sleep)
        );
        await using var silo = await FetchingSilo.Start("oura", server);

        await silo.Ask(OfSleep);
        var waiting = await silo.Until(view => view.Fetches is [{ Failures: 1 }], "the first failure");
        waiting.Fetches[0].Trouble.ShouldBe("status-500");
        server.Log.Count.ShouldBe(3, "a fault may be one of a moment");
        silo.Move(TimeSpan.FromMinutes(1));

        (await silo.Until(IsFetched, "the sleep")).Of(Measure.Sleep)!.Samples.ShouldBe(1);
    }

    [Fact]
    public async Task ASenderThatAsksForPatience_GetsIt_AndItIsNoFailure()
    {
        var isFirst = 1;
        await using var server = await VendorServer.Start(_ =>
            Interlocked.Exchange(ref isFirst, 0) == 1
                ? new Answer(429, "{}", RetryAfter: 1_800)
                : new Answer(200, Sleep)
        );
        await using var silo = await FetchingSilo.Start("oura", server);

        await silo.Ask(OfSleep);
        var waiting = (await silo.Until(view => view.Fetches is [{ Trouble: not null }], "the 429")).Fetches[0];

        waiting.Failures.ShouldBe(0);
        (waiting.DueAt - waiting.RequestedAt).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(30));
        server.Log.Count.ShouldBe(1, "asking again at once is what it asked us not to do");
        silo.Move(TimeSpan.FromMinutes(40));
        await silo.Until(IsFetched, "the sleep");
    }

    [Fact]
    public async Task TokensThatRanOut_AreReplaced_Once_AndTheFreshOnesAreKept()
    {
        await using var server = await VendorServer.Start(asked =>
            asked.Path == "/oauth/token"
                ? new Answer(200, """{"access_token":"second","refresh_token":"refresh-2","expires_in":86400}""")
            : asked.Token == "second" ? new Answer(200, Sleep)
            : new Answer(401, "{}")
        );
        await using var silo = await FetchingSilo.Start("oura", server);

        await silo.Ask(OfSleep);
        await silo.Until(IsFetched, "the sleep");
        await silo.Ask(OfSleep with { Id = "a2" });
        await silo.Until(view => view is { Fetches: [], NewestFetch: 2 }, "the second fetch");

        server
            .Log.Select(asked => $"{asked}")
            .ShouldBe([
                "GET /v2/usercollection/sleep/a1 by first",
                "POST /oauth/token grant_type=refresh_token&refresh_token=refresh-1&client_id=our-id&client_secret=our-secret by ",
                "GET /v2/usercollection/sleep/a1 by second",
                "GET /v2/usercollection/sleep/a2 by second",
            ]);
    }

    [Fact]
    public async Task APersonWhoTookTheirPermissionBack_MustConnectAgain()
    {
        await using var server = await VendorServer.Start(asked =>
            asked.Path == "/oauth/token"
                ? new Answer(400, """{"error":"invalid_grant"}""")
                : new Answer(401, """{"error":"invalid_token"}""")
        );
        await using var silo = await FetchingSilo.Start("oura", server);

        await silo.Ask(OfSleep);

        var gone = await silo.Until(view => view.Status == StreamStatus.Disconnected, "the disconnection");
        (gone.Why, gone.Authorisation, gone.Fetches.Count).ShouldBe(("reauthorise", null, 0));
        await silo.Ask(OfSleep);
        (await silo.Until(view => view.FetchesGivenUp == 1, "the refusal")).WhyNotFetched.ShouldBe("not-authorised");
    }

    [Fact]
    public async Task AConsentTakenBackWhileTheSenderAnswers_LetsNothingIn_AndTheSenderIsTold()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await VendorServer.Start(_ => new Answer(200, Sleep));
        server.Answers = async asked =>
        {
            await (asked.Path == "/oauth/revoke" ? Task.CompletedTask : held.Task);
            return new Answer(200, Sleep);
        };
        await using var silo = await FetchingSilo.Start("oura", server);

        await silo.Ask(OfSleep);
        await server.Until(asked => asked.Path.EndsWith("/a1", StringComparison.Ordinal), "the fetch");
        await silo.Ask(new FollowConsent(IsAllowed: false, Serial: 2));
        held.SetResult();

        var stopped = await silo.Until(view => view.Authorisation is null, "the deregistration");
        (stopped.Status, stopped.LastDataAt, stopped.Fetches.Count).ShouldBe((StreamStatus.Stopped, null, 0));
        stopped.Watermarks.ShouldBeEmpty();
        server.Log.Last().Query.ShouldBe("?access_token=first");
    }

    [Fact]
    public async Task AProcessThatEndsInTheMiddle_LosesNothing()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("fetch").FullName, "journal.db");
        await using var server = await VendorServer.Start(_ => new Answer(200, Sleep));
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Answers = async _ =>
        {
            await held.Task;
            return new Answer(200, Sleep);
        };
        await using (var silo = await FetchingSilo.Start("oura", server, file))
        {
            await silo.Ask(OfSleep);
            await server.Until(_ => true, "the fetch");
        }

        held.SetResult();
        var clock = new ShiftedClock();
        clock.Move(TimeSpan.FromMinutes(11));
        await using var next = await FetchingSilo.Start(file, clock);

        var stream = await next.Until(IsFetched, "the sleep");
        stream.Of(Measure.Sleep)!.Samples.ShouldBe(1);
        server.Log.Count.ShouldBeGreaterThanOrEqualTo(2);
        // The lock file is empty, and only one may open it.
        foreach (
            var part in Directory
                .GetFiles(Path.GetDirectoryName(file)!)
                .Where(part => !part.EndsWith(".lock", StringComparison.Ordinal))
        )
        {
            await using var open = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(open, System.Text.Encoding.Latin1);
            var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            text.ShouldNotContain("refresh-1", Case.Sensitive, "tokens are encrypted at rest");
        }
    }

    [Fact]
    public async Task AnotherAddress_IsNotAsked_UnlessTheOperatorAllowsIt()
    {
        await using var server = await VendorServer.Start(_ => new Answer(200, Sleep));
        await using var silo = await FetchingSilo.Start("oura", server, othersAllowed: false);

        await silo.Ask(OfSleep);

        (await silo.Until(view => view.FetchesGivenUp == 1, "the end")).WhyNotFetched.ShouldBe("address-not-allowed");
        server.Log.ShouldBeEmpty();
    }

    [Fact]
    public async Task ABackfill_IsFetchedInSlices_TheNewestFirst_AndEveryMeasureIsComplete()
    {
        await using var server = await VendorServer.Start(asked => new Answer(
            200,
            asked.Path.EndsWith("/sleep", StringComparison.Ordinal)
                ? $$"""{"data":[{{Sleep}}],"next_token":null}"""
                : """{"data":[],"next_token":null}"""
        ));
        await using var silo = await FetchingSilo.Start("oura", server);
        var from = TimeProvider.System.GetUtcNow().AddDays(-40);
        PastResource[] past =
        [
            new("sleep", [Measure.Sleep, Measure.RespiratoryRate]),
            new("workout", [Measure.Activity]),
        ];

        await silo.Ask(new FetchPast(from, past));

        var done = await silo.Until(view => view is { Past: [], NewestFetch: > 0 }, "the past");
        done.BackfillFrom.ShouldBeNull();
        done.Fetches.ShouldBeEmpty();
        done.Of(Measure.Sleep)!.BackfilledAt.ShouldNotBeNull();
        done.Of(Measure.RespiratoryRate)!.BackfilledAt.ShouldNotBeNull();
        server
            .Log.Select(asked => asked.Path.Split('/')[^1])
            .ShouldBe(["sleep", "workout", "sleep", "workout"], "30 days of each, then what is older");
    }

    private static bool IsFetched(WearableStreamView view) => view is { Fetches: [], LastDataAt: not null };
}
