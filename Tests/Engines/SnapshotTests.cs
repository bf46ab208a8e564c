using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Silo;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>Snapshots only save time: what they lead to is what the events say.</summary>
public sealed class SnapshotTests
{
    private const int Commands = (3 * Limits.EventsPerSnapshot) + 7;
    private static readonly GrainKey Key = SourceCommands.Key;

    [Fact]
    public async Task ActivationFromSnapshotAndTail_EqualsAFullReplay()
    {
        var disk = await Filled();
        await using var silo = await Silos.On(disk);
        var history = await silo.Journal.Load(Key.ToString(), TestContext.Current.CancellationToken);
        history.Snapshot.ShouldNotBeNull().Version.ShouldBeGreaterThanOrEqualTo(2 * Limits.EventsPerSnapshot);
        history.Tail.Count.ShouldBeLessThan(2 * Limits.EventsPerSnapshot);

        var activated = await silo.Read<SourceView>(Key);
        await silo.Accept(Key, SourceCommands.Change(0));
        var replayed = await silo.Read<SourceView>(Key, ReadAt.Version(activated.Version));

        activated.Version.ShouldBe(Commands + 1);
        Text(activated.View).ShouldBe(Text(replayed.View));
    }

    [Fact]
    public async Task ASnapshotOfAnotherShape_IsPassedOver()
    {
        var disk = await Filled();
        await using (var journal = new MemoryJournal(disk, TimeProvider.System))
        {
            await journal.Open(TestContext.Current.CancellationToken);
            var garbage = "{\"from\":\"the future\"}"u8.ToArray();
            var foreign = new Snapshot(Key.ToString(), Commands + 1, Shape: 999, garbage);
            await journal.SaveSnapshot(foreign, TestContext.Current.CancellationToken);
        }

        await using var silo = await Silos.On(disk);

        var read = await silo.Read<SourceView>(Key);
        (read.Version, read.View.Mapping).ShouldBe((Commands + 1, SourceCommands.Change(Commands).Mapping));
    }

    [Fact]
    public async Task ASnapshotThatCannotBeSaved_DisturbsNobody()
    {
        var disk = new MemoryDisk();
        var faults = new MemoryFaults();
        await using var silo = await TestSilo.Start(journal: new MemoryJournal(disk, TimeProvider.System, faults));
        await silo.Accept(Key, SourceCommands.Create);
        faults.BeforeOther = () => throw new JournalUnavailableException("reads and snapshots are down");

        for (var n = 1; n <= 2 * Limits.EventsPerSnapshot; n++)
        {
            (await silo.Accept(Key, SourceCommands.Change(n))).ShouldBe(n + 1);
        }

        faults.BeforeOther = null;
        (await silo.Read<SourceView>(Key)).Version.ShouldBe((2 * Limits.EventsPerSnapshot) + 1);
    }

    private static async Task<MemoryDisk> Filled()
    {
        var disk = new MemoryDisk();
        await using var silo = await Silos.On(disk);
        await silo.Accept(Key, SourceCommands.Create);
        for (var n = 1; n <= Commands; n++)
        {
            await silo.Accept(Key, n % 2 == Commands % 2 ? SourceCommands.Change(n) : SourceCommands.Rotate(n));
        }

        return disk;
    }

    private static string Text(SourceView view) => JsonSerializer.Serialize(view, Wire.Options);
}
