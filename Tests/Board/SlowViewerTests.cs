using EcosystemSilo.Gateway.Board;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Board;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Silo.Projections;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Board;

/// <summary>
/// A viewer that reads slowly, or not at all, costs a bounded amount and converges when it reads again.
/// </summary>
public sealed class SlowViewerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly BoardScope Partners = new(SeededEcosystem.Acme, BoardKind.Partners, BoardFilter.Everything);

    private readonly ManualClock clock = new();
    private readonly SeededEcosystem life = new(seed: 31);
    private readonly ReadModels models;
    private readonly Boards boards;
    private readonly BoardViewer viewer = new();
    private readonly SemaphoreSlim offered = new(0);
    private (string Method, BoardJson Json, TaskCompletionSource Taken)? onTheWay;
    private bool valid = true;
    private int changes;

    public SlowViewerTests()
    {
        models = new ReadModels(clock);
        boards = new Boards(models);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhileOneMessageIsOnItsWay_ChangesAreGatheredIntoOne()
    {
        Change(5);
        var watching = Watch().Run(from: null, Cancellation);
        await Offered();
        Take();
        Change(1);
        await Offered();

        for (var change = 0; change < ProjectionLimits.BoardChangesPerDeltaMax; change++)
        {
            Change(1);
        }

        Take();
        await Offered();
        Take();

        viewer.Deltas.ShouldBe(2);
        viewer.Snapshots.ShouldBe(1);
        ShouldBeUpToDate();
        await End(watching);
    }

    [Fact]
    public async Task AViewerThatIsBehind_IsToldInPiecesOfBoundedSize()
    {
        Change(5);
        var watching = Watch().Run(from: null, Cancellation);
        await Offered();
        Take();
        Change(1);
        await Offered();

        Change(3 * ProjectionLimits.BoardChangesPerDeltaMax);
        for (var message = 0; message < 4; message++)
        {
            Take();
            if (message < 3)
            {
                await Offered();
            }
        }

        viewer.Deltas.ShouldBe(4);
        viewer.Snapshots.ShouldBe(1);
        ShouldBeUpToDate();
        await End(watching);
    }

    [Fact]
    public async Task AViewerThatIsTooFarBehind_GetsASnapshotInsteadOfAllItMissed()
    {
        Change(5);
        var watching = Watch().Run(from: null, Cancellation);
        await Offered();
        Take();
        Change(1);
        await Offered();

        Change(ProjectionLimits.BoardChangesBehindMax + 1);
        clock.Advance(ProjectionLimits.BoardPulse);
        Take();
        await Offered();
        Take();

        viewer.Deltas.ShouldBe(1);
        viewer.Snapshots.ShouldBe(2);
        ShouldBeUpToDate();
        await End(watching);
    }

    [Fact]
    public async Task NothingIsSent_OnceTheCredentialsHaveEnded()
    {
        Change(5);
        var watching = Watch().Run(from: null, Cancellation);
        await Offered();
        Take();

        valid = false;
        Change(10);

        await watching.WaitAsync(Patience, Cancellation);
        viewer.Deltas.ShouldBe(0);
    }

    private BoardWatch Watch() => new(boards, Partners, Offer, _ => ValueTask.FromResult(valid));

    /// <summary>Changes cards of the board, each change an event of its own, and shows them.</summary>
    private void Change(int events)
    {
        for (var change = 0; change < events; change++)
        {
            var partner = PartnerKey.Of(SeededEcosystem.Acme, new PartnerId($"p-{++changes % 7}"));
            IEvent happened = life.Grains.ContainsKey(partner)
                ? new ItemCompleted(new ItemId($"item-{changes}"), clock.GetUtcNow(), "test")
                : new PartnerRegistered("North Clinic", new("medical-device"), null, new("silver"), 1);
            models.Fold(life.Record(partner, "test", happened));
        }

        models.Publish();
    }

    /// <summary>The viewer's end of the connection: a message is taken only when the test says so.</summary>
    private Task Offer(string method, BoardJson json)
    {
        onTheWay.ShouldBeNull("A second message was sent before the first was taken.");
        onTheWay = (method, json, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var taken = onTheWay.Value.Taken.Task;
        offered.Release();
        return taken;
    }

    private async Task Offered() =>
        (await offered.WaitAsync(Patience, Cancellation)).ShouldBeTrue("No message was offered in time.");

    private void Take()
    {
        var (method, json, taken) = onTheWay!.Value;
        onTheWay = null;
        if (method == BoardWatch.Snapshot)
        {
            viewer.Take(json);
        }
        else
        {
            viewer.Apply(json);
        }

        taken.SetResult();
    }

    private void ShouldBeUpToDate()
    {
        clock.Advance(ProjectionLimits.BoardPulse);
        var fresh = new BoardViewer();
        fresh.Take(boards.Snapshot(Partners));
        viewer.Version.ShouldBe(fresh.Version);
        viewer.Cards.ShouldBe(fresh.Cards, ignoreOrder: true);
    }

    private async Task End(Task watching)
    {
        valid = false;
        Change(1);
        await watching.WaitAsync(Patience, Cancellation);
    }
}
