using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Silo.Blueprints;
using EcosystemSilo.Silo.Personal;
using EcosystemSilo.Tests.Blueprints;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>What one process commits, and all that decide, rehearse or hold people's keys must know.</summary>
public abstract class EnginePublicationTests(RunningEngine engine) : EngineSuite(engine)
{
    private IEnumerable<TestSilo> Everybody => Engine.Callers.Append(Outsider);

    [Fact]
    public async Task ABlueprint_IsInForceInEveryProcess()
    {
        var ecosystem = new EcosystemId(Name);
        var document = ShippedBlueprints.Acme with { Ecosystem = Name };
        var publish = new PublishBlueprint(document);
        var other = new PublishBlueprint(document with { EntryTier = document.Tiers[0].Id });

        await Accept(BlueprintKey.Of(ecosystem), publish);
        await Accept(BlueprintKey.Of(ecosystem), other);

        await Awaited.Until(
            () =>
                Task.FromResult(
                    Everybody.All(process =>
                        process.Services.GetRequiredService<BlueprintBook>().Find(ecosystem)?.Document.EntryTier
                        == other.Document.EntryTier
                    )
                ),
            "all processes to go by the new blueprint"
        );
    }

    [Fact]
    public async Task TheKeyOfAnErasedPerson_IsHeldByNoProcess()
    {
        var person = PersonKey.Of(TestSilo.Acme, new PersonId(Name));
        await Accept(person, new RegisterPerson("Ada", "ada@stmary.org", Partner: null));
        foreach (var process in Everybody)
        {
            await KeysOf(process).Keep($"{person}", TestContext.Current.CancellationToken);
            KeysOf(process).IsOpen($"{person}").ShouldBeTrue();
        }

        await Accept(person, new ErasePerson());

        await Awaited.Until(
            () => Task.FromResult(Everybody.All(process => !KeysOf(process).IsOpen($"{person}"))),
            "all processes to drop the key"
        );
    }

    private static SubjectKeys KeysOf(TestSilo process) => process.Services.GetRequiredService<SubjectKeys>();
}
