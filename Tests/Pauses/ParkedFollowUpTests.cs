using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Accounts;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Pauses;
using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Silo;
using EcosystemSilo.Tests.Blueprints;
using EcosystemSilo.Tests.Engines;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;
using Standing = EcosystemSilo.Grains.Interfaces.Deals.Protection;

namespace EcosystemSilo.Tests.Pauses;

/// <summary>What follows for a grain that takes nothing waits for it alone, and comes in order, once.</summary>
public sealed class ParkedFollowUpTests
{
    /// <summary>More than one page of the journal, with what others do meanwhile.</summary>
    private const int Many = 40;

    private static readonly GrainKey Account = AccountKey.Of(TestSilo.Acme, "stmary.org", new ProductId("enterprise"));
    private static readonly TimeSpan Protection = TimeSpan.FromDays(
        ShippedBlueprints.Acme.DealRegistration.ProtectionDays
    );

    private readonly MemoryDisk _disk = new();

    [Fact]
    public async Task UnderLoad_APausedGrainsFollowUpsAndDeadlines_ComeAtItsResume_InOrder_Once_AndOthersDoNotWait()
    {
        var clock = new ShiftedClock();
        await using var silo = await TestSilo.Start(clock: clock, journal: Memory());
        await silo.Accept(Deal("first"), Register("stmary.org"));
        await Protected(silo, "first");
        await silo.Accept(Account, new PauseGrain("an audit"));

        await Task.WhenAll(Waiting(silo, from: 0, to: Many), Others(silo, count: 3 * Many));

        for (var n = 0; n < 3 * Many; n++)
        {
            await Protected(silo, $"other-{n}");
        }

        clock.Move(Protection + TimeSpan.FromHours(1));
        await silo.Until<DealView>(
            Deal("other-0"),
            deal => deal.Protection == Standing.None,
            "the end of another deal's protection"
        );
        (await silo.Events(Account)).Count.ShouldBe(2, "a paused grain does not act");

        await silo.Accept(Account, new ResumeGrain());

        await ShouldHaveAll(silo, Many);
        await Awaited.Until(async () => await Expiries(silo) > 0, "the deadline of the account");
        (await Expiries(silo)).ShouldBe(1);
        var others = (await silo.Journal.ReadAll(0, int.MaxValue, Cancellation)).Count(e =>
            e.Name == "account.protection-expired" && e.Grain != Account.ToString()
        );
        others.ShouldBeGreaterThan(0);
    }

    private static async Task<int> Expiries(TestSilo silo) =>
        (await silo.Events(Account)).Count(e => e.Name == "account.protection-expired");

    [Fact]
    public async Task WhatIsParked_SurvivesARestart_AndACrashInMidDrain_WithoutLossOrSecondEffect()
    {
        await using (var before = await TestSilo.Start(journal: Memory()))
        {
            await before.Accept(Deal("first"), Register("stmary.org"));
            await Protected(before, "first");
            await before.Accept(Account, new PauseGrain("an audit"));
            await Waiting(before, 0, Many / 2);
            await Others(before, 1);
            await Protected(before, "other-0");
        }

        var journal = new WatchedJournal(Memory());
        await using (var draining = await TestSilo.Start(journal: journal))
        {
            await Waiting(draining, Many / 2, Many);
            (await draining.Events(Account)).Count.ShouldBe(2, "a restart ends no pause");
            // From here on nothing is saved, as when the process dies before it can.
            journal.Saves = _ => false;
            var appended = 0;
            journal.BeforeAppend = append =>
                append.Command.Scope == "acme/reaction"
                && append.Grain == Account.ToString()
                && Interlocked.Increment(ref appended) > Many / 4
                    ? throw new JournalUnavailableException("the process is about to die")
                    : Task.CompletedTask;
            await draining.Accept(Account, new ResumeGrain());
            await draining.Until<AccountView>(Account, view => view.Queue.Count >= Many / 4, "a part of what waited");
        }

        await using var after = await Silos.On(_disk);

        await ShouldHaveAll(after, Many);
    }

    [Fact]
    public async Task TwoSilosOfWhichEachDrainsAPart_SendEverythingOnce()
    {
        var one = await TestSilo.Start(journal: Memory());
        await one.Accept(Deal("first"), Register("stmary.org"));
        await Protected(one, "first");
        await one.Accept(Account, new PauseGrain("an audit"));
        await Waiting(one, 0, Many);
        await using var two = await TestSilo.Start(journal: Memory());
        await one.Accept(Account, new ResumeGrain());
        await one.Until<AccountView>(Account, view => view.Queue.Count >= 1, "a part of what waited");

        await one.DisposeAsync();

        await ShouldHaveAll(two, Many);
    }

    [Fact]
    public async Task AGrainOutOfReach_HoldsUpOthersForFiveSecondsAtMost_AndGetsWhatItMissedAfterwards()
    {
        var clock = new ManualClock();
        var (isAway, tries) = (true, 0);
        var journal = new WatchedJournal(Memory())
        {
            BeforeAppend = append =>
                Volatile.Read(ref isAway) && append.Grain == Account.ToString() && Interlocked.Increment(ref tries) > 0
                    ? throw new JournalUnavailableException("this grain alone is out of reach")
                    : Task.CompletedTask,
        };
        await using var silo = await TestSilo.Start(clock: clock, journal: journal, interval: TimeSpan.FromMinutes(1));
        await Waiting(silo, 0, Many);
        // Behind what cannot be sent, in a page of its own.
        await Awaited.Until(() => Task.FromResult(Volatile.Read(ref tries) > 0), "an attempt");
        await Others(silo, 1);

        var since = clock.GetUtcNow();
        var other = Protected(silo, "other-0");
        await clock.AdvanceUntil(other, TimeSpan.FromMilliseconds(10));
        await other;

        // What the machine itself takes counts ten times by this clock.
        (clock.GetUtcNow() - since).ShouldBeLessThan(Limits.FollowUpPatience + TimeSpan.FromSeconds(10));
        (await silo.Events(Account)).ShouldBeEmpty();

        Volatile.Write(ref isAway, false);
        var all = ShouldHaveAll(silo, Many, first: 0);
        await clock.AdvanceUntil(all, TimeSpan.FromMilliseconds(100));
        await all;
    }

    /// <summary>Every claim has had its effect, in the order of the deals, and its deal knows.</summary>
    /// <param name="first">Claims that came before.</param>
    private static async Task ShouldHaveAll(TestSilo silo, int count, int first = 1)
    {
        await Awaited.Until(
            async () => (await Claims(silo)).Count >= first + count,
            $"{first + count} claims at the account"
        );
        for (var n = 0; n < count; n++)
        {
            await silo.Until<DealView>(
                Deal($"waiting-{n}"),
                deal => deal.Protection != Standing.Pending,
                "the account's answer"
            );
        }

        (await Claims(silo))
            .Skip(first)
            .ShouldBe(Enumerable.Range(0, count).Select(n => $"waiting-{n}"), "in order, and once");
    }

    /// <summary>The deals of which the account took a claim, in its order.</summary>
    private static async Task<List<string>> Claims(TestSilo silo) =>
        [
            .. (await silo.Events(Account))
                .Where(e => e.CommandId.Contains("account.claim/", StringComparison.Ordinal))
                .DistinctBy(e => e.Version)
                .Select(e => System.Text.Json.JsonElement.Parse(e.Payload.Span).GetProperty("deal").GetString()!),
        ];

    private static async Task Waiting(TestSilo silo, int from, int to)
    {
        for (var n = from; n < to; n++)
        {
            await silo.Accept(Deal($"waiting-{n}"), Register("stmary.org"));
        }
    }

    private static Task Others(TestSilo silo, int count) =>
        Task.WhenAll(
            Enumerable.Range(0, count).Select(n => silo.Accept(Deal($"other-{n}"), Register($"other-{n}.org")))
        );

    private static Task<DealView> Protected(TestSilo silo, string deal) =>
        silo.Until<DealView>(Deal(deal), view => view.Protection == Standing.Protected, "protection");

    private static GrainKey Deal(string id) => DealKey.Of(TestSilo.Acme, new DealId(id));

    private static RegisterDeal Register(string domain) =>
        new(new PartnerId("p-1"), new Customer("St Mary", domain), new ProductId("enterprise"));

    private MemoryJournal Memory() => new(_disk, TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
