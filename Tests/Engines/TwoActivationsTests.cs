using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Calls;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>Two silos that both hold a grain, as during a partition: what each makes of the other's commits.</summary>
public abstract class TwoActivationsTests(RunningEngine engine) : EngineSuite(engine)
{
    [Fact]
    public async Task ReadingAtLeastAVersion_SeesWhatTheOtherSiloHasCommitted()
    {
        await Outsider.Accept(Key, SourceCommands.Create);
        await Read<SourceView>(Key);
        await Outsider.Accept(Key, SourceCommands.Change(2));
        (await Read<SourceView>(Key)).Version.ShouldBe(1, "a read that names no version is not protected");

        var read = await Read<SourceView>(Key, new ReadAt(AtLeast: 2, Patience: TimeSpan.FromMinutes(1)));

        read.Version.ShouldBe(2);
    }

    [Fact]
    public async Task ReadingAtLeastAVersion_WaitsForTheOtherSiloToCommitIt()
    {
        await Outsider.Accept(Key, SourceCommands.Create);
        await Read<SourceView>(Key);

        var reading = Read<SourceView>(Key, new ReadAt(AtLeast: 3, Patience: TimeSpan.FromMinutes(1)));
        await Outsider.Accept(Key, SourceCommands.Change(2));
        reading.IsCompleted.ShouldBeFalse();
        await Outsider.Accept(Key, SourceCommands.Change(3));

        (await reading.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).Version.ShouldBe(3);
    }

    [Fact]
    public async Task ARefusalDecidedBeforeTheOtherSiloMovedTheGrainOn_IsDecidedAgain()
    {
        await Outsider.Accept(Key, SourceCommands.Create);
        await Read<SourceView>(Key);
        var gate = new Gate();
        BeforeFindCommand = _ => gate.Pass();

        var asking = Ask(Key, SourceCommands.Change(9), expectedVersion: 2);
        await gate.Arrived();
        await Outsider.Accept(Key, SourceCommands.Change(2));
        gate.Open();

        (await asking).ShouldBe(new Accepted(Key, 3, Repeated: false));
    }

    [Fact]
    public async Task ARepeatOfWhatTheOtherSiloCommitted_LeavesNoOldStateBehind()
    {
        await Outsider.Accept(Key, SourceCommands.Create);
        await Read<SourceView>(Key);
        await Outsider.Accept(Key, SourceCommands.Change(1), Id("change"));

        (await Ask(Key, SourceCommands.Change(1), "change")).ShouldBe(new Accepted(Key, 2, Repeated: true));

        (await Read<SourceView>(Key)).Version.ShouldBe(2);
    }

    [Fact]
    public async Task ASiloThatHasNotSeenTheMembersForAWhile_LooksIntoTheJournalBeforeItAnswers()
    {
        await Outsider.Accept(Key, SourceCommands.Create);
        await Read<SourceView>(Key);
        await Outsider.Accept(Key, SourceCommands.Change(2));
        (await Read<SourceView>(Key)).Version.ShouldBe(1, "a read of a silo that knows its place is not protected");

        Engine.Freshness.IsFresh = false;

        (await Read<SourceView>(Key)).Version.ShouldBe(2);
    }

    [Fact]
    public async Task AReadOfOneVersion_ShowsThatVersion_AlsoWhenTheGrainMovesOnWhileTheJournalIsLookedInto()
    {
        await Accept(Key, SourceCommands.Create);
        Engine.Freshness.IsFresh = false;
        var gate = new Gate();
        BeforeReadGrain = _ => gate.Pass();

        var reading = Read<SourceView>(Key, ReadAt.Version(1));
        await gate.Arrived();
        await Accept(Key, SourceCommands.Change(2));
        gate.Open();

        (await reading).Version.ShouldBe(1);
    }

    [Fact]
    public async Task WhatTheOtherSiloCommitsWhileAGrainIsLoading_IsNotLost()
    {
        await Outsider.Accept(Key, SourceCommands.Create);
        var gate = new Gate();
        AfterLoad = grain => grain == Key.ToString() ? gate.Pass() : Task.CompletedTask;

        var change = Ask(Key, SourceCommands.Change(3));
        await gate.Arrived();
        await Outsider.Accept(Key, SourceCommands.Change(2));
        gate.Open();

        (await change).ShouldBe(new Accepted(Key, 3, Repeated: false));
        (await Events(Key)).Select(e => e.Version).ShouldBe([1, 2, 3]);
    }

    /// <summary>An activation goes only when no call runs: a call that waited for it would wait for itself.</summary>
    [Fact]
    public async Task ACallThatFindsItsActivationBehind_EndsAtOnce_AndTheNextOneFindsAnother()
    {
        await Outsider.Accept(Key, SourceCommands.Create);
        await Read<SourceView>(Key);
        await Outsider.Accept(Key, SourceCommands.Change(2));
        var loads = CountLoads();

        var first = await Call(SourceCommands.Change(3), "change");
        var second = await Call(SourceCommands.Change(3), "change");

        first.Message.ShouldBe(new RunAgain(Conflicted: true));
        second.Message.ShouldBe(new Accepted(Key, 3, Repeated: false));
        loads.Loads.ShouldBe(1);
    }
}
