using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Partners;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Partners;

public sealed class PartnerTests
{
    private static readonly Story New = Story.Of(Partner.Kind, "p-1");
    private static readonly Story Registered = New.Given(StoryRules.Register);
    private static readonly ItemId Kickoff = new("kickoff");

    [Fact]
    public void RegisteringAPartner_StartsDiscovery_InTheEntryTier() =>
        New.When(StoryRules.Register)
            .Then(
                new PartnerRegistered("St Mary", StoryRules.Bank, "emea", new TierId("silver"), Blueprint: 3),
                new PhaseEntered(
                    Phase.Discovery,
                    Story.Morning,
                    Story.Morning.AddDays(7),
                    [
                        new PhaseItem(Kickoff, "The kickoff"),
                        new PhaseItem(new ItemId("tour"), "The tour", Required: false),
                    ],
                    Blueprint: 3
                )
            );

    [Fact]
    public void RegisteringAHospital_AddsTheItemsOfItsCategory() =>
        New.When(StoryRules.Register with { Category = StoryRules.Hospital })
            .Is<PartnerView>()
            .Lifecycle.Checklist.Select(item => item.Item.Value)
            .ShouldBe(["kickoff", "baa", "tour"]);

    [Fact]
    public void RegisteringAnUnknownCategory_IsRefused() =>
        New.When(StoryRules.Register with { Category = new CategoryId("circus") })
            .ThenRefused(Refusals.CategoryUnknown, "category");

    [Fact]
    public void RegisteringUnderATakenId_IsRefused() =>
        Registered.When(StoryRules.Register).ThenRefused(Refusals.AlreadyExists, "id");

    [Fact]
    public void WithoutABlueprint_NothingIsDecided()
    {
        New.Under(null).When(StoryRules.Register).ThenRefused(Refusals.BlueprintMissing);
        Registered.Under(null).When(new AdvancePhase()).ThenRefused(Refusals.BlueprintMissing);
    }

    [Fact]
    public void AnUnknownPartner_RefusesEverythingElse()
    {
        New.When(new CompleteItem(Kickoff)).ThenRefused(Refusals.NotFound);
        New.When(new AdvancePhase()).ThenRefused(Refusals.NotFound);
        New.When(new DeadlineReached("time-box", Story.Morning)).ThenRefused(Refusals.NotFound);
    }

    [Fact]
    public void CompletingAnItem_RecordsWhoAndWhen() =>
        Registered
            .By("key:k_1")
            .After(TimeSpan.FromHours(1))
            .When(new CompleteItem(Kickoff))
            .Then(new ItemCompleted(Kickoff, Story.Morning.AddHours(1), "key:k_1"))
            .WithDeadlines();

    [Fact]
    public void CompletingAnItemAgain_ChangesNothing() =>
        Registered.Given(new CompleteItem(Kickoff)).When(new CompleteItem(Kickoff)).ThenNothing();

    [Fact]
    public void CompletingAnItemOfALaterPhase_IsRefused_AndNamesWhatIsOpen()
    {
        var outcome = Registered.When(new CompleteItem(new ItemId("pilot"))).ThenRefused(Refusals.ItemUnknown, "item");

        outcome.Decision.Refusal.ShouldNotBeNull().Message.ShouldEndWith("now open: kickoff.");
    }

    [Fact]
    public void CompletingAnItemOfAnEarlierPhase_IsAccepted() =>
        Registered
            .Given(new CompleteItem(Kickoff), new AdvancePhase())
            .When(new CompleteItem(new ItemId("tour")))
            .Then(new ItemCompleted(new ItemId("tour"), Story.Morning, "test"));

    [Fact]
    public void ACommandOfAnotherKind_IsABug() =>
        Should.Throw<InvalidOperationException>(() => Registered.When(new ApproveDeal()));

    [Fact]
    public void AnEventOutOfPlace_IsABug()
    {
        Should.Throw<InvalidOperationException>(() => New.Given(new DealWon()));
        Should.Throw<InvalidOperationException>(() =>
            Registered.Given(new PartnerRegistered("Again", StoryRules.Bank, Region: null, new TierId("silver"), 1))
        );
    }
}
