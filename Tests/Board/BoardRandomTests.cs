using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Board;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Projections;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Board;

/// <summary>
/// Viewers with all kinds of scopes, fast and slow, coming and going, over a life drawn from a seed: whatever a viewer
/// has put together from snapshots and deltas equals a fresh snapshot of its scope.
/// </summary>
public sealed class BoardRandomTests
{
    private static readonly EcosystemId Acme = SeededEcosystem.Acme;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void SnapshotAndDeltas_EqualAFreshSnapshot(int seed)
    {
        var random = new Random(seed);
        var life = new SeededEcosystem(seed);
        var clock = new ManualClock();
        var models = new ReadModels(clock);
        var watchers = Scopes().Select(scope => new Watcher(scope)).ToList();

        for (var round = 0; round < 150; round++)
        {
            models.Fold(life.Live(random.Next(1, 6)));
            clock.Advance(ProjectionLimits.BoardPulse);
            if (random.Next(3) > 0)
            {
                models.Publish();
            }

            if (random.Next(40) == 0)
            {
                models = Restart(models, clock);
            }

            var boards = new Boards(models);
            foreach (var watcher in watchers.Where(_ => random.Next(4) == 0))
            {
                watcher.Look(boards, reconnect: random.Next(5) == 0);
            }
        }

        models.Publish();
        clock.Advance(ProjectionLimits.BoardPulse);
        foreach (var watcher in watchers)
        {
            watcher.Look(new Boards(models), reconnect: false);
            watcher.ShouldShow(new Boards(models), $"seed {seed}");
        }

        watchers.Sum(watcher => watcher.Viewer.Deltas).ShouldBeGreaterThan(200);
    }

    [Fact]
    public void APartner_NeverReceivesAWordAboutOthers()
    {
        var life = new SeededEcosystem(seed: 11);
        var models = new ReadModels(new ManualClock());
        var boards = new Boards(models);
        var only = new PartnerId("p-1");
        var others = Enumerable.Range(0, 12).Select(p => $"\"p-{p}\"").Where(word => word != "\"p-1\"").ToList();
        var told = 0;

        foreach (var kind in Enum.GetValues<BoardKind>())
        {
            var scope = new BoardScope(Acme, kind, BoardFilter.Everything, only);
            var at = boards.Version(scope);
            for (var round = 0; round < 200; round++)
            {
                models.Fold(life.Live(3));
                models.Publish();
                if (boards.Since(scope, at, at) is not { } step)
                {
                    continue;
                }

                at = step.Version;
                var mine = life
                    .Grains.Where(grain =>
                        grain.Value.View is Grains.Interfaces.Deals.DealView deal && deal.Partner == only
                    )
                    .Select(grain => grain.Key.Id)
                    .Append("p-1")
                    .ToHashSet(StringComparer.Ordinal);
                foreach (var json in new[] { step.Delta, boards.Snapshot(scope) }.OfType<BoardJson>())
                {
                    told++;
                    var text = BoardViewer.Root(json).GetRawText();
                    others.Where(text.Contains).ShouldBeEmpty("Another partner is named.");
                    Ids(json).ShouldBeSubsetOf(mine);
                }
            }
        }

        told.ShouldBeGreaterThan(200);
    }

    private static IEnumerable<string> Ids(BoardJson json)
    {
        var root = BoardViewer.Root(json);
        return root.TryGetProperty("columns", out var columns)
            ? columns
                .EnumerateArray()
                .SelectMany(column => column.GetProperty("cards").EnumerateArray())
                .Select(card => card.GetProperty("id").GetString()!)
            :
            [
                .. root.GetProperty("upserts").EnumerateArray().Select(card => card.GetProperty("id").GetString()!),
                .. root.GetProperty("removes").EnumerateArray().Select(id => id.GetString()!),
            ];
    }

    private static IEnumerable<BoardScope> Scopes() =>
        from kind in Enum.GetValues<BoardKind>()
        from filter in new BoardFilter[]
        {
            BoardFilter.Everything,
            BoardFilter.Everything,
            new(Phase: Phase.Discovery),
            new(Phase: Phase.Integration),
            new(Category: new CategoryId("medical-device")),
            new(Tier: new TierId("silver")),
            new(Text: "customer 1"),
            new(Text: "P-1"),
        }
        from only in new PartnerId?[] { null, new PartnerId("p-1"), new PartnerId("p-5") }
        select new BoardScope(Acme, kind, filter, only);

    /// <summary>What is left after a restart: the saved rows.</summary>
    private static ReadModels Restart(ReadModels models, TimeProvider clock)
    {
        models.Publish();
        var saved = models.TakeUnsaved();
        var restarted = new ReadModels(clock);
        restarted.Load(
            saved.Position,
            saved.Rows.Select(row => ReadModels.Read(new ReaderRow(row.Key, RowJson.Write(row.Value!))))
        );
        // Nothing was really saved, so that the next restart needs these rows again.
        restarted.PutBack(saved);
        return restarted;
    }

    private sealed class Watcher(BoardScope scope)
    {
        private long cursor = -1;

        public BoardViewer Viewer { get; } = new();

        public void Look(IBoard boards, bool reconnect)
        {
            if (reconnect)
            {
                // A new connection knows only the version that the viewer has.
                cursor = Viewer.Version;
            }

            if (cursor < 0 || boards.Since(scope, cursor, Viewer.Version) is not { } step)
            {
                var snapshot = boards.Snapshot(scope);
                snapshot.Version.ShouldBeGreaterThanOrEqualTo(Viewer.Version);
                Viewer.Take(snapshot);
                cursor = snapshot.Version;
                return;
            }

            if (step.Delta is { } delta)
            {
                Viewer.Apply(delta);
            }

            step.Version.ShouldBeGreaterThanOrEqualTo(cursor);
            cursor = step.Version;
        }

        public void ShouldShow(IBoard boards, string context)
        {
            var fresh = new BoardViewer();
            fresh.Take(boards.Snapshot(scope));
            Viewer
                .Cards.OrderBy(card => card.Key)
                .ShouldBe(fresh.Cards.OrderBy(card => card.Key), $"{context}, {scope}");
        }
    }
}
