using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>Two engines on one journal: the version check keeps them right, whatever each has in memory.</summary>
public sealed class ConflictTests
{
    private static readonly GrainKey Key = SourceCommands.Key;
    private static readonly GrainKey Deal = DealKey.Of(TestSilo.Acme, new DealId("d-1"));

    [Fact]
    public async Task ACommandToAStaleGrain_RunsAgainOnFreshState()
    {
        var disk = new MemoryDisk();
        await using var one = await Silos.On(disk);
        await using var two = await Silos.On(disk);
        await one.Accept(Key, SourceCommands.Create);
        await two.Read<SourceView>(Key);

        await one.Accept(Key, SourceCommands.Change(1));

        (await two.Accept(Key, SourceCommands.Rotate(1))).ShouldBe(3);
        (await two.Read<SourceView>(Key)).View.Mapping.ShouldBe(SourceCommands.Change(1).Mapping);
    }

    [Fact]
    public async Task ARefusalByAStaleGrain_IsDecidedAgainOnFreshState()
    {
        var disk = new MemoryDisk();
        await using var one = await Silos.On(disk);
        await using var two = await Silos.On(disk);
        (await two.Ask(Key, SourceCommands.Change(1)))
            .ShouldBeOfType<Refused>()
            .Refusal.Code.ShouldBe(Refusals.NotFound);

        await one.Accept(Key, SourceCommands.Create);

        (await two.Accept(Key, SourceCommands.Change(1))).ShouldBe(2);
    }

    /// <summary>What was decided since, and is not durable, says nothing of what others have committed.</summary>
    [Fact]
    public async Task ARefusalByAStaleGrain_IsDecidedAgain_AlsoWhenMoreWasDecidedSinceThen()
    {
        var disk = new MemoryDisk();
        await using var one = await Silos.On(disk);
        var (two, journal) = await Silos.Watched(disk);
        await using var _ = two;
        await one.Accept(Key, SourceCommands.Create);
        await two.Read<SourceView>(Key);
        await one.Accept(Key, SourceCommands.Change(1));
        var (finding, reading, committing) = (new Gate(), new Gate(), new Gate());
        journal.BeforeFindCommand = id => id == "stale" ? finding.Pass() : Task.CompletedTask;
        journal.BeforeReadGrain = _ => reading.Pass();
        journal.BeforeAppend = _ => committing.Pass();

        var stale = two.Ask(Key, SourceCommands.Change(2), "stale", expectedVersion: 9);
        await finding.Arrived();
        var since = two.Ask(Key, SourceCommands.Rotate(1));
        await committing.Arrived();
        finding.Open();
        await reading.Arrived();
        reading.Open();
        committing.Open();

        (await stale).ShouldBeOfType<Refused>().Refusal.Message.ShouldNotContain("is at version 1");
        (await since).ShouldBeOfType<Accepted>();
    }

    [Fact]
    public async Task AnExpectedVersionThatAStaleGrainDoesNotKnow_IsCheckedOnFreshState()
    {
        var disk = new MemoryDisk();
        await using var one = await Silos.On(disk);
        await using var two = await Silos.On(disk);
        await one.Accept(Key, SourceCommands.Create);
        await two.Read<SourceView>(Key);
        await one.Accept(Key, SourceCommands.Change(1));

        (await two.Ask(Key, SourceCommands.Change(2), expectedVersion: 2)).ShouldBe(
            new Accepted(Key, 3, Repeated: false)
        );
        (await one.Ask(Key, SourceCommands.Change(3), expectedVersion: 2))
            .ShouldBeOfType<Refused>()
            .Refusal.Code.ShouldBe(Refusals.VersionMismatch);
    }

    [Fact]
    public async Task TwoEnginesAtOnce_TakeEveryCommandOnce_InVersionsWithoutGap()
    {
        var disk = new MemoryDisk();
        await using var one = await Silos.On(disk);
        await using var two = await Silos.On(disk);
        await one.Accept(Key, SourceCommands.Create);

        await Task.WhenAll(Hammer(one, 0), Hammer(two, 1_000));

        var events = await one.Events(Key);
        events.Select(e => e.Version).ShouldBe(Enumerable.Range(1, 401).Select(version => (long)version));
        events.Select(e => e.CommandId).ShouldBeUnique();
    }

    [Fact]
    public async Task WhatWasDecidedOnAStateThatNeverCame_IsNeverCommitted()
    {
        var disk = new MemoryDisk();
        var (one, journal) = await Silos.Watched(disk);
        await using var _ = one;
        await using var two = await Silos.On(disk);
        await one.Accept(
            Deal,
            new RegisterDeal(new PartnerId("p-1"), new Customer("St Mary", "stmary.org"), new ProductId("enterprise"))
        );
        var before = await one.Until<DealView>(Deal, deal => deal.Protection == Protection.Protected, "protection");
        before.Status.ShouldBe(DealStatus.Registered);
        var gate = new Gate();
        journal.BeforeAppend = append => append.Grain == Deal.ToString() ? gate.Pass() : Task.CompletedTask;

        // The first engine approves and, on that, wins; before either is committed the second one returns the deal.
        var approval = one.Ask(Deal, new ApproveDeal());
        await gate.Arrived();
        var win = one.Ask(Deal, new WinDeal());
        await gate.Arrived();
        await two.Accept(Deal, new ReturnDeal("which edition?"));
        gate.Open();

        (await approval).ShouldBeOfType<Refused>().Refusal.Code.ShouldBe(Refusals.StatusForbids);
        (await win).ShouldBeOfType<Refused>().Refusal.Code.ShouldBe(Refusals.StatusForbids);
        (await two.Read<DealView>(Deal)).View.Status.ShouldBe(DealStatus.Returned);
    }

    /// <summary>
    /// 200 commands; one that meets conflict after conflict is sent again under its id, as callers do.
    /// </summary>
    private static async Task Hammer(TestSilo silo, int first) =>
        await Task.WhenAll(
            Enumerable
                .Range(first, 200)
                .Select(async n =>
                {
                    while (true)
                    {
                        try
                        {
                            await silo.Accept(Key, SourceCommands.Change(n), $"change-{n}");
                            return;
                        }
                        catch (GrainUnavailableException)
                        {
                            await Task.Yield();
                        }
                    }
                })
        );
}
