using EcosystemSilo.Grains.Accounts;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Accounts;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Lifecycle;
using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Tests.Blueprints;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Deadlines;

/// <summary>A deadline has exactly one effect, whatever happens around its time.</summary>
public sealed class DeadlineTests
{
    private static readonly GrainKey Partner = PartnerKey.Of(TestSilo.Acme, new PartnerId("p-1"));
    private static readonly TimeSpan Discovery = TimeSpan.FromDays(
        ShippedBlueprints.Acme.PartnerPhases[0].TimeBoxDays ?? 0
    );
    private static readonly RegisterPartner Register = new("St Mary", new CategoryId("medical-device"));

    private readonly ManualClock _clock = new();
    private readonly MemoryDisk _disk = new();

    [Fact]
    public async Task ADeadline_HasItsEffectWhenItsTimeComes_AndOnlyOnce()
    {
        await using var silo = await Start(out var journal);
        await silo.Accept(Partner, Register);

        _clock.Jump(Discovery - TimeSpan.FromMinutes(30));
        await Look(journal);
        (await Phase(silo)).OverdueSince.ShouldBeNull();
        _clock.Jump(TimeSpan.FromMinutes(40));
        await Overdue(silo);
        _clock.Jump(TimeSpan.FromDays(3));
        await Look(journal);

        (await Alarms(silo)).ShouldBe(1);
        (await Due(silo)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ADeadlineThatCameDuringAnOutage_HasItsEffectOnReturn()
    {
        await using (var before = await Start(out _))
        {
            await before.Accept(Partner, Register);
        }

        _clock.Advance(Discovery + TimeSpan.FromDays(30));
        await using var after = await Start(out var journal);

        (await Overdue(after)).ShouldBe(Story.Morning + Discovery);
        await Look(journal);
        (await Alarms(after)).ShouldBe(1);
    }

    [Fact]
    public async Task ADeadlineSetBeforeARestart_HasItsEffectAfterIt()
    {
        await using (var before = await Start(out _))
        {
            await before.Accept(Partner, Register);
            _clock.Jump(TimeSpan.FromDays(1));
        }

        await using var after = await Start(out var journal);
        await Look(journal);
        (await Phase(after)).OverdueSince.ShouldBeNull();
        _clock.Jump(Discovery);

        await Overdue(after);
        await Look(journal);
        (await Alarms(after)).ShouldBe(1);
    }

    [Fact]
    public async Task ADeadlineDeliveredByTwoProcesses_HasOneEffect()
    {
        await using var one = await Start(out var first);
        await using var two = await Start(out var second);
        await one.Accept(Partner, Register);

        _clock.Jump(Discovery + TimeSpan.FromMinutes(5));

        await Awaited.Until(async () => await Alarms(two) > 0, "the overdue alarm");
        await Look(first);
        await Look(second);
        (await Alarms(one)).ShouldBe(1);
        (await Due(one)).ShouldBeEmpty();
    }

    [Fact]
    public async Task EnteringTheNextPhase_ReplacesTheDeadline()
    {
        await using var silo = await Start(out _);
        await silo.Accept(Partner, Register);
        var open = (await silo.Read<PartnerView>(Partner)).View.Lifecycle.Checklist.Where(item => item.Required);
        foreach (var item in open)
        {
            await silo.Accept(Partner, new CompleteItem(item.Item));
        }

        _clock.Jump(TimeSpan.FromDays(1));
        await silo.Accept(Partner, new AdvancePhase());

        (await Due(silo)).ShouldBe([(await Phase(silo)).DueAt.ShouldNotBeNull()]);
        (await Phase(silo)).DueAt.ShouldNotBeNull().ShouldBeGreaterThan(Story.Morning + Discovery);
    }

    [Fact]
    public async Task ADeadlineThatComesLate_LeavesTheNextOneSet_WhateverTheKind()
    {
        var account = AccountKey.Of(TestSilo.Acme, "stmary.org", new ProductId("enterprise"));
        await using var silo = await Start(out _);
        await silo.Accept(Partner, Register);
        await silo.Accept(account, new ClaimAccount(new DealId("d-1"), new PartnerId("p-1")));
        var set = await Due(silo);
        set.Count().ShouldBe(2);

        var old = Story.Morning.AddDays(-1);
        await silo.Accept(Partner, new DeadlineReached(LifecycleRules.TimeBoxDeadline, old));
        await silo.Accept(account, new DeadlineReached(Account.ProtectionDeadline, old));

        (await Due(silo)).ShouldBe(set);
    }

    [Fact]
    public async Task ACancelledDeadline_NeverHasAnEffect()
    {
        var deal = DealKey.Of(TestSilo.Acme, new DealId("d-1"));
        await using var silo = await Start(out _);
        await silo.Accept(deal, Deal("stmary.org"));
        await silo.Until<DealView>(deal, view => view.Protection == Protection.Protected, "protection");

        await silo.Accept(deal, new WithdrawDeal());
        var account = AccountKey.Of(TestSilo.Acme, "stmary.org", new ProductId("enterprise"));
        await silo.Until<AccountView>(account, view => view.Holder is null, "the account to be free");

        (await Due(silo)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ADeadlineWhileTheJournalIsDown_HasItsEffectAfterwards()
    {
        var faults = new MemoryFaults();
        await using var silo = await Start(out var journal, faults);
        await silo.Accept(Partner, Register);
        faults.BeforeOther = () => throw new JournalUnavailableException("down");
        _clock.Jump(Discovery + TimeSpan.FromMinutes(2));
        await Look(journal);

        faults.BeforeOther = null;

        var overdue = Overdue(silo);
        await _clock.AdvanceUntil(overdue, TimeSpan.FromSeconds(10));
        (await overdue).ShouldBe(Story.Morning + Discovery);
        (await Alarms(silo)).ShouldBe(1);
    }

    [Fact]
    public async Task DeadlinesThatAlwaysFail_DoNotHoldUpOthers()
    {
        const int MoreThanABatch = 300;
        await using (var before = await Start(out _))
        {
            await Task.WhenAll(
                Enumerable
                    .Range(0, MoreThanABatch)
                    .Select(n => before.Accept(Partner with { Id = $"bad-{n}" }, Register))
            );
            _clock.Advance(TimeSpan.FromHours(1));
            await before.Accept(Partner, Register);
        }

        var journal = new WatchedJournal(new MemoryJournal(_disk, TimeProvider.System))
        {
            BeforeLoad = grain =>
                grain.Contains("/bad-", StringComparison.Ordinal)
                    ? throw new InvalidOperationException("a state that cannot be read")
                    : Task.CompletedTask,
        };
        _clock.Advance(Discovery + TimeSpan.FromHours(2));
        await using var silo = await TestSilo.Start(clock: _clock, journal: journal, interval: TimeSpan.FromMinutes(1));

        (await Overdue(silo)).ShouldBe(Story.Morning + TimeSpan.FromHours(1) + Discovery);
    }

    [Fact]
    public async Task ADeadlineBetweenTwoMicroseconds_IsNotLost()
    {
        var odd = new ManualClock(Story.Morning.AddTicks(1_234_567));
        await using var silo = await TestSilo.Start(
            clock: odd,
            journal: new MemoryJournal(_disk, TimeProvider.System),
            interval: TimeSpan.FromMinutes(1)
        );
        await silo.Accept(Partner, Register);

        odd.Jump(Discovery + TimeSpan.FromHours(1));

        (await Overdue(silo)).ShouldNotBeNull();
    }

    [Fact]
    public async Task ProtectionThatRunsOut_PassesToTheNextInTheQueue()
    {
        await using var silo = await Start(out _);
        GrainKey[] deals = [.. "12".Select(n => DealKey.Of(TestSilo.Acme, new DealId($"d-{n}")))];
        foreach (var deal in deals)
        {
            await silo.Accept(deal, Deal("stmary.org"));
            await silo.Until<DealView>(deal, view => view.Protection != Protection.Pending, "the account's answer");
        }

        var protection = TimeSpan.FromDays(ShippedBlueprints.Acme.DealRegistration.ProtectionDays);
        _clock.Jump(protection + TimeSpan.FromMinutes(5));

        // A deadline that meets a busy grain is delivered at the next look.
        var passing = silo.Until<DealView>(deals[1], view => view.Protection == Protection.Protected, "protection");
        await _clock.AdvanceUntil(passing, TimeSpan.FromMinutes(1));
        var next = await passing;
        next.ProtectedUntil.ShouldNotBeNull().ShouldBeGreaterThan(Story.Morning + (2 * protection));
        await silo.Until<DealView>(deals[0], view => view.Protection == Protection.None, "the end of protection");
    }

    private Task<TestSilo> Start(out WatchedJournal journal, MemoryFaults? faults = null)
    {
        journal = new WatchedJournal(new MemoryJournal(_disk, TimeProvider.System, faults));
        return TestSilo.Start(clock: _clock, journal: journal, interval: TimeSpan.FromMinutes(1));
    }

    /// <summary>
    /// Lets some minutes go by, until due deadlines were asked for three times more: one look that began after now is
    /// over then, and what it found was delivered.
    /// </summary>
    private async Task Look(WatchedJournal journal)
    {
        var enough = journal.DeadlineClaims + 3;
        var looked = Awaited.Until(
            () => Task.FromResult(journal.DeadlineClaims >= enough),
            "a look for deadlines that are due"
        );
        await _clock.AdvanceUntil(looked, TimeSpan.FromMinutes(1));
        await looked;
    }

    private static RegisterDeal Deal(string domain) =>
        new(new PartnerId("p-1"), new Customer("St Mary", domain), new ProductId("enterprise"));

    private static async Task<PhaseVisit> Phase(TestSilo silo) =>
        (await silo.Read<PartnerView>(Partner)).View.Lifecycle.Current;

    private static async Task<DateTimeOffset?> Overdue(TestSilo silo)
    {
        var partner = await silo.Until<PartnerView>(
            Partner,
            view => view.Lifecycle.Current.OverdueSince is not null,
            "the overdue alarm"
        );
        return partner.Lifecycle.Current.OverdueSince;
    }

    private static async Task<int> Alarms(TestSilo silo) =>
        (await silo.Events(Partner)).Count(e => e.Name == Wire.Of(typeof(PhaseOverdue)).Name);

    /// <summary>The deadlines that are set, however far away.</summary>
    private static async Task<IEnumerable<DateTimeOffset>> Due(TestSilo silo) =>
        (
            await silo.Journal.DueDeadlines(
                DateTimeOffset.MaxValue,
                int.MaxValue,
                TestContext.Current.CancellationToken
            )
        ).Select(deadline => deadline.Due);
}
