using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Silo.Personal;
using EcosystemSilo.Tests.Blueprints;
using EcosystemSilo.Tests.Engines;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Publications;

/// <summary>What one silo commits and every other must know.</summary>
public sealed class PublicationTests
{
    private static readonly GrainKey Key = SourceCommands.Key;
    private static readonly GrainKey Person = PersonKey.Of(TestSilo.Acme, new PersonId("person-1"));
    private readonly MemoryDisk _disk = new();

    [Fact]
    public async Task ABlueprintPublishedByAnotherSilo_IsInForceHere()
    {
        await using var one = await Silos.On(_disk);
        await using var two = await Silos.On(_disk);
        var document = ShippedBlueprints.Acme with { EntryTier = ShippedBlueprints.Acme.Tiers[0].Id };
        ShippedBlueprints.Acme.EntryTier.ShouldNotBe(document.EntryTier);

        await one.Accept(BlueprintKey.Of(TestSilo.Acme), new PublishBlueprint(document));

        var number = 0;
        await Awaited.Until(
            async () =>
            {
                var partner = PartnerKey.Of(TestSilo.Acme, new PartnerId($"p-{++number}"));
                await two.Accept(partner, new RegisterPartner("St Mary", new CategoryId("medical-device")));
                return (await two.Read<PartnerView>(partner)).View.Tier.Value == document.EntryTier;
            },
            "the other silo to decide by the new blueprint"
        );
    }

    [Fact]
    public async Task TheKeyOfAPersonErasedByAnotherSilo_IsHeldNoLonger()
    {
        await using var one = await Silos.On(_disk);
        await using var two = await Silos.On(_disk);
        await one.Accept(Person, new RegisterPerson("Ada", "ada@stmary.org", Partner: null));
        var keys = two.Services.GetRequiredService<SubjectKeys>();
        await keys.Keep(Person.ToString(), TestContext.Current.CancellationToken);
        keys.IsOpen(Person.ToString()).ShouldBeTrue();

        await one.Accept(Person, new ErasePerson());

        await Awaited.Until(() => Task.FromResult(!keys.IsOpen(Person.ToString())), "the key to be dropped");
    }

    [Fact]
    public async Task AKnownView_FollowsWhatAnotherSiloCommits()
    {
        await using var one = await Silos.On(_disk);
        await using var two = await Silos.On(_disk);
        await one.Accept(Key, SourceCommands.Create);
        (await Known(two)).ShouldNotBeNull();

        for (var n = 1; n <= 20; n++)
        {
            await one.Accept(Key, SourceCommands.Change(n));
        }

        var last = SourceCommands.Change(20).Mapping;
        await Awaited.Until(async () => (await Known(two))!.Mapping == last, "the last change");
    }

    [Fact]
    public async Task AKnownView_ShowsWhatThisSiloCommitted_AtOnce()
    {
        await using var silo = await Silos.On(_disk);
        (await Known(silo)).ShouldBeNull();
        await silo.Accept(Key, SourceCommands.Create);

        for (var n = 1; n <= 100; n++)
        {
            await silo.Accept(Key, SourceCommands.Change(n));
            (await Known(silo))!.Mapping.ShouldBe(SourceCommands.Change(n).Mapping);
        }
    }

    [Fact]
    public async Task AView_IsReadOnceAndThenKnown_WithoutACall()
    {
        var (silo, journal) = await Silos.Watched(_disk);
        await using var _ = silo;
        await silo.Accept(Key, SourceCommands.Create);
        var loads = 0;
        journal.BeforeLoad = grain =>
        {
            Interlocked.Add(ref loads, grain == Key.ToString() ? 1 : 0);
            return Task.CompletedTask;
        };

        for (var n = 0; n < 100; n++)
        {
            (await Known(silo)).ShouldNotBeNull();
        }

        loads.ShouldBe(1);
    }

    private static ValueTask<SourceView?> Known(TestSilo silo) =>
        silo.Services.GetRequiredService<IKnownViews>().Find<SourceView>(Key, TestContext.Current.CancellationToken);
}
