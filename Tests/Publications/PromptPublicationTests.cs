using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Journal;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Silo.Blueprints;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Silo.Personal;
using EcosystemSilo.Tests.Blueprints;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Publications;

/// <summary>
/// How soon the processes of an installation know: on PostgreSQL, where they have to look. Alone, since it measures
/// time.
/// </summary>
[Collection<AloneCollection>]
public sealed class PromptPublicationTests(PostgresServer postgres)
{
    private static readonly GrainKey Person = PersonKey.Of(TestSilo.Acme, new PersonId("person-1"));
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task WithinASecond_AnotherSiloDecidesByANewBlueprint_AndHoldsNoKeyOfWhoWasErased()
    {
        var database = await postgres.NewDatabase();
        await using var one = await On(database);
        await using var two = await On(database);
        await one.Accept(Person, new RegisterPerson("Ada", "ada@stmary.org", Partner: null));
        var keys = two.Services.GetRequiredService<SubjectKeys>();
        await keys.Keep($"{Person}", TestContext.Current.CancellationToken);
        var document = ShippedBlueprints.Acme with { EntryTier = ShippedBlueprints.Acme.Tiers[0].Id };

        await one.Accept(BlueprintKey.Of(TestSilo.Acme), new PublishBlueprint(document));
        await one.Accept(Person, new ErasePerson());
        var since = TimeProvider.System.GetTimestamp();

        var blueprints = two.Services.GetRequiredService<BlueprintBook>();
        await Awaited.Until(
            () => Task.FromResult(blueprints.Find(TestSilo.Acme)?.Document.EntryTier == document.EntryTier),
            "the new blueprint to be in force"
        );
        await Awaited.Until(() => Task.FromResult(!keys.IsOpen($"{Person}")), "the key to be dropped");
        TimeProvider.System.GetElapsedTime(since).ShouldBeLessThan(Soon);
    }

    private static Task<TestSilo> On(string database)
    {
        var journal = JournalFactory.Create("PostgreSql", database, TimeProvider.System, MembershipSchema.Steps);
        return TestSilo.Start(journal: new SealedJournal(journal, new OpenSafe()));
    }
}
