using EcosystemSilo.Journal;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

/// <summary>What operators look at.</summary>
public abstract partial class JournalContract
{
    [Fact]
    public async Task AnEmptyJournal_HasFiguresOfNothing()
    {
        var figures = await Journal.Figures(Noon, Cancellation);

        (figures.LastPosition, figures.Due, figures.OldestDue).ShouldBe((0L, 0, null));
        figures.Readers.ShouldBeEmpty();
        figures.Leases.ShouldBeEmpty();
    }

    [Fact]
    public async Task Figures_TellReadersLeasesAndWhatIsDue()
    {
        await SetDeadline("acme/partner/p", Noon);
        await SetDeadline("acme/partner/q", Noon.AddHours(-1));
        await SetDeadline("acme/partner/r", Noon.AddHours(1));
        var last = await Journal.LastPosition(Cancellation);
        await Journal.SaveReader(new ReaderProgress("reactions", last - 1, []), Cancellation);
        await Journal.HoldLeases("one", ["reactions"], TimeSpan.FromMinutes(1), Cancellation);
        await Journal.HoldLeases("other", ["boards"], TimeSpan.FromMinutes(1), Cancellation);

        var figures = await Journal.Figures(Noon, Cancellation);

        figures.LastPosition.ShouldBe(last);
        (figures.Due, figures.OldestDue).ShouldBe((2, Noon.AddHours(-1)));
        figures.Readers.ShouldBe([new ReaderPlace("reactions", last - 1)]);
        figures
            .Leases.Select(lease => (lease.Name, lease.Holder))
            .ShouldBe([("boards", "other"), ("reactions", "one")]);
        figures.Leases.ShouldAllBe(lease => lease.Left > TimeSpan.Zero && lease.Left <= TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task TheDeadlinesOfAGrain_AreItsOwn_EarliestFirst()
    {
        await SetDeadline("acme/partner/p", Noon);
        await SetDeadline("acme/partner/q", Noon);

        (await Journal.DeadlinesOf("acme/partner/p", Cancellation))
            .Select(deadline => (deadline.Grain, deadline.Due))
            .ShouldBe([("acme/partner/p", Noon)]);
        (await Journal.DeadlinesOf("acme/partner/nobody", Cancellation)).ShouldBeEmpty();
    }
}
