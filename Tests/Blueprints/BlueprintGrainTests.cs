using EcosystemSilo.Grains.Blueprints;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Blueprints;

public sealed class BlueprintGrainTests
{
    private static readonly Story New = Story.Of(BlueprintGrain.Kind, "program").Under(null);
    private static readonly BlueprintDocument Second = StoryRules.Document with { Label = "2" };

    [Fact]
    public void TheFirstDocument_IsVersionOne() =>
        New.When(new PublishBlueprint(StoryRules.Document))
            .Then(new BlueprintPublished(1, StoryRules.Document, Story.Morning));

    [Fact]
    public void AnotherDocument_IsTheNextVersion() =>
        New.Given(new PublishBlueprint(StoryRules.Document))
            .After(TimeSpan.FromDays(1))
            .When(new PublishBlueprint(Second))
            .Then(new BlueprintPublished(2, Second, Story.Morning.AddDays(1)));

    [Fact]
    public void TheDocumentInForce_ChangesNothing_AlsoAsACopy()
    {
        var copy = StoryRules.Document with { Tiers = [.. StoryRules.Document.Tiers] };

        New.Given(new PublishBlueprint(StoryRules.Document)).When(new PublishBlueprint(copy)).ThenNothing();
    }

    [Fact]
    public void GoingBackToAnEarlierDocument_IsANewVersion() =>
        New.Given(new PublishBlueprint(StoryRules.Document), new PublishBlueprint(Second))
            .When(new PublishBlueprint(StoryRules.Document))
            .Is<BlueprintView>()
            .Version.ShouldBe(3);

    [Fact]
    public void ADocumentOfAnotherEcosystem_IsRefused() =>
        New.When(new PublishBlueprint(StoryRules.Document with { Ecosystem = "purposeful-live" }))
            .ThenRefused(Refusals.Invalid, "ecosystem");
}
