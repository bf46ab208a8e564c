using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Grains.WearableStreams;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.WearableStreams;

/// <summary>From a thin notification to its fetch, and to the end of trying.</summary>
public sealed class StreamFetchTests
{
    private static readonly RequestFetch OfSleep = new("sleep", "a1", From: null, To: null, Version: 5);
    private static readonly RequestFetch OfWeight = new("getmeas", Id: null, Story.Morning, To: null, Version: 0);
    private static readonly FollowConsent Stop = new(IsAllowed: false, Serial: 2);

    private static readonly Story Opened = Story
        .Of(WearableStream.Kind, "person-1~oura")
        .Given(new OpenStream("user-7", Purpose.Coaching));

    private static readonly Story Allowed = Opened.Given(new FollowConsent(IsAllowed: true, Serial: 1));
    private static readonly Story Ready = Allowed.Given(new AuthoriseStream("sealed"));
    private static readonly Story Fetching = Ready.Given(OfSleep);

    [Fact]
    public void NewsWithItsVersion_IsFetchedAtOnce()
    {
        var now = Story.Morning;
        Ready
            .When(OfSleep)
            .Then(
                new FetchRequested(1, "sleep", "a1", null, null, 5, IsPast: false, now, now),
                new FetchDue(1, 1, now.AddMinutes(10))
            )
            .WithDeadlines(new DeadlineChange("fetch", now.AddMinutes(10)));
    }

    [Fact]
    public void NewsWithoutAVersion_WaitsForMoreOfTheSame()
    {
        var waiting = Ready.Given(OfWeight);

        View(waiting).Fetches[0].Attempts.ShouldBe(0);
        var due = waiting.After(TimeSpan.FromSeconds(10)).When(new DeadlineReached("fetch", Story.Morning));
        due.Then(new FetchDue(1, 1, Story.Morning.AddSeconds(610)));
    }

    [Fact]
    public void TheSameNewsAgain_ReplacesWhatWaits_AndTheNewestVersionHolds()
    {
        var again = Fetching.Given(OfSleep with { Version = 4 });

        var fetch = View(again).Fetches.ShouldHaveSingleItem();
        (fetch.Number, fetch.Version).ShouldBe((2, 5));
        again.When(Record(number: 1)).ThenNothing();
    }

    [Fact]
    public void WithoutConsentOrTokens_NothingIsAskedFor()
    {
        Opened.When(OfSleep).Then(new SamplesRefused(0, Story.Morning));
        Opened.When(new AuthoriseStream("sealed")).ThenRefused(Refusals.StatusForbids);
        Allowed.When(OfSleep).Then(new FetchGivenUp(0, "not-authorised", Story.Morning));
        Allowed.When(new FetchPast(Story.Morning, Past)).ThenRefused(Refusals.StatusForbids);
    }

    [Fact]
    public void WhatWaits_IsBounded()
    {
        var full = Ready;
        for (var id = 0; id < WearableStreamLimits.FetchesMax; id++)
        {
            full = full.Given(OfSleep with { Id = $"a{id}" });
        }

        full.When(OfSleep with { Id = "more" }).Then(new FetchGivenUp(0, "too-many-fetches", Story.Morning));
        View(full.Given(OfSleep)).Fetches.Count.ShouldBe(WearableStreamLimits.FetchesMax, "a repeat needs no room");
    }

    [Fact]
    public void Failures_AreTriedAgain_LaterAndLater_AndGivenUp()
    {
        var story = Fetching;
        var pauses = new List<TimeSpan>();
        for (var attempt = 1; attempt <= WearableStreamLimits.FetchPauses.Count; attempt++)
        {
            story = story.Given(Record(attempt: attempt, outcome: FetchOutcome.Failed, reason: "status-500"));
            pauses.Add(View(story).Fetches[0].DueAt - story.Now);
            story = story
                .At(View(story).Fetches[0].DueAt)
                .Given(new DeadlineReached("fetch", View(story).Fetches[0].DueAt));
        }

        foreach (var (pause, least) in pauses.Zip(WearableStreamLimits.FetchPauses))
        {
            pause.ShouldBeInRange(least, least * 1.25);
        }

        var last = Record(attempt: pauses.Count + 1, outcome: FetchOutcome.Failed, reason: "status-500");
        story.When(last).Then(new FetchGivenUp(1, "status-500", story.Now));
        View(story.Given(last)).WhyNotFetched.ShouldBe("status-500");
    }

    [Fact]
    public void AnAttemptOfWhichNothingIsHeard_IsBegunAgain_AndNotForEver()
    {
        var lost = Fetching.After(TimeSpan.FromMinutes(10));

        lost.When(new DeadlineReached("fetch", Story.Morning)).Then(new FetchDue(1, 2, lost.Now.AddMinutes(10)));
        var old = Fetching.After(TimeSpan.FromDays(4));
        old.When(new DeadlineReached("fetch", Story.Morning)).Then(new FetchGivenUp(1, "lost", old.Now));
    }

    [Fact]
    public void AThrottledFetch_WaitsAsLongAsItIsAsked_AndADayAtMost()
    {
        var hour = View(Fetching.Given(Throttled(3_600))).Fetches[0];
        hour.Failures.ShouldBe(0);
        hour.DueAt.ShouldBeInRange(Story.Morning.AddHours(1), Story.Morning.AddHours(1.25));

        View(Fetching.Given(Throttled(int.MaxValue))).Fetches[0].DueAt.ShouldBeLessThan(Story.Morning.AddHours(31));
    }

    [Fact]
    public void AConsentTakenBack_DropsWhatWaits_AndTellsTheSender()
    {
        var stopped = Fetching.Given(Stop);

        View(stopped).Fetches.ShouldHaveSingleItem().IsDeregistration.ShouldBeTrue();
        stopped.When(Record(number: 1)).ThenNothing();
        var told = stopped.Given(Record(number: 2));
        (View(told).Fetches.Count, View(told).Authorisation).ShouldBe((0, null));
        View(Allowed.Given(Stop)).Fetches.ShouldBeEmpty("nobody let us in");
        View(stopped.Given(new FollowConsent(IsAllowed: true, Serial: 3)))
            .Fetches.ShouldBeEmpty("the person agreed again before the sender was told");
    }

    [Fact]
    public void WithoutAValidToken_TheStreamIsDisconnected_UntilItIsAuthorisedAgain()
    {
        var gone = Fetching.Given(Record(outcome: FetchOutcome.Unauthorised));

        (View(gone).Status, View(gone).Why).ShouldBe((StreamStatus.Disconnected, "reauthorise"));
        var back = View(gone.Given(new AuthoriseStream("sealed-2")));
        (back.Status, back.Why, back.Authorisation!.Sealed).ShouldBe((StreamStatus.Waiting, null, "sealed-2"));
    }

    [Fact]
    public void FreshTokens_ReplaceOnlyThoseTheyWereGivenFor()
    {
        Ready.When(new RenewTokens("fresh", "sealed")).Then(new StreamAuthorised("fresh", Story.Morning));
        Ready.When(new RenewTokens("fresh", "older")).ThenNothing();
        Allowed.When(new RenewTokens("fresh", "sealed")).ThenNothing();
    }

    [Fact]
    public void ThePast_IsOneSliceAtATime_AndASliceThatCannotBeHadIsNotCalledComplete()
    {
        var from = Story.Morning.AddDays(-31);
        var past = Ready.Given(new FetchPast(from, Past));
        var first = View(past).Fetches.ShouldHaveSingleItem();
        (first.From, first.To, first.IsPast).ShouldBe((Story.Morning.AddDays(-30), Story.Morning, true));

        var second = past.Given(Record(number: 1));
        View(second).Fetches.ShouldHaveSingleItem().From.ShouldBe(from);
        var broken = second.Given(Record(number: 2, outcome: FetchOutcome.Impossible, reason: "status-404"));

        View(broken).Past.ShouldHaveSingleItem().Broken.ShouldBe("status-404");
        View(broken).BackfillFrom.ShouldBe(from);
        broken.When(new DeadlineReached("backfill-quiet", Story.Morning)).ThenNothing();
        View(second.Given(Record(number: 2))).BackfillFrom.ShouldBeNull();
    }

    [Fact]
    public void OfAPersonWhoWasErased_TheRestIsStillRead()
    {
        var erased = Opened.Given(
            new PersonalDataErased(),
            new FetchDue(1, 1, Story.Morning),
            new FetchPostponed(1, IsFailure: true, "status-500", Story.Morning, Story.Morning),
            new FetchCompleted(1, Story.Morning),
            new DeregistrationRequested(2, Story.Morning)
        );

        View(erased.Given(Record(number: 2, attempt: 0, outcome: FetchOutcome.Impossible))).Fetches.ShouldBeEmpty();
    }

    private static PastResource[] Past => [new("sleep", [Measure.Sleep])];

    private static RecordFetch Throttled(int seconds) =>
        new(1, 1, FetchOutcome.Throttled, "status-429", RetryAfterSeconds: seconds);

    private static RecordFetch Record(
        long number = 1,
        int attempt = 1,
        FetchOutcome outcome = FetchOutcome.Done,
        string? reason = null
    ) => new(number, attempt, outcome, reason);

    private static WearableStreamView View(Story story) => (WearableStreamView)story.View!;
}
