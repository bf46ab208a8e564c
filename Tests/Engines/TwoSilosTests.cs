using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>Two silos that both hold a grain, as during a partition: what each makes of the other's commits.</summary>
public sealed class TwoSilosTests
{
    private static readonly GrainKey Key = SourceCommands.Key;
    private readonly MemoryDisk _disk = new();

    [Fact]
    public async Task ReadingAtLeastAVersion_SeesWhatTheOtherSiloHasCommitted()
    {
        await using var one = await Silos.On(_disk);
        await using var two = await Silos.On(_disk);
        await one.Accept(Key, SourceCommands.Create);
        await two.Read<SourceView>(Key);
        await one.Accept(Key, SourceCommands.Change(2));
        (await two.Read<SourceView>(Key)).Version.ShouldBe(1, "a read that names no version is not protected");

        var read = await two.Read<SourceView>(Key, new ReadAt(AtLeast: 2, Patience: TimeSpan.FromMinutes(1)));

        read.Version.ShouldBe(2);
    }

    [Fact]
    public async Task ReadingAtLeastAVersion_WaitsForTheOtherSiloToCommitIt()
    {
        await using var one = await Silos.On(_disk);
        await using var two = await Silos.On(_disk);
        await one.Accept(Key, SourceCommands.Create);
        await two.Read<SourceView>(Key);

        var reading = two.Read<SourceView>(Key, new ReadAt(AtLeast: 3, Patience: TimeSpan.FromMinutes(1)));
        await one.Accept(Key, SourceCommands.Change(2));
        reading.IsCompleted.ShouldBeFalse();
        await one.Accept(Key, SourceCommands.Change(3));

        (await reading.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).Version.ShouldBe(3);
    }

    [Fact]
    public async Task ARefusalDecidedBeforeTheOtherSiloMovedTheGrainOn_IsDecidedAgain()
    {
        await using var one = await Silos.On(_disk);
        var (two, journal) = await Silos.Watched(_disk);
        await using var _ = two;
        await one.Accept(Key, SourceCommands.Create);
        await two.Read<SourceView>(Key);
        var gate = new Gate();
        journal.BeforeFindCommand = _ => gate.Pass();

        var asking = two.Ask(Key, SourceCommands.Change(9), expectedVersion: 2);
        await gate.Arrived();
        await one.Accept(Key, SourceCommands.Change(2));
        gate.Open();

        (await asking).ShouldBe(new Accepted(Key, 3, Repeated: false));
    }

    [Fact]
    public async Task ARepeatOfWhatTheOtherSiloCommitted_LeavesNoOldStateBehind()
    {
        await using var one = await Silos.On(_disk);
        await using var two = await Silos.On(_disk);
        await one.Accept(Key, SourceCommands.Create);
        await two.Read<SourceView>(Key);
        await one.Accept(Key, SourceCommands.Change(1), "change");

        (await two.Ask(Key, SourceCommands.Change(1), "change")).ShouldBe(new Accepted(Key, 2, Repeated: true));

        (await two.Read<SourceView>(Key)).Version.ShouldBe(2);
    }
}
