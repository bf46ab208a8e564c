using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Board;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Silo.Projections;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Board;

public sealed class BoardFeedTests
{
    private static readonly EcosystemId Acme = SeededEcosystem.Acme;
    private static readonly DateTimeOffset Monday = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private readonly ManualClock clock = new(Monday.AddDays(10));
    private readonly BoardFeed feed;
    private long position;

    public BoardFeedTests() => feed = new BoardFeed(BoardKind.Partners, clock);

    [Fact]
    public void ASnapshot_HasFourColumns_OverdueFirst_ThenOldestFirst()
    {
        Show(Card("young", Phase.Launch, days: 8));
        Show(Card("old", Phase.Launch, days: 1));
        Show(Card("late", Phase.Launch, days: 9) with { Overdue = true });

        var board = BoardViewer.Root(feed.Snapshot(Everything));

        board.GetProperty("version").GetInt64().ShouldBe(3);
        board.GetProperty("kind").GetString().ShouldBe("partners");
        var columns = board.GetProperty("columns").EnumerateArray().ToList();
        columns
            .Select(column => column.GetProperty("phase").GetString())
            .ShouldBe(["discovery", "integration", "launch", "scale"]);
        var launch = columns[2];
        launch.GetProperty("count").GetInt32().ShouldBe(3);
        launch.GetProperty("overdue").GetInt32().ShouldBe(1);
        launch.GetProperty("medianDays").GetDouble().ShouldBe(2);
        launch
            .GetProperty("cards")
            .EnumerateArray()
            .Select(card => card.GetProperty("id").GetString())
            .ShouldBe(["late", "old", "young"]);
        columns[0].GetProperty("medianDays").GetDouble().ShouldBe(0);
    }

    [Fact]
    public void ManyChangesOfACard_BecomeOneUpsertInItsLastState()
    {
        var first = Card("p-1", Phase.Discovery);
        Show(first);
        feed.Publish();
        Show(first with { Version = 2 }, first);
        Show(first with { Version = 3, Phase = Phase.Integration }, first with { Version = 2 });
        feed.Publish();

        var step = feed.Since(Everything, after: 1, shown: 1)!.Value;

        step.Version.ShouldBe(3);
        var delta = BoardViewer.Root(step.Delta!);
        delta.GetProperty("from").GetInt64().ShouldBe(1);
        var upsert = delta.GetProperty("upserts").EnumerateArray().Single();
        upsert.GetProperty("version").GetInt64().ShouldBe(3);
        upsert.GetProperty("phase").GetString().ShouldBe("integration");
        delta.GetProperty("removes").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void ACardThatStopsMatching_IsRemoved_AndOneThatNeverMatchedIsNotNamed()
    {
        var scope = Everything with { Filter = new BoardFilter(Phase: Phase.Discovery) };
        var leaving = Card("leaving", Phase.Discovery);
        var other = Card("other", Phase.Scale);
        Show(leaving);
        Show(other);
        feed.Publish();
        Show(leaving with { Phase = Phase.Integration }, leaving);
        Show(other with { Version = 2 }, other);
        feed.Publish();

        var delta = BoardViewer.Root(feed.Since(scope, 2, 2)!.Value.Delta!);

        delta.GetProperty("removes").EnumerateArray().Single().GetString().ShouldBe("leaving");
        delta.GetRawText().ShouldNotContain("other");
    }

    [Fact]
    public void ACardThatCameAndWent_IsNotTold()
    {
        var scope = Everything with { Filter = new BoardFilter(Phase: Phase.Launch) };
        var card = Card("p-1", Phase.Discovery);
        Show(card);
        feed.Publish();
        Show(card with { Phase = Phase.Launch }, card);
        Show(card with { Phase = Phase.Scale }, card with { Phase = Phase.Launch });
        feed.Publish();

        var step = feed.Since(scope, 1, 1)!.Value;

        step.ShouldBe(new BoardStep(3, null));
    }

    [Fact]
    public void ADelta_CarriesTheCorrelation_OnlyWhenThereIsOne()
    {
        var (one, two) = (Card("p-1", Phase.Discovery), Card("p-2", Phase.Discovery));
        feed.Move(1, null, one, "request-1");
        feed.Move(2, one, one with { Version = 2 }, "request-1");
        feed.Publish();
        BoardViewer
            .Root(feed.Since(Everything, 0, 0)!.Value.Delta!)
            .GetProperty("correlation")
            .GetString()
            .ShouldBe("request-1");

        feed.Move(3, null, two, "request-2");
        feed.Publish();
        BoardViewer
            .Root(feed.Since(Everything, 0, 0)!.Value.Delta!)
            .TryGetProperty("correlation", out _)
            .ShouldBeFalse();
    }

    [Fact]
    public void AVersionOlderThanWhatIsKept_NeedsASnapshot()
    {
        var card = Card("p-1", Phase.Discovery);
        Show(card);
        for (var change = 0; change < ProjectionLimits.BoardChangesKept; change++)
        {
            Show(card with { Version = change }, card);
        }

        feed.Publish();

        feed.Since(Everything, 1, 1).ShouldBeNull();
        feed.Since(Everything, position - 10, position - 10).ShouldNotBeNull();
    }

    [Fact]
    public void BeingTooManyChangesBehind_NeedsASnapshot()
    {
        for (var change = 0; change <= ProjectionLimits.BoardChangesBehindMax; change++)
        {
            Show(Card($"p-{change}", Phase.Discovery));
        }

        feed.Publish();

        feed.Since(Everything, 0, 0).ShouldBeNull();
        feed.Since(Everything, 1, 1).ShouldNotBeNull();
    }

    [Fact]
    public void ChangesOfOneEvent_AreToldTogether()
    {
        position++;
        for (var card = 0; card < 2 * ProjectionLimits.BoardChangesPerDeltaMax; card++)
        {
            feed.Move(position, null, Card($"p-{card}", Phase.Discovery), "c-1");
        }

        Show(Card("later", Phase.Discovery));
        feed.Publish();

        var first = feed.Since(Everything, 0, 0)!.Value;
        first.Version.ShouldBe(1);
        BoardViewer
            .Root(first.Delta!)
            .GetProperty("upserts")
            .GetArrayLength()
            .ShouldBe(2 * ProjectionLimits.BoardChangesPerDeltaMax);
        feed.Since(Everything, 1, 1)!.Value.Version.ShouldBe(2);
    }

    [Fact]
    public void AVersionFromTheFuture_IsNotMine()
    {
        Show(Card("p-1", Phase.Discovery));
        feed.Publish();

        feed.Since(Everything, 99, 99).ShouldBeNull();
    }

    [Fact]
    public void ViewersOfTheSame_GetTheSameBytes()
    {
        Show(Card("p-1", Phase.Discovery));
        feed.Publish();

        var one = feed.Since(Everything, 0, 0)!.Value.Delta;
        feed.Since(Everything, 0, 0)!.Value.Delta.ShouldBeSameAs(one);
        feed.Snapshot(Everything).ShouldBeSameAs(feed.Snapshot(Everything));
    }

    [Fact]
    public async Task Waiters_WakeOnPublish_AndNotBefore()
    {
        var waiting = feed.Changed(0, TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        Show(Card("p-1", Phase.Discovery));
        (await feed.Changed(0, TimeSpan.Zero, TestContext.Current.CancellationToken)).ShouldBeFalse();
        waiting.IsCompleted.ShouldBeFalse();

        feed.Publish();

        (await waiting.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken)).ShouldBeTrue();
        feed.Version.ShouldBe(1);
    }

    [Fact]
    public async Task Waiters_GoOn_WhenTheirPatienceIsOver()
    {
        var waiting = feed.Changed(0, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        waiting.IsCompleted.ShouldBeFalse();

        clock.Advance(TimeSpan.FromSeconds(10));

        (await waiting.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken)).ShouldBeFalse();
    }

    [Fact]
    public async Task WhoeverWaitsForTheFirstCard_IsWoken()
    {
        var life = new SeededEcosystem(seed: 4);
        var models = new ReadModels(clock);
        var scope = new BoardScope(Acme, BoardKind.Partners, BoardFilter.Everything);
        var waiting = new Boards(models).Changed(
            scope,
            0,
            TimeSpan.FromHours(1),
            TestContext.Current.CancellationToken
        );

        models.Fold(life.Live(100));
        models.Publish();

        (await waiting.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken)).ShouldBeTrue();
    }

    [Fact]
    public void ClosedDeals_LeaveTheBoard()
    {
        var life = new SeededEcosystem(seed: 3);
        var models = new ReadModels(clock);
        models.Fold(life.Live(600));
        models.Publish();

        var scope = new BoardScope(Acme, BoardKind.Deals, BoardFilter.Everything);
        var viewer = new BoardViewer();
        viewer.Take(new Boards(models).Snapshot(scope));

        var all = new DealList(models).Find(Acme, new DealQuery(), new PageRequest(200)).Items;
        all.Count(card => !card.IsOnBoard).ShouldBeGreaterThan(5);
        viewer.Cards.Keys.ShouldBe(all.Where(card => card.IsOnBoard).Select(card => card.Id), ignoreOrder: true);
    }

    private static BoardScope Everything => new(Acme, BoardKind.Partners, BoardFilter.Everything);

    private void Show(Card after, Card? before = null) => feed.Move(++position, before, after, $"c-{position}");

    private static PartnerCard Card(string id, Phase phase, int days = 0) =>
        new(
            id,
            1,
            $"Partner {id}",
            new TierId("silver"),
            new CategoryId("medical-device"),
            null,
            phase,
            Monday.AddDays(days),
            null,
            false,
            new CardGate(0, 0)
        );
}
