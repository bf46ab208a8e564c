using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Silo.Engines.Local;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

public sealed class ReadTests
{
    private static readonly GrainKey Key = SourceCommands.Key;

    [Fact]
    public async Task ReadingAVersion_ShowsTheStateAsItWasThen()
    {
        await using var silo = await Silos.On(new MemoryDisk());
        await silo.Accept(Key, SourceCommands.Create);
        for (var n = 2; n <= 5; n++)
        {
            await silo.Accept(Key, SourceCommands.Change(n));
        }

        for (var n = 2; n <= 5; n++)
        {
            var then = await silo.Read<SourceView>(Key, ReadAt.Version(n));
            (then.Version, then.View.Mapping).ShouldBe((n, SourceCommands.Change(n).Mapping));
        }

        (await silo.Read<SourceView>(Key, ReadAt.Version(1))).View.Mapping.ShouldBe(new SourceMapping());
    }

    [Fact]
    public async Task ReadingAtLeastAVersion_WaitsForIt()
    {
        var clock = new ManualClock();
        await using var silo = await Silos.On(new MemoryDisk(), clock);
        await silo.Accept(Key, SourceCommands.Create);

        var reading = silo.Read<SourceView>(Key, new ReadAt(AtLeast: 3, Patience: TimeSpan.FromMinutes(1)));
        await silo.Accept(Key, SourceCommands.Change(1));
        reading.IsCompleted.ShouldBeFalse();
        await silo.Accept(Key, SourceCommands.Change(2));

        (await reading).Version.ShouldBe(3);
    }

    [Fact]
    public async Task ReadingAtLeastAVersionThatNeverComes_EndsWithWhatThereIs()
    {
        var clock = new ManualClock();
        await using var silo = await Silos.On(new MemoryDisk(), clock);
        await silo.Accept(Key, SourceCommands.Create);

        var reading = silo.Read<SourceView>(Key, new ReadAt(AtLeast: 2, Patience: TimeSpan.FromSeconds(30)));
        await clock.AdvanceUntil(reading, TimeSpan.FromSeconds(1));

        (await reading).Version.ShouldBe(1);
        (clock.GetUtcNow() - Story.Morning).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WaitingForAGrainThatDoesNotExistYet_EndsWithItsFirstEvent()
    {
        await using var silo = await Silos.On(new MemoryDisk(), new ManualClock());

        var reading = silo.Read<SourceView>(Key, new ReadAt(AtLeast: 1, Patience: TimeSpan.FromMinutes(1)));
        await silo.Accept(Key, SourceCommands.Create);

        (await reading).Version.ShouldBe(1);
    }

    [Fact]
    public async Task AGrainWithoutEvents_ReadsAsNull_AndLeavesNothingInMemory()
    {
        await using var silo = await Silos.On(new MemoryDisk());
        var before = Active(silo);

        for (var guess = 0; guess < 100; guess++)
        {
            var key = Key with { Id = $"guess-{guess}" };
            (
                await silo.Grains.Read<SourceView>(key, ReadAt.Newest, TestContext.Current.CancellationToken)
            ).ShouldBeNull();
        }

        Active(silo).ShouldBe(before);
    }

    [Fact]
    public async Task AGrainThatIsNotUsed_LeavesMemory_AndComesBackWhenAsked()
    {
        var clock = new ManualClock();
        await using var silo = await Silos.On(new MemoryDisk(), clock);
        await silo.Accept(Key, SourceCommands.Create);
        Active(silo).ShouldBeGreaterThan(0);

        clock.Advance(TimeSpan.FromMinutes(9));
        (await silo.Read<SourceView>(Key)).Version.ShouldBe(1);
        clock.Advance(TimeSpan.FromMinutes(9));
        Active(silo).ShouldBe(1, "it was used nine minutes ago; the blueprints were not");
        clock.Advance(TimeSpan.FromMinutes(5));

        Active(silo).ShouldBe(0);
        (await silo.Accept(Key, SourceCommands.Change(1))).ShouldBe(2);
    }

    [Fact]
    public async Task AGrainWhoseCommandIsUnderWay_StaysInMemory()
    {
        var clock = new ManualClock();
        var journal = new WatchedJournal(new MemoryJournal(new MemoryDisk(), TimeProvider.System));
        await using var silo = await TestSilo.Start(clock: clock, journal: journal, interval: TimeSpan.FromMinutes(1));
        await silo.Accept(Key, SourceCommands.Create);
        var gate = new Gate();
        journal.BeforeAppend = _ => gate.Pass();
        var change = silo.Ask(Key, SourceCommands.Change(1));
        await gate.Arrived();

        clock.Advance(TimeSpan.FromHours(1));

        Active(silo).ShouldBe(1);
        gate.Open();
        (await change).ShouldBeOfType<Accepted>();
    }

    private static int Active(TestSilo silo) => ((LocalGrains)silo.Grains).ActiveCount;
}
