using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Lifecycle;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Deals;

public sealed class DealTests
{
    [Fact]
    public void RegisteringADeal_NamesItsAccount_AndStartsDiscovery() =>
        DealStories
            .States["unknown"]
            .When(DealStories.Register)
            .Then(
                new DealRegistered(
                    new PartnerId("p-1"),
                    DealStories.Register.Customer,
                    "stmary.org",
                    StoryRules.Enterprise,
                    new Money(12_500_000, "USD"),
                    Blueprint: 3
                ),
                new PhaseEntered(
                    Phase.Discovery,
                    Story.Morning,
                    Story.Morning.AddDays(14),
                    [new PhaseItem(new ItemId("qualify"), "The qualify")],
                    Blueprint: 3
                )
            )
            .WithDeadlines(new DeadlineChange(LifecycleRules.TimeBoxDeadline, Story.Morning.AddDays(14)));

    [Fact]
    public void RegisteringAnUnlistedProduct_IsRefused() =>
        DealStories
            .States["unknown"]
            .When(DealStories.Register with { Product = new ProductId("moonshot") })
            .ThenRefused(Refusals.ProductUnknown, "product");

    [Theory]
    [InlineData("")]
    [InlineData("stmary")]
    [InlineData("10.0.0.1")]
    public void RegisteringACustomerWithoutAHostName_IsRefused(string domain) =>
        DealStories
            .States["unknown"]
            .When(DealStories.Register with { Customer = new Customer("St Mary", domain) })
            .ThenRefused(Refusals.Invalid, "customer.domain");

    [Fact]
    public void WithoutABlueprint_NeitherRegistrationNorPhasesAreDecided()
    {
        DealStories.States["unknown"].Under(null).When(DealStories.Register).ThenRefused(Refusals.BlueprintMissing);
        DealStories.States["approved"].Under(null).When(new AdvancePhase()).ThenRefused(Refusals.BlueprintMissing);
    }

    [Theory]
    [InlineData("withdraw", false)]
    [InlineData("lose", false)]
    [InlineData("win", true)]
    public void ClosingADeal_EndsItsClaim_AndStandsItsAlarmDown(string command, bool won)
    {
        var outcome = DealStories.States["approved"].When(DealStories.Commands[command]).Accepted();

        outcome.Decision.Events[^1].ShouldBe(new DealClaimEnded("stmary.org", StoryRules.Enterprise, Won: won));
        outcome.WithDeadlines(new DeadlineChange(LifecycleRules.TimeBoxDeadline, Due: null));
    }

    [Fact]
    public void AReturnedDeal_KeepsItsProtection_AndTakesTheCorrection()
    {
        var deal = DealStories.States["returned"];

        deal.View.ShouldBeOfType<DealView>().Protection.ShouldBe(Protection.Protected);
        var resubmitted = deal.When(new ResubmitDeal(new Money(7, "USD"), "typo")).Is<DealView>();
        resubmitted.Amount.ShouldBe(new Money(7, "USD"));
        resubmitted.Reason.ShouldBeNull();
    }

    [Fact]
    public void ResubmittingWithoutAnAmount_KeepsTheAmount() =>
        DealStories
            .States["returned"]
            .When(new ResubmitDeal())
            .Is<DealView>()
            .Amount.ShouldBe(new Money(12_500_000, "USD"));

    [Fact]
    public void AReturnedDeal_MustBeResubmittedBeforeItAdvances() =>
        DealStories
            .States["returned"]
            .Given(new CompleteItem(new ItemId("qualify")))
            .When(new AdvancePhase())
            .ThenRefused(Refusals.StatusForbids);

    [Fact]
    public void ADealMayAdvanceBeforeItIsApproved() =>
        DealStories
            .States["queued"]
            .Given(new CompleteItem(new ItemId("qualify")))
            .When(new AdvancePhase(Phase.Integration))
            .Is<DealView>()
            .Lifecycle.Current.Phase.ShouldBe(Phase.Integration);

    [Fact]
    public void ChangingToTheSameAmount_ChangesNothing() =>
        DealStories.States["approved"].When(new ChangeDealAmount(new Money(12_500_000, "USD"))).ThenNothing();

    [Fact]
    public void AnAnswerOfTheAccountThatIsKnown_ChangesNothing()
    {
        DealStories.States["protected"].When(new ConfirmProtection(DealStories.ProtectedUntil)).ThenNothing();
        DealStories.States["queued"].When(new ConfirmQueued(2)).ThenNothing();
        DealStories.States["queued"].When(new EndProtection()).ThenNothing();
    }

    [Fact]
    public void BeingProtected_LeavesTheQueue()
    {
        var deal = DealStories.States["queued"].When(new ConfirmProtection(DealStories.ProtectedUntil)).Is<DealView>();

        (deal.Protection, deal.QueuePosition).ShouldBe((Protection.Protected, null));
        deal.ProtectedUntil.ShouldBe(DealStories.ProtectedUntil);
    }

    [Fact]
    public void AQueuedDeal_IsToldItsPlace_WhenItCannotBeApproved()
    {
        var outcome = DealStories.States["queued"].When(new ApproveDeal()).ThenRefused(Refusals.NotProtected);

        outcome
            .Decision.Refusal.ShouldNotBeNull()
            .Message.ShouldBe(
                "Another deal holds the account stmary.org for enterprise; this one is number 2 in the queue."
            );
    }
}
