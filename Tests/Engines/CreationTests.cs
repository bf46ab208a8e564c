using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>
/// A command that creates does not wait for a read that would find nothing, and is never mistaken by that.
/// </summary>
public sealed class CreationTests
{
    private static readonly GrainKey Key = SourceCommands.Key;
    private static readonly GrainKey Other = SourceKey.Of(TestSilo.Acme, new SourceId("s-2"));

    [Fact]
    public async Task ANewGrain_IsCreatedWithoutARead()
    {
        var (silo, journal) = await Silos.Watched();
        await using var _ = silo;
        await silo.Accept(Other, SourceCommands.Create);
        var loads = 0;
        journal.BeforeLoad = _ => Task.FromResult(Interlocked.Increment(ref loads));

        (await silo.Accept(Key, SourceCommands.Create)).ShouldBe(1);
        (await silo.Accept(Key, SourceCommands.Change(1))).ShouldBe(2);

        loads.ShouldBe(0);
        (await silo.Read<SourceView>(Key)).View.Mapping.DealId.ShouldBe("n-1");
    }

    [Fact]
    public async Task AGrainThatExists_AndIsInNobodysMemory_IsNotCreatedAgain()
    {
        var disk = await With(Key);
        var (silo, _) = await Silos.Watched(disk);
        await using var _ = silo;
        await silo.Accept(Other, SourceCommands.Create);

        (await silo.Ask(Key, SourceCommands.Create)).ShouldBeOfType<Refused>();
        (await silo.Accept(Key, SourceCommands.Change(1))).ShouldBe(2);
        (await silo.Events(Key)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task WhatFollowsACreationThatWasNone_IsDecidedOnWhatThereIs()
    {
        var disk = await With(Key);
        var (silo, journal) = await Silos.Watched(disk);
        await using var _ = silo;
        await silo.Accept(Other, SourceCommands.Create);
        var gate = new Gate();
        journal.BeforeAppend = append => append.Grain == Key.ToString() ? gate.Pass() : Task.CompletedTask;

        var creation = silo.Ask(Key, SourceCommands.Create);
        await gate.Arrived();
        var changes = Enumerable.Range(1, 5).Select(n => silo.Ask(Key, SourceCommands.Change(n))).ToList();
        gate.Open();

        (await creation).ShouldBeOfType<Refused>();
        (await Task.WhenAll(changes)).Cast<Accepted>().Select(reply => reply.Version).Order().ShouldBe([2, 3, 4, 5, 6]);
        (await silo.Read<SourceView>(Key)).Version.ShouldBe(6);
    }

    [Fact]
    public async Task AReadBesideACreation_WaitsForIt_AndNeverShowsThatThereIsNothing()
    {
        var disk = await With(Key);
        var (silo, journal) = await Silos.Watched(disk);
        await using var _ = silo;
        await silo.Accept(Other, SourceCommands.Create);
        var gate = new Gate();
        journal.BeforeAppend = append => append.Grain == Key.ToString() ? gate.Pass() : Task.CompletedTask;

        var creation = silo.Ask(Key, SourceCommands.Create);
        await gate.Arrived();
        var reading = silo.Read<SourceView>(Key);
        gate.Open();

        (await reading).Version.ShouldBe(1);
        (await creation).ShouldBeOfType<Refused>();
    }

    [Fact]
    public async Task AnIdThatIsTakenByAnotherGrain_LeavesWhatThereIsAlone()
    {
        var disk = await With(Key);
        var (silo, _) = await Silos.Watched(disk);
        await using var _ = silo;
        await silo.Accept(Other, SourceCommands.Create, "taken");

        (await silo.Ask(Key, SourceCommands.Create, "taken"))
            .ShouldBeOfType<Refused>()
            .Refusal.Code.ShouldBe(Refusals.IdReused);
        (await silo.Read<SourceView>(Key)).Version.ShouldBe(1);
        (await silo.Accept(Key, SourceCommands.Change(1))).ShouldBe(2);
    }

    private static async Task<MemoryDisk> With(GrainKey key)
    {
        var disk = new MemoryDisk();
        await using var before = await Silos.On(disk);
        await before.Accept(key, SourceCommands.Create);
        return disk;
    }
}
