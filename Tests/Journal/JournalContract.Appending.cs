using EcosystemSilo.Journal;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

public abstract partial class JournalContract
{
    [Fact]
    public async Task AnAppend_IsReadBackAsItWasWritten()
    {
        var append = To("acme/partner/Zoë-漢字-😀", 0, "registered", "approved") with { Actor = "key:ключ" };
        var result = await MustCommit(append);

        result.ShouldBe(new AppendResult(AppendOutcome.Committed, append.Grain, 2, 2));
        var events = await Journal.ReadGrain(append.Grain, 0, 10, Cancellation);
        events.Count.ShouldBe(2);
        var second = events[1];
        second.Position.ShouldBe(2);
        second.Grain.ShouldBe(append.Grain);
        second.Version.ShouldBe(2);
        second.Name.ShouldBe("approved");
        second.Shape.ShouldBe(1);
        second.Payload.ToArray().ShouldBe(append.Events[1].Payload.ToArray());
        second.At.ShouldBe(Noon);
        second.Correlation.ShouldBe("correlation-1");
        second.Actor.ShouldBe("key:ключ");
        second.CommandId.ShouldBe(append.Command.Id);
    }

    [Fact]
    public async Task Times_AreKeptToTheMicrosecond()
    {
        var at = Noon.AddTicks(1_234_567);
        await MustCommit(To("acme/partner/p", 0, "registered") with { At = at });

        var kept = (await Everything()).Single().At;
        kept.ShouldBe(at.AddTicks(-7));
    }

    [Fact]
    public async Task AStaleVersion_IsAConflict_AndWritesNothing()
    {
        await MustCommit(To("acme/partner/p", 0, "registered"));
        var stale = To("acme/partner/p", 0, "registered") with { Deadlines = [new DeadlineChange("late", Noon)] };

        var result = await Commit(stale);

        result.Outcome.ShouldBe(AppendOutcome.VersionConflict);
        result.Version.ShouldBe(1);
        (await Everything()).Count.ShouldBe(1);
        (await Journal.FindCommand(stale.Command.Scope, stale.Command.Id, Cancellation)).ShouldBeNull();
        (await Journal.DueDeadlines(Noon, 10, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task AVersionFromTheFuture_IsAConflict()
    {
        var result = await Commit(To("acme/partner/p", 3, "registered"));

        result.Outcome.ShouldBe(AppendOutcome.VersionConflict);
        result.Version.ShouldBe(0);
    }

    [Fact]
    public async Task AConflict_FailsOnlyItsOwnGrain_InASharedBatch()
    {
        await MustCommit(To("acme/partner/taken", 0, "registered"));

        var appends = Enumerable.Range(0, 100).Select(i => To($"acme/partner/{i}", 0, "registered")).ToList();
        appends.Insert(50, To("acme/partner/taken", 0, "registered"));
        appends.Insert(70, To("acme/partner/taken", 1, "approved"));
        var results = await Task.WhenAll(appends.Select(Commit));

        results[50].Outcome.ShouldBe(AppendOutcome.VersionConflict);
        results.Where((_, i) => i != 50).ShouldAllBe(result => result.Outcome == AppendOutcome.Committed);
        (await Everything()).Count.ShouldBe(102);
    }

    [Fact]
    public async Task AHotGrain_IsCommittedInOneGo_WhenItsAppendsAreDecidedOnEachOther()
    {
        var chain = new AppendChain();
        var appends = Enumerable.Range(0, 200).Select(i => To("acme/partner/hot", i, $"e{i}") with { Chain = chain });

        var results = await Task.WhenAll(appends.Select(Commit));

        results.ShouldAllBe(result => result.Outcome == AppendOutcome.Committed);
        results.Select(result => result.Version).ShouldBe(Enumerable.Range(1, 200).Select(i => (long)i));
        var names = (await Journal.ReadGrain("acme/partner/hot", 0, 1_000, Cancellation)).Select(e => e.Name);
        names.ShouldBe(Enumerable.Range(0, 200).Select(i => $"e{i}"));
    }

    [Fact]
    public async Task ABrokenLink_FailsTheRestOfItsGrain_ButNoNeighbour()
    {
        var appends = new[]
        {
            To("acme/partner/a", 0, "first"),
            To("acme/partner/b", 0, "first"),
            To("acme/partner/a", 5, "of a version that never was"),
            To("acme/partner/a", 6, "after it"),
            To("acme/partner/b", 1, "second"),
        };

        var results = await Task.WhenAll(appends.Select(Commit));

        results
            .Select(result => result.Outcome)
            .ShouldBe([
                AppendOutcome.Committed,
                AppendOutcome.Committed,
                AppendOutcome.VersionConflict,
                AppendOutcome.VersionConflict,
                AppendOutcome.Committed,
            ]);
    }

    [Fact]
    public async Task ADecisionOnAStateThatNeverBecameDurable_IsRefused_AlthoughTheVersionFits()
    {
        // Another process wrote version 1. Here version 1 was decided too, and version 2 on top of that.
        var other = await OpenAnother();
        await other.Append(To("acme/partner/p", 0, "registered elsewhere"), Cancellation);
        var chain = new AppendChain();
        var first = To("acme/partner/p", 0, "registered here") with { Chain = chain };
        var second = To("acme/partner/p", 1, "decided on what was registered here") with { Chain = chain };
        var later = To("acme/partner/p", 1, "decided later on the same") with { Chain = chain };

        var results = await Task.WhenAll(Commit(first), Commit(second));
        var late = await Commit(later);

        results.ShouldAllBe(result => result.Outcome == AppendOutcome.VersionConflict);
        late.Outcome.ShouldBe(AppendOutcome.VersionConflict);
        (await Everything()).Single().Name.ShouldBe("registered elsewhere");
        (await Commit(To("acme/partner/p", 1, "on fresh state"))).Outcome.ShouldBe(AppendOutcome.Committed);
    }

    [Fact]
    public async Task OfTwoProcessesAtTheSameVersion_ExactlyOneCommits()
    {
        var other = await OpenAnother();
        for (var round = 0; round < 50; round++)
        {
            var grain = $"acme/account/{round}";
            var results = await Task.WhenAll(
                Journal.Append(To(grain, 0, "here"), Cancellation),
                other.Append(To(grain, 0, "there"), Cancellation)
            );
            results.Count(result => result.Outcome == AppendOutcome.Committed).ShouldBe(1);
            results.Single(result => result.Outcome != AppendOutcome.Committed).Version.ShouldBe(1);
        }
    }

    [Fact]
    public async Task LargePayloads_AreKept()
    {
        var bytes = new byte[3 * 1024 * 1024];
        new Random(1).NextBytes(bytes);
        var appends = Enumerable
            .Range(0, 4)
            .Select(i => To($"acme/partner/{i}", 0) with { Events = [new NewEvent("big", 1, bytes)] });

        await Task.WhenAll(appends.Select(MustCommit));

        var read = await Everything();
        read.Count.ShouldBe(4);
        read.TrueForAll(one => one.Payload.Span.SequenceEqual(bytes)).ShouldBeTrue();
    }

    [Fact]
    public async Task EmptyPayloads_AreKept()
    {
        await MustCommit(
            To("acme/partner/p", 0) with
            {
                Events = [new NewEvent("empty", 7, ReadOnlyMemory<byte>.Empty)],
            }
        );

        var read = (await Everything()).Single();
        read.Payload.IsEmpty.ShouldBeTrue();
        read.Shape.ShouldBe(7);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nul", 0)]
    [InlineData("half a pair", 0xD83D)]
    [InlineData("the other half", 0xDE00)]
    public async Task TextThatNoStoreKeeps_IsRefused_BeforeItCanFailABatch(string start, params int[] unit)
    {
        var text = start + string.Concat(unit.Select(one => (char)one));
        await Should.ThrowAsync<ArgumentException>(() => Commit(To(text, 0, "registered")));
        await Should.ThrowAsync<ArgumentException>(() =>
            Commit(To("acme/partner/p", 0, "registered") with { Command = Command("scope", text) })
        );
        await Should.ThrowAsync<ArgumentException>(() => Commit(To(new string('x', 401), 0, "registered")));
        (await Everything()).ShouldBeEmpty();
    }

    [Fact]
    public async Task TheLongestText_IsKept_InTheWidestCharacters()
    {
        var longest = new string('漢', JournalLimits.TextCharactersMax);
        var append = To(longest, 0, longest) with
        {
            Command = Command(longest, longest),
            Deadlines = [new DeadlineChange(longest, Noon)],
            Actor = longest,
            Correlation = longest,
        };

        await MustCommit(append);

        (await Journal.FindCommand(longest, longest, Cancellation))!.Grain.ShouldBe(longest);
        (await Journal.DueDeadlines(Noon, 1, Cancellation)).Single().Name.ShouldBe(longest);
    }
}
