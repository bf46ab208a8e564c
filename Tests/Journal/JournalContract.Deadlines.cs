using EcosystemSilo.Journal;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

/// <summary>Deadlines: when they are due, and what sets and clears them.</summary>
public abstract partial class JournalContract
{
    [Fact]
    public async Task Deadlines_AreDueInOrder_UntilAnAppendClearsThem()
    {
        await MustCommit(
            To("acme/partner/p", 0, "registered") with
            {
                Deadlines =
                [
                    new DeadlineChange("late", Noon.AddHours(2)),
                    new DeadlineChange("early", Noon.AddHours(1)),
                ],
            }
        );

        (await Journal.DueDeadlines(Noon, 10, Cancellation)).ShouldBeEmpty();
        (await Due(Noon.AddHours(1))).ShouldBe(["early"]);
        (await Due(Noon.AddHours(3))).ShouldBe(["early", "late"]);
        (await Due(Noon.AddHours(3))).ShouldBe(["early", "late"]);
        (await Journal.DueDeadlines(Noon.AddHours(3), 1, Cancellation)).Single().Due.ShouldBe(Noon.AddHours(1));
    }

    [Fact]
    public async Task ADeadline_IsReplacedByName_CancelledAndKept()
    {
        await MustCommit(
            To("acme/partner/p", 0, "registered") with
            {
                Deadlines =
                [
                    new DeadlineChange("replaced", Noon),
                    new DeadlineChange("cancelled", Noon),
                    new DeadlineChange("kept", Noon),
                ],
            }
        );
        await MustCommit(
            To("acme/partner/q", 0, "registered") with
            {
                Deadlines = [new DeadlineChange("cancelled", Noon)],
            }
        );
        await MustCommit(
            To("acme/partner/p", 1) with
            {
                Deadlines =
                [
                    new DeadlineChange("replaced", Noon.AddDays(1)),
                    new DeadlineChange("cancelled", null),
                    new DeadlineChange("unknown", null),
                ],
            }
        );

        var due = await Journal.DueDeadlines(Noon, 10, Cancellation);
        due.ShouldBe([new Deadline("acme/partner/p", "kept", Noon), new Deadline("acme/partner/q", "cancelled", Noon)]);
    }

    [Fact]
    public async Task OfSeveralChangesToADeadlineInOneBatch_TheLastOneHolds()
    {
        var set = To("acme/partner/p", 0, "a") with { Deadlines = [new DeadlineChange("x", Noon)] };
        var cancel = To("acme/partner/p", 1, "b") with { Deadlines = [new DeadlineChange("x", null)] };
        var again = To("acme/partner/p", 2, "c") with
        {
            Deadlines = [new DeadlineChange("x", Noon.AddHours(5)), new DeadlineChange("x", Noon.AddHours(6))],
        };
        var over = To("acme/partner/q", 0, "a") with
        {
            Deadlines = [new DeadlineChange("y", Noon), new DeadlineChange("y", null)],
        };

        await Task.WhenAll(MustCommit(set), MustCommit(cancel), MustCommit(again), MustCommit(over));

        var due = await Journal.DueDeadlines(Noon.AddDays(1), 10, Cancellation);
        due.ShouldBe([new Deadline("acme/partner/p", "x", Noon.AddHours(6))]);
    }

    [Theory]
    [InlineData("set 1, clear", "")]
    [InlineData("set 1, clear 1", "")]
    [InlineData("set 1, clear 2", "1")]
    [InlineData("set 1, set 2, clear 1", "2")]
    [InlineData("set 1, set 2, clear 2", "")]
    [InlineData("set 1, clear 1, set 1", "1")]
    [InlineData("set 1, clear 1, set 2, clear 1", "2")]
    [InlineData("set 1, clear 1, set 2, clear 1, clear 2", "")]
    [InlineData("set 2, clear 1, clear 3, clear 2", "")]
    [InlineData("set 2, clear 1, clear 3", "2")]
    [InlineData("set 1, set 2, clear, clear 2", "")]
    [InlineData("set 1, clear, set 2, clear 1", "2")]
    [InlineData("clear 1, clear, set 3", "3")]
    public async Task ClearingADeadline_TakesNoOtherOneAway(string changes, string left)
    {
        var parsed = changes.Split(", ").Select(Change).ToList();
        foreach (var (grain, batch) in Batches(parsed))
        {
            foreach (var together in batch)
            {
                await Task.WhenAll(together.Select(Commit));
            }

            var due = await Journal.DueDeadlines(Noon.AddDays(30), 100, Cancellation);
            due.Where(deadline => deadline.Grain == grain)
                .Select(deadline => $"{(deadline.Due - Noon).TotalDays}")
                .ShouldBe(left.Length == 0 ? [] : [left], grain);
        }
    }

    [Fact]
    public async Task ADeadlineIsCleared_ByTheTimeThatIsStored()
    {
        var odd = Noon.AddTicks(1_234_567);
        await MustCommit(To("acme/partner/p", 0, "a") with { Deadlines = [new DeadlineChange("x", odd)] });
        var stored = (await Journal.DueDeadlines(Noon.AddDays(1), 10, Cancellation)).Single().Due;
        stored.ShouldBe(odd.AddTicks(-7));

        await MustCommit(To("acme/partner/p", 1, "b") with { Deadlines = [Cleared("x", stored.AddTicks(-1))] });
        (await Due(Noon.AddDays(1))).ShouldBe(["x"]);
        await MustCommit(To("acme/partner/p", 2, "c") with { Deadlines = [Cleared("x", odd)] });
        (await Due(Noon.AddDays(1))).ShouldBeEmpty();
    }

    [Fact]
    public async Task ADeadlineThatIsSetAndClearedAtOnce_IsABug() =>
        await Should.ThrowAsync<ArgumentException>(() =>
            Commit(To("acme/partner/p", 0, "a") with { Deadlines = [new DeadlineChange("x", Noon) { Was = Noon }] })
        );

    /// <summary>
    /// The same changes in every way that a store may treat differently: an append each and one after the other, all in
    /// one batch, all in one append, and in one batch with a conflict, which makes a store look at each alone.
    /// </summary>
    private static IEnumerable<(string Grain, Append[][] Batches)> Batches(IReadOnlyList<DeadlineChange> changes)
    {
        yield return ("acme/partner/apart", [.. Each("acme/partner/apart").Select(append => new[] { append })]);
        yield return (
            "acme/partner/batch",
            [
                [.. Each("acme/partner/batch")],
            ]
        );
        yield return (
            "acme/partner/append",
            [
                [To("acme/partner/append", 0, "a") with { Deadlines = changes }],
            ]
        );
        yield return (
            "acme/partner/doubted",
            [
                [To("acme/partner/doubted", 99, "stale"), .. Each("acme/partner/doubted")],
            ]
        );

        IEnumerable<Append> Each(string grain) =>
            changes.Select((change, version) => To(grain, version, "a") with { Deadlines = [change] });
    }

    private static DeadlineChange Change(string text) =>
        text.Split(' ') switch
        {
            ["set", var day] => new DeadlineChange("x", Noon.AddDays(int.Parse(day))),
            ["clear", var day] => Cleared("x", Noon.AddDays(int.Parse(day))),
            _ => new DeadlineChange("x", Due: null),
        };

    private static DeadlineChange Cleared(string name, DateTimeOffset was) => new(name, Due: null) { Was = was };

    private async Task<string[]> Due(DateTimeOffset now) =>
        [.. (await Journal.DueDeadlines(now, 10, Cancellation)).Select(deadline => deadline.Name)];
}
