using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>Two activations of one grain: the version check keeps them right, whatever each has in memory.</summary>
public abstract class ConflictTests(RunningEngine engine) : EngineSuite(engine)
{
    [Fact]
    public async Task ACommandToAStaleGrain_RunsAgainOnFreshState()
    {
        await Outsider.Accept(Key, SourceCommands.Create);
        await Read<SourceView>(Key);

        await Outsider.Accept(Key, SourceCommands.Change(1));

        (await Accept(Key, SourceCommands.Rotate(1))).ShouldBe(3);
        (await Read<SourceView>(Key)).View.Mapping.ShouldBe(SourceCommands.Change(1).Mapping);
    }

    [Fact]
    public async Task ARefusalByAStaleGrain_IsDecidedAgainOnFreshState()
    {
        (await Ask(Key, SourceCommands.Change(1))).ShouldBeOfType<Refused>().Refusal.Code.ShouldBe(Refusals.NotFound);

        await Outsider.Accept(Key, SourceCommands.Create);

        (await Accept(Key, SourceCommands.Change(1))).ShouldBe(2);
    }

    /// <summary>What was decided since, and is not durable, says nothing of what others have committed.</summary>
    [Fact]
    public async Task ARefusalByAStaleGrain_IsDecidedAgain_AlsoWhenMoreWasDecidedSinceThen()
    {
        await Outsider.Accept(Key, SourceCommands.Create);
        await Read<SourceView>(Key);
        await Outsider.Accept(Key, SourceCommands.Change(1));
        var (finding, reading, committing) = (new Gate(), new Gate(), new Gate());
        BeforeFindCommand = id => id == Id("stale") ? finding.Pass() : Task.CompletedTask;
        BeforeReadGrain = _ => reading.Pass();
        BeforeAppend = _ => committing.Pass();

        var stale = Ask(Key, SourceCommands.Change(2), "stale", expectedVersion: 9);
        await finding.Arrived();
        var since = Ask(Key, SourceCommands.Rotate(1));
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
        await Outsider.Accept(Key, SourceCommands.Create);
        await Read<SourceView>(Key);
        await Outsider.Accept(Key, SourceCommands.Change(1));

        (await Ask(Key, SourceCommands.Change(2), expectedVersion: 2)).ShouldBe(new Accepted(Key, 3, Repeated: false));
        (await Outsider.Ask(Key, SourceCommands.Change(3), expectedVersion: 2))
            .ShouldBeOfType<Refused>()
            .Refusal.Code.ShouldBe(Refusals.VersionMismatch);
    }

    [Fact]
    public async Task TwoEnginesAtOnce_TakeEveryCommandOnce_InVersionsWithoutGap()
    {
        await Accept(Key, SourceCommands.Create);

        await Task.WhenAll(Hammer(() => Caller, 0), Hammer(() => Outsider, 1_000));

        var events = await Events(Key);
        events.Select(e => e.Version).ShouldBe(Enumerable.Range(1, 401).Select(version => (long)version));
        events.Select(e => e.CommandId).ShouldBeUnique();
    }

    [Fact]
    public async Task WhatWasDecidedOnAStateThatNeverCame_IsNeverCommitted()
    {
        await Accept(Deal, Registration);
        var before = await Until<DealView>(Deal, deal => deal.Protection == Protection.Protected, "protection");
        before.Status.ShouldBe(DealStatus.Registered);
        var gate = new Gate();
        BeforeAppend = append => append.Grain == Deal.ToString() ? gate.Pass() : Task.CompletedTask;

        // The first engine approves and, on that, wins; before either is committed the second one returns the deal.
        var approval = Ask(Deal, new ApproveDeal());
        await gate.Arrived();
        var win = Ask(Deal, new WinDeal());
        await gate.Arrived();
        await Outsider.Accept(Deal, new ReturnDeal("which edition?"));
        gate.Open();

        (await approval).ShouldBeOfType<Refused>().Refusal.Code.ShouldBe(Refusals.StatusForbids);
        (await win).ShouldBeOfType<Refused>().Refusal.Code.ShouldBe(Refusals.StatusForbids);
        (await Outsider.Read<DealView>(Deal)).View.Status.ShouldBe(DealStatus.Returned);
    }

    /// <summary>
    /// 200 commands; one that meets conflict after conflict is sent again under its id, as callers do.
    /// </summary>
    private async Task Hammer(Func<TestSilo> silo, int first) =>
        await Task.WhenAll(
            Enumerable
                .Range(first, 200)
                .Select(async n =>
                {
                    while (true)
                    {
                        try
                        {
                            await silo().Accept(Key, SourceCommands.Change(n), Id($"change-{n}"));
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
