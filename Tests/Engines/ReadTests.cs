using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Silo;
using EcosystemSilo.Silo.Activations;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>What goes by the settings of a silo, or by its clock.</summary>
public sealed class ReadTests
{
    private static readonly GrainKey Key = SourceCommands.Key;
    private static readonly GrainKey Other = Key with { Id = "s-other" };

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
    public async Task AGrainThatIsNotUsed_LeavesMemory_AndComesBackWhenAsked()
    {
        var journal = new MemoryJournal(new MemoryDisk(), TimeProvider.System);
        await using var silo = await TestSilo.Start(journal: journal, change: IdleSoon);
        await silo.Accept(Key, SourceCommands.Create);
        Active(silo).ShouldBeGreaterThan(0);

        await Awaited.Until(() => Task.FromResult(Active(silo) == 0), "the grain to leave memory");

        (await silo.Accept(Key, SourceCommands.Change(1))).ShouldBe(2);
    }

    [Fact]
    public async Task AGrainWhoseCommandIsUnderWay_StaysInMemory()
    {
        var journal = new WatchedJournal(new MemoryJournal(new MemoryDisk(), TimeProvider.System));
        await using var silo = await TestSilo.Start(journal: journal, change: IdleSoon);
        await silo.Accept(Key, SourceCommands.Create);
        await silo.Accept(Other, SourceCommands.Create);
        var gate = new Gate();
        journal.BeforeAppend = append => append.Grain == Key.ToString() ? gate.Pass() : Task.CompletedTask;
        var change = silo.Ask(Key, SourceCommands.Change(1));
        await gate.Arrived();

        await Awaited.Until(() => Task.FromResult(Active(silo) <= 1), "the other grain to leave memory");

        Active(silo).ShouldBe(1);
        gate.Open();
        (await change).ShouldBeOfType<Accepted>();
    }

    private static void IdleSoon(IServiceCollection services) =>
        services.AddSingleton(new SiloOptions { IdleAfter = TimeSpan.FromSeconds(1) });

    private static int Active(TestSilo silo) => silo.Services.GetRequiredService<CoreHost>().ActiveCount;
}
