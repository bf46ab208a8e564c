using EcosystemSilo.Journal;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

/// <summary>Deadlines of a grain that is not to have any until further notice.</summary>
public abstract partial class JournalContract
{
    private const string Grain = "acme/partner/p";

    [Fact]
    public async Task ParkedDeadlines_AreClaimedByNobody_AndFromTheirReleaseOnInOrder()
    {
        await MustCommit(To(Grain, 0, "registered") with { Deadlines = [Set("b", 2), Set("c", 3), Set("d", 4)] });
        await SetDeadline("acme/partner/q", Noon);
        (await Journal.ClaimDeadlines(Noon.AddHours(2), 100, Cancellation)).Count.ShouldBe(2, "b of p, and q");

        await MustCommit(To(Grain, 1, "parked") with { ParksDeadlines = true });
        await MustCommit(
            To(Grain, 2, "changed") with
            {
                Deadlines = [Set("a", 1), Set("c", 5), new DeadlineChange("d", null)],
            }
        );
        var other = await OpenAnother();

        (await Names(other)).ShouldBeEmpty();
        (await Names(Journal)).ShouldBeEmpty();
        (await Stored()).ShouldBe(["q phase", "p a", "p b", "p c"], "what waits is not lost");

        await MustCommit(To(Grain, 3, "released") with { ParksDeadlines = false });

        (await Names(other)).ShouldBe(["a", "b", "c"], "as if nobody had ever tried them");
        (await Names(Journal)).ShouldBeEmpty("they are claimed");
    }

    [Fact]
    public async Task ParkingAndReleasingInOneCommit_TheLastOneHolds()
    {
        var chain = new AppendChain();
        Append[] appends =
        [
            To(Grain, 0, "registered") with
            {
                Deadlines = [Set("a", 1)],
            },
            To(Grain, 1, "parked") with
            {
                ParksDeadlines = true,
            },
            To(Grain, 2, "changed") with
            {
                Deadlines = [Set("b", 2)],
            },
            To(Grain, 3, "released") with
            {
                ParksDeadlines = false,
            },
            To("acme/partner/q", 0, "registered") with
            {
                ParksDeadlines = false,
                Deadlines = [Set("x", 1)],
            },
            To("acme/partner/q", 1, "parked") with
            {
                ParksDeadlines = true,
                Deadlines = [Set("y", 2)],
            },
        ];

        var results = await Task.WhenAll(appends.Select(append => Commit(append with { Chain = chain })));

        results.ShouldAllBe(result => result.Outcome == AppendOutcome.Committed);
        (await Names(Journal)).ShouldBe(["a", "b"]);
        (await Stored()).ShouldBe(["p a", "q x", "p b", "q y"]);
    }

    [Fact]
    public async Task AnAppendThatIsRefused_ParksNothing()
    {
        await SetDeadline(Grain, Noon);
        var parks = To(Grain, 5, "parked") with { ParksDeadlines = true };

        (await Commit(parks)).Outcome.ShouldBe(AppendOutcome.VersionConflict);

        (await Names(Journal)).ShouldBe(["phase"]);
    }

    private static DeadlineChange Set(string name, int hours) => new(name, Noon.AddHours(hours));

    private static async Task<string[]> Names(IJournal journal) =>
        [.. (await journal.ClaimDeadlines(Noon.AddDays(1), 100, Cancellation)).Select(deadline => deadline.Name)];

    /// <summary>All that are set, the earliest first.</summary>
    private async Task<string[]> Stored() =>
        [
            .. (await Journal.DueDeadlines(Noon.AddDays(1), 100, Cancellation)).Select(deadline =>
                $"{deadline.Grain[^1]} {deadline.Name}"
            ),
        ];
}
