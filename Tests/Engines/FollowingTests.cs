using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Silo.Engines;
using EcosystemSilo.Tests.Blueprints;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>What a process has in memory follows what other processes commit.</summary>
public sealed class FollowingTests
{
    private static readonly GrainKey Key = SourceCommands.Key;
    private readonly MemoryDisk _disk = new();
    private int _loads;

    [Fact]
    public async Task AGrainInMemory_IsBroughtForward_WhenAnotherProcessMovesItOn()
    {
        await using var one = await Silos.On(_disk);
        await using var two = await CountingLoads();
        await one.Accept(Key, SourceCommands.Create);
        (await two.Read<SourceView>(Key)).Version.ShouldBe(1);

        for (var n = 2; n <= 5; n++)
        {
            await one.Accept(Key, SourceCommands.Change(n));
        }

        await Followed(two);
        var read = await two.Read<SourceView>(Key);
        read.Version.ShouldBe(5);
        read.View.Mapping.ShouldBe(SourceCommands.Change(5).Mapping);
        (await two.Accept(Key, SourceCommands.Change(6))).ShouldBe(6);
        _loads.ShouldBe(1, "neither reading nor deciding needed the journal again");
    }

    [Fact]
    public async Task AGrainThatMissedSomething_IsLoadedAgain()
    {
        await using var one = await CountingLoads();
        await one.Accept(Key, SourceCommands.Create);
        await one.Accept(Key, SourceCommands.Change(2));
        var last = (await one.Events(Key))[^1];

        one.Services.GetRequiredService<IFollower>().Follow([last with { Version = 4 }]);

        (await one.Read<SourceView>(Key)).Version.ShouldBe(2);
        _loads.ShouldBe(2);
    }

    [Fact]
    public async Task AnEventThisBuildDoesNotKnow_CostsTheGrainItsPlaceInMemory_AndNothingElse()
    {
        await using var one = await CountingLoads();
        await one.Accept(Key, SourceCommands.Create);
        var last = (await one.Events(Key))[^1];

        one.Services.GetRequiredService<IFollower>().Follow([last with { Version = 2, Name = "source.tomorrow" }]);

        (await one.Read<SourceView>(Key)).Version.ShouldBe(1);
        _loads.ShouldBe(2);
    }

    [Fact]
    public async Task OwnCommits_AreKnownAlready()
    {
        await using var silo = await CountingLoads();
        await silo.Accept(Key, SourceCommands.Create);

        await Task.WhenAll(Enumerable.Range(1, 300).Select(n => silo.Accept(Key, SourceCommands.Change(n))));

        await Followed(silo);
        (await silo.Read<SourceView>(Key)).Version.ShouldBe(301);
        _loads.ShouldBe(1);
    }

    [Fact]
    public async Task WhatAnotherProcessCommitsWhileAGrainIsLoading_IsNotMissed()
    {
        await using var one = await Silos.On(_disk);
        var (two, journal) = await Silos.Watched(_disk);
        await using var _ = two;
        await one.Accept(Key, SourceCommands.Create);
        var gate = new Gate();
        journal.AfterLoad = grain => grain == Key.ToString() ? gate.Pass() : Task.CompletedTask;

        var reading = two.Read<SourceView>(Key);
        await gate.Arrived();
        await one.Accept(Key, SourceCommands.Change(2));
        await Followed(two);
        gate.Open();

        (await reading).Version.ShouldBe(2);
    }

    [Fact]
    public async Task ARefusalDecidedBeforeAnotherProcessMovedTheGrainOn_IsDecidedAgain()
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
        await Followed(two);
        gate.Open();

        (await asking).ShouldBe(new Accepted(Key, 3, Repeated: false));
    }

    [Fact]
    public async Task ReadingAtLeastAVersion_SeesWhatAnotherProcessHasCommitted_BeforeTheReadersCameToIt()
    {
        await using var one = await Silos.On(_disk);
        await using var behind = await TestSilo.Start(
            journal: new MemoryJournal(_disk, TimeProvider.System),
            change: services => services.AddSingleton<IFollower, Deaf>()
        );
        await one.Accept(Key, SourceCommands.Create);
        await behind.Read<SourceView>(Key);
        await one.Accept(Key, SourceCommands.Change(2));
        (await behind.Read<SourceView>(Key)).Version.ShouldBe(1);

        var read = await behind.Read<SourceView>(Key, new ReadAt(AtLeast: 2, Patience: TimeSpan.FromMinutes(1)));

        read.Version.ShouldBe(2);
    }

    [Fact]
    public async Task ReadingAtLeastAVersion_WaitsForAnotherProcessToCommitIt()
    {
        await using var one = await Silos.On(_disk);
        await using var two = await Silos.On(_disk);
        await one.Accept(Key, SourceCommands.Create);
        await two.Read<SourceView>(Key);

        var reading = two.Read<SourceView>(Key, new ReadAt(AtLeast: 3, Patience: TimeSpan.FromMinutes(1)));
        await one.Accept(Key, SourceCommands.Change(2));
        reading.IsCompleted.ShouldBeFalse();
        await one.Accept(Key, SourceCommands.Change(3));

        (await reading.WaitAsync(TimeSpan.FromSeconds(20))).Version.ShouldBe(3);
    }

    [Fact]
    public async Task ABlueprintPublishedByAnotherProcess_IsInForceHere()
    {
        await using var one = await Silos.On(_disk);
        await using var two = await Silos.On(_disk);
        var partner = PartnerKey.Of(TestSilo.Acme, new PartnerId("p-1"));
        var document = ShippedBlueprints.Acme with { EntryTier = ShippedBlueprints.Acme.Tiers[0].Id };
        ShippedBlueprints.Acme.EntryTier.ShouldNotBe(document.EntryTier);

        await one.Accept(BlueprintKey.Of(TestSilo.Acme), new PublishBlueprint(document));
        await Followed(two);

        await two.Accept(partner, new RegisterPartner("St Mary", new CategoryId("medical-device")));
        (await two.Read<PartnerView>(partner)).View.Tier.Value.ShouldBe(document.EntryTier);
    }

    private async Task<TestSilo> CountingLoads()
    {
        var journal = new WatchedJournal(new MemoryJournal(_disk, TimeProvider.System))
        {
            BeforeLoad = grain =>
            {
                Interlocked.Add(ref _loads, grain == Key.ToString() ? 1 : 0);
                return Task.CompletedTask;
            },
        };
        return await TestSilo.Start(journal: journal);
    }

    /// <summary>Completes when the silo has been told of everything that is in the journal.</summary>
    private static async Task Followed(TestSilo silo)
    {
        var end = await silo.Journal.LastPosition(TestContext.Current.CancellationToken);
        await silo
            .Services.GetRequiredService<IReadModels>()
            .WaitFor(end, TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(20));
    }

    private sealed class Deaf : IFollower
    {
        public void Follow(IReadOnlyList<RecordedEvent> events) { }
    }
}
