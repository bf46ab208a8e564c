using EcosystemSilo.Journal;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

/// <summary>What processes share out among themselves: due deadlines and leases.</summary>
public abstract partial class JournalContract
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task ClaimedDeadlines_AreNobodyElses_UntilTheirClaimerHasHadItsTime()
    {
        await SetDeadline("acme/partner/p", Noon);
        await SetDeadline("acme/partner/q", Noon.AddHours(1));
        var other = await OpenAnother();

        (await Claim(Journal, Noon)).ShouldBe(["acme/partner/p"]);
        (await Claim(Journal, Noon.AddHours(2))).ShouldBe(["acme/partner/q"]);
        (await Claim(other, Noon.AddHours(2))).ShouldBeEmpty();

        await Awaited.Until(
            async () => (await Claim(other, Noon.AddHours(2))).Contains("acme/partner/p"),
            "the deadlines of a claimer that does nothing"
        );
    }

    [Fact]
    public async Task TwoClaimersAtOnce_NeverGetTheSameDeadline()
    {
        const int Count = 200;
        await Task.WhenAll(
            Enumerable.Range(0, Count).Select(i => SetDeadline($"acme/partner/{i}", Noon.AddMinutes(-i)))
        );
        var other = await OpenAnother();

        var claims = await Task.WhenAll(ClaimAll(Journal), ClaimAll(other));

        var claimed = claims.SelectMany(grains => grains).ToList();
        claimed.ShouldBeUnique();
        claimed.Count.ShouldBe(Count);

        static async Task<List<string>> ClaimAll(IJournal journal)
        {
            var all = new List<string>();
            while (await Claim(journal, Noon, max: 7) is { Length: > 0 } some)
            {
                all.AddRange(some);
            }
            return all;
        }
    }

    [Fact]
    public async Task DeadlinesThatWereNeverTried_ComeBeforeThoseThatFailed()
    {
        string[] failed = ["acme/partner/fails", "acme/partner/fails-too"];
        foreach (var grain in failed)
        {
            await SetDeadline(grain, Noon.AddDays(-1));
        }

        (await Claim(Journal, Noon)).ShouldBe(failed, ignoreOrder: true);
        string[] first = [];
        await Awaited.Until(async () => (first = await Claim(Journal, Noon, max: 1)).Length > 0, "the claims to end");
        await SetDeadline("acme/partner/new", Noon);

        // Both claims ended together, so that by now the other one that failed could be had as well.
        (await Claim(Journal, Noon, max: 1)).ShouldBe(["acme/partner/new"]);
        (await Claim(Journal, Noon, max: 1)).ShouldBe(failed.Except(first));
    }

    [Fact]
    public async Task AClaimedDeadline_MayBeClearedOrSetAgain()
    {
        await SetDeadline("acme/partner/p", Noon);
        await SetDeadline("acme/partner/q", Noon);
        (await Claim(Journal, Noon)).Length.ShouldBe(2);

        await MustCommit(To("acme/partner/p", 1) with { Deadlines = [new DeadlineChange("phase", null)] });
        await MustCommit(To("acme/partner/q", 1) with { Deadlines = [new DeadlineChange("phase", Noon.AddHours(1))] });

        (await Claim(Journal, Noon)).ShouldBeEmpty();
        (await Claim(Journal, Noon.AddHours(1))).ShouldBe(["acme/partner/q"]);
        (await Journal.DueDeadlines(Noon.AddDays(1), 10, Cancellation)).Single().Grain.ShouldBe("acme/partner/q");
    }

    [Fact]
    public async Task ALease_IsKeptByItsHolder_AndTakenOverWhenTheHolderIsSilent()
    {
        var other = await OpenAnother();

        (await Hold(Journal, "one", "board", "reactions")).ShouldBe(["board", "reactions"], ignoreOrder: true);
        (await Hold(other, "two", "board", "other")).ShouldBe(["other"]);
        (await Hold(Journal, "one", "board")).ShouldBe(["board"]);

        await Awaited.Until(async () => (await Hold(other, "two", "board")).Count == 1, "the end of a silent lease");
        (await Hold(Journal, "one", "board")).ShouldBeEmpty();
    }

    [Fact]
    public async Task AHolderThatKeepsAsking_KeepsItsLease()
    {
        var other = await OpenAnother();
        (await Hold(Journal, "one", "board")).ShouldBe(["board"]);
        (await Hold(other, "two", "clock")).ShouldBe(["clock"]);

        // The other lease ends meanwhile, which shows that a lease time has passed.
        await Awaited.Until(
            async () =>
            {
                (await Hold(Journal, "one", "board")).ShouldBe(["board"]);
                (await Hold(other, "two", "board")).ShouldBeEmpty();
                return (await Hold(Journal, "one", "clock")).Count == 1;
            },
            "another lease to end"
        );
    }

    [Fact]
    public async Task AReleasedLease_IsFreeAtOnce_AndOthersAreKept()
    {
        var other = await OpenAnother();
        await Hold(Journal, "one", "board", "reactions");
        await Hold(other, "two", "kept");

        await Journal.ReleaseLeases("one", Cancellation);

        (await Hold(other, "three", "board", "reactions", "kept")).ShouldBe(["board", "reactions"], ignoreOrder: true);
    }

    [Fact]
    public async Task OfSeveralProcessesAtOnce_OneGetsALease()
    {
        var others = await Task.WhenAll(OpenAnother(), OpenAnother());
        for (var round = 0; round < 20; round++)
        {
            var name = $"lease-{round}";
            var held = await Task.WhenAll(
                others.Append(Journal).Select((journal, index) => Hold(journal, $"process-{index}", name, "every"))
            );
            held.Count(names => names.Contains(name)).ShouldBe(1);
            held.Count(names => names.Contains("every")).ShouldBe(1);
        }
    }

    private static async Task<string[]> Claim(IJournal journal, DateTimeOffset now, int max = 100) =>
        [.. (await journal.ClaimDeadlines(now, max, Cancellation)).Select(deadline => deadline.Grain)];

    private static Task<IReadOnlyList<string>> Hold(IJournal journal, string holder, params string[] names) =>
        journal.HoldLeases(holder, names, LeaseTime, Cancellation);

    private Task SetDeadline(string grain, DateTimeOffset due) =>
        MustCommit(To(grain, 0, "registered") with { Deadlines = [new DeadlineChange("phase", due)] });
}
