using System.Text;
using EcosystemSilo.Journal;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

/// <summary>Snapshots and what readers keep.</summary>
public abstract partial class JournalContract
{
    [Fact]
    public async Task Loading_GivesTheNewestSnapshot_AndOnlyWhatFollowsIt()
    {
        await MustCommit(To("acme/partner/p", 0, "a", "b", "c", "d"));
        (await Journal.Load("acme/partner/p", Cancellation)).Tail.Count.ShouldBe(4);

        await Journal.SaveSnapshot(SnapshotAt(3, "three"), Cancellation);
        var history = await Journal.Load("acme/partner/p", Cancellation);

        history.Snapshot.ShouldNotBeNull();
        history.Snapshot.Version.ShouldBe(3);
        history.Snapshot.Shape.ShouldBe(2);
        Encoding.UTF8.GetString(history.Snapshot.State.Span).ShouldBe("three");
        history.Tail.Single().Name.ShouldBe("d");
    }

    [Fact]
    public async Task ASnapshot_NeverGoesBack()
    {
        await Journal.SaveSnapshot(SnapshotAt(3, "three"), Cancellation);
        await Journal.SaveSnapshot(SnapshotAt(2, "two"), Cancellation);
        (await Journal.Load("acme/partner/p", Cancellation)).Snapshot!.Version.ShouldBe(3);

        var saves = Enumerable.Range(1, 50).Select(i => Journal.SaveSnapshot(SnapshotAt(51 - i, "many"), Cancellation));
        await Task.WhenAll(saves);
        (await Journal.Load("acme/partner/p", Cancellation)).Snapshot!.Version.ShouldBe(50);
    }

    [Fact]
    public async Task AnUnknownGrain_HasNoHistory()
    {
        var history = await Journal.Load("acme/partner/nobody", Cancellation);

        history.Snapshot.ShouldBeNull();
        history.Tail.ShouldBeEmpty();
        (await Journal.ReadGrain("acme/partner/nobody", 0, 10, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadingAGrain_StartsAfterAVersion_AndStopsAtTheLimit()
    {
        await MustCommit(To("acme/partner/p", 0, "a", "b", "c", "d"));

        var part = await Journal.ReadGrain("acme/partner/p", 1, 2, Cancellation);

        part.Select(one => one.Name).ShouldBe(["b", "c"]);
    }

    [Fact]
    public async Task AReader_SavesRowsAndCheckpointTogether_AndOnlyForward()
    {
        (await Journal.ReadCheckpoint("board", Cancellation)).ShouldBe(0);
        (await Save(0, Row("never", "x"))).ShouldBeFalse();
        (await Save(5, Row("a", "1"), Row("b", "1"), Row("c", ""))).ShouldBeTrue();
        (await Save(7, Row("a", "2"), new ReaderRow("b", null), new ReaderRow("unknown", null))).ShouldBeTrue();
        (await Save(7, Row("a", "same checkpoint"))).ShouldBeFalse();
        (await Save(6, Row("a", "earlier checkpoint"))).ShouldBeFalse();

        (await Journal.ReadCheckpoint("board", Cancellation)).ShouldBe(7);
        (await Rows("board")).ShouldBe(["a=2", "c="]);
        (await Rows("another reader")).ShouldBeEmpty();
    }

    [Fact]
    public async Task AReaderThatIsReset_StartsFromZero()
    {
        await Save(5, Row("a", "1"));
        await Journal.SaveReader(new ReaderProgress("other", 9, [Row("z", "1")]), Cancellation);

        await Journal.ResetReader("board", Cancellation);

        (await Journal.ReadCheckpoint("board", Cancellation)).ShouldBe(0);
        (await Rows("board")).ShouldBeEmpty();
        (await Rows("other")).ShouldBe(["z=1"]);
        (await Save(1, Row("b", "1"))).ShouldBeTrue();
    }

    [Fact]
    public async Task OfTwoProcessesThatSaveOneReader_TheSlowerOneIsTold()
    {
        var other = await OpenAnother();
        for (var checkpoint = 1; checkpoint <= 20; checkpoint++)
        {
            var progress = new ReaderProgress("board", checkpoint, [Row("a", "1")]);
            var saved = await Task.WhenAll(
                Journal.SaveReader(progress, Cancellation),
                other.SaveReader(progress, Cancellation)
            );
            saved.Count(won => won).ShouldBe(1);
        }
    }

    [Fact]
    public async Task ThousandsOfRows_AreAllRead()
    {
        var rows = Enumerable.Range(0, 5_000).Select(i => Row($"row-{i}", "value"));
        await Save(1, [.. rows]);

        (await Rows("board")).Count.ShouldBe(5_000);
    }

    [Fact]
    public async Task RowsAreFound_ByRangesOfTheirKeys()
    {
        await Save(1, Row("a/1", "x"), Row("a/2", "y"), Row("a0", "not in a/"), Row("b/1", "z"), Row("B/1", "other"));
        await Journal.SaveReader(new ReaderProgress("other", 9, [Row("a/1", "another reader's")]), Cancellation);

        (await Find(KeyRange.Of("a/"))).ShouldBe(["a/1=x", "a/2=y"]);
        (await Find(KeyRange.Of("a/"), KeyRange.Of("b/"))).ShouldBe(["a/1=x", "a/2=y", "b/1=z"]);
        (await Find(new KeyRange("a/2", "b/1"))).ShouldBe(["a/2=y", "a0=not in a/"]);
        (await Find(KeyRange.Of("c/"))).ShouldBeEmpty();
        (await Find()).ShouldBeEmpty();
    }

    protected static Snapshot SnapshotAt(long version, string state) =>
        new("acme/partner/p", version, 2, Encoding.UTF8.GetBytes(state));

    private static ReaderRow Row(string key, string value) => new(key, Encoding.UTF8.GetBytes(value));

    private Task<bool> Save(long checkpoint, params ReaderRow[] rows) =>
        Journal.SaveReader(new ReaderProgress("board", checkpoint, rows), Cancellation);

    private async Task<List<string>> Rows(string reader)
    {
        var rows = new List<string>();
        await foreach (var row in Journal.ReadRows(reader, Cancellation))
        {
            rows.Add(Text(row));
        }
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    private async Task<IEnumerable<string>> Find(params KeyRange[] ranges) =>
        (await Journal.FindRows("board", ranges, Cancellation)).Select(Text).Order(StringComparer.Ordinal);

    private static string Text(ReaderRow row) => $"{row.Key}={Encoding.UTF8.GetString(row.Value!.Value.Span)}";
}
