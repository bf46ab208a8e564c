using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Grains.WearableStreams;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.WearableStreams;

/// <summary>From a consent to live data, to silence, and back.</summary>
public sealed class WearableStreamTests
{
    private static readonly OpenStream Open = new("user-7", Purpose.Coaching);
    private static readonly FollowConsent Allow = new(IsAllowed: true, Serial: 1);
    private static readonly FollowConsent Stop = new(IsAllowed: false, Serial: 2);
    private static readonly Story New = Story.Of(WearableStream.Kind, "person-1~garmin");
    private static readonly Story Opened = New.Given(Open);
    private static readonly Story Allowed = Opened.Given(Allow);
    private static readonly Story Live = Allowed.Given(Pulse(TimeSpan.Zero));

    [Fact]
    public void AStreamThatIsOpened_IsStoppedUntilItIsAllowed()
    {
        View(Opened).Status.ShouldBe(StreamStatus.Stopped);
        View(Opened).Lifecycle.Current.Phase.ShouldBe(Phase.Discovery);
        View(Allowed).Status.ShouldBe(StreamStatus.Waiting);
        View(Allowed).User.ShouldBe("user-7");
    }

    [Fact]
    public void WithoutConsent_OnlyACountIsKept()
    {
        var refused = Opened.When(Pulse(TimeSpan.Zero));

        refused.Then(new SamplesRefused(1, Story.Morning));
        var view = (WearableStreamView)refused.View!;
        (view.RefusedDeliveries, view.RefusedSamples, view.LastDataAt).ShouldBe((1, 1, null));
    }

    [Fact]
    public void WhatIsNew_MakesItLive_AndReachesLaunch()
    {
        View(Live).Status.ShouldBe(StreamStatus.Live);
        View(Live)
            .Lifecycle.Visits.Select(visit => visit.Phase)
            .ShouldBe([Phase.Discovery, Phase.Integration, Phase.Launch]);
        View(Live).Of(Measure.HeartRate)!.Newest.ShouldBe(Story.Morning);
    }

    [Fact]
    public void WhatLiesInThePast_IsABackfill_AndIsMarkedCompleteWhenNothingMoreComes()
    {
        var old = Pulse(TimeSpan.FromDays(30));
        var backfilling = Allowed.Given(new StartBackfill(Story.Morning.AddDays(-30))).Given(old);

        View(backfilling).Status.ShouldBe(StreamStatus.Backfilling);
        View(backfilling).Lifecycle.Current.Phase.ShouldBe(Phase.Integration);
        var quiet = new DeadlineReached("backfill-quiet", Story.Morning);
        var complete = backfilling.Given(quiet);
        View(complete).Of(Measure.HeartRate)!.BackfilledAt.ShouldBe(Story.Morning);
        View(complete).BackfillFrom.ShouldBeNull();
        complete.When(quiet).ThenNothing();
    }

    [Fact]
    public void OneMeasuresPast_CanBeCompleteBeforeTheOthers()
    {
        var both = Allowed
            .Given(new StartBackfill(Story.Morning.AddDays(-30)))
            .Given(Batch(Measure.HeartRate, TimeSpan.FromDays(20)), Batch(Measure.Weight, TimeSpan.FromDays(20)));

        var one = both.Given(new CompleteBackfill(Measure.Weight));

        View(one).Of(Measure.Weight)!.BackfilledAt.ShouldNotBeNull();
        View(one).Of(Measure.HeartRate)!.BackfilledAt.ShouldBeNull();
        View(one).BackfillFrom.ShouldNotBeNull();
    }

    [Fact]
    public void Silence_MakesItStale_AndTheNextSampleLiveAgain()
    {
        var stale = Live.Given(new DeadlineReached("stale", Story.Morning));

        View(stale).Status.ShouldBe(StreamStatus.Stale);
        View(stale.Given(Pulse(TimeSpan.Zero))).Status.ShouldBe(StreamStatus.Live);
        View(stale).Lifecycle.Current.Phase.ShouldBe(Phase.Launch);
    }

    [Fact]
    public void LiveForLong_ItIsInScale()
    {
        var steady = new DeadlineReached("steady", Story.Morning);

        View(Live.Given(steady)).Lifecycle.Current.Phase.ShouldBe(Phase.Scale);
        Live.Given(new DeadlineReached("stale", Story.Morning)).When(steady).ThenNothing();
    }

    [Fact]
    public void AConsentTakenBack_StopsItAtOnce_AndAnOldPermissionChangesNothing()
    {
        var stopped = Live.Given(Stop);

        View(stopped).Status.ShouldBe(StreamStatus.Stopped);
        stopped.When(Pulse(TimeSpan.Zero)).Then(new SamplesRefused(1, Story.Morning));
        stopped.When(Allow).ThenNothing();
        View(stopped.Given(new FollowConsent(IsAllowed: true, Serial: 3))).Status.ShouldBe(StreamStatus.Waiting);
    }

    [Fact]
    public void DisconnectedByTheSender_ItIsConnectedAgain_UnderTheSameConsent()
    {
        var gone = Live.Given(new DisconnectStream("deregistered"));

        View(gone).Status.ShouldBe(StreamStatus.Disconnected);
        View(gone).Why.ShouldBe("deregistered");
        gone.When(new DisconnectStream("deregistered")).ThenNothing();
        View(gone.Given(Open)).Status.ShouldBe(StreamStatus.Waiting);
        View(gone.Given(Open)).Why.ShouldBeNull();
        View(gone.Given(Stop).Given(Open)).Status.ShouldBe(StreamStatus.Stopped);
    }

    [Fact]
    public void ValuesSetAside_AreCounted_AndTheNewestAreShown()
    {
        var bad = new StoreSamples([], [], [new SetAside("heart-rate", SetAsideReasons.OutOfRange, "$.hr[0]")]);
        var story = Live;
        for (var time = 0; time < 30; time++)
        {
            story = story.Given(bad);
        }

        View(story).ValuesSetAside.ShouldBe(30);
        View(story).RecentlySetAside.Count.ShouldBe(WearableStreamLimits.SetAsideKept);
        View(story).Status.ShouldBe(StreamStatus.Live, "a bad value is no sign of life, and none of death");
    }

    private static StoreSamples Pulse(TimeSpan ago) => Batch(Measure.HeartRate, ago);

    private static StoreSamples Batch(Measure measure, TimeSpan ago)
    {
        var reading = new Reading(measure, Story.Morning - ago, End: null, 70, Measures.Of(measure).Unit);
        return SampleBatch.Of([reading], [], [], Story.Morning);
    }

    private static WearableStreamView View(Story story) => (WearableStreamView)story.View!;
}
