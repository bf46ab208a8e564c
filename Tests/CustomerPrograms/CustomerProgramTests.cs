using EcosystemSilo.Grains;
using EcosystemSilo.Grains.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Lifecycle;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;
using static EcosystemSilo.Tests.CustomerPrograms.ProgramStories;

namespace EcosystemSilo.Tests.CustomerPrograms;

public sealed class CustomerProgramTests
{
    [Fact]
    public void ANewProgram_StartsInDiscovery_WithItsThreeDeadlines()
    {
        var outcome = Program().When(Create);

        var program = outcome
            .WithDeadlines(
                new DeadlineChange(LifecycleRules.TimeBoxDeadline, Story.Morning.AddDays(14)),
                new DeadlineChange(CustomerProgram.RenewalDeadline, RenewalDueAt),
                new DeadlineChange(CustomerProgram.EndDeadline, Ends)
            )
            .Is<CustomerProgramView>();
        program.Domain.ShouldBe("stmary.org");
        program.Lifecycle.Checklist.Select(item => item.Item.Value).ShouldBe(["goals"]);
    }

    [Fact]
    public void AProgramOfATemplate_HasItsItemsTooAndCannotLeaveThePhaseWithoutThem()
    {
        var program = Program(Create with { Template = new TemplateId("apple-health") });

        var view = (CustomerProgramView)program.View!;
        view.Lifecycle.Checklist.Select(item => item.Item.Value).ShouldBe(["goals", "data-types"]);
        program.Given(new CompleteItem(new ItemId("goals"))).When(new AdvancePhase()).ThenRefused("gate-not-met", "to");
        program
            .Given(new CompleteItem(new ItemId("goals")), new CompleteItem(new ItemId("data-types")))
            .When(new AdvancePhase())
            .Accepted();
    }

    [Fact]
    public void WhatCannotBe_IsRefusedByName()
    {
        var tooFar = Story.Morning + ProgramLimits.AheadMax + TimeSpan.FromDays(1);
        Program()
            .When(Create with { Template = new TemplateId("x") })
            .ThenRefused(Refusals.TemplateUnknown, "template");
        Program().When(Create with { Ends = Create.Starts }).ThenRefused(Refusals.Invalid, "ends");
        Program().When(Create with { Ends = tooFar }).ThenRefused(Refusals.Invalid, "ends");
        Program().At(Ends).When(Create).ThenRefused(Refusals.Invalid, "ends");
        Program()
            .When(Create with { Customer = new Customer("St Mary", "nowhere") })
            .ThenRefused(Refusals.Invalid, "customer.domain");
        Program().Under(blueprint: null).When(Create).ThenRefused(Refusals.BlueprintMissing);
    }

    [Fact]
    public void UnderABlueprintWithoutPrograms_NoneIsCreatedAndNoneMovesOn()
    {
        var without = StoryRules.Published with
        {
            Document = StoryRules.Document with { ProgramPhases = null, ProgramTerms = null },
        };

        Program().Under(without).When(Create).ThenRefused(Refusals.ProgramRulesMissing);
        var launched = Launched().Under(without);
        launched.When(new AdvancePhase()).ThenRefused(Refusals.ProgramRulesMissing);
        launched.When(new EnrolPerson(Ada, CodeHash)).ThenRefused(Refusals.ProgramRulesMissing);
        launched.When(new EndProgram()).Accepted();
    }

    [Fact]
    public void InAShortProgram_TheRenewalIsDueFromItsStart()
    {
        var ends = Story.Morning.AddDays(10);

        Program().When(Create with { Ends = ends }).Is<CustomerProgramView>().RenewalDueAt.ShouldBe(Create.Starts);
    }

    [Fact]
    public void RenewingMovesBothDeadlines_AndTheOldOnesSayNothingAnyMore()
    {
        var later = Ends.AddDays(365);
        var due = States["renewal due"];

        due.When(new RenewProgram(later))
            .Then(new ProgramRenewed(later, later.AddDays(-30)))
            .WithDeadlines(
                new DeadlineChange(CustomerProgram.RenewalDeadline, later.AddDays(-30)),
                new DeadlineChange(CustomerProgram.EndDeadline, later)
            );
        var renewed = due.Given(new RenewProgram(later));
        renewed.When(new DeadlineReached(CustomerProgram.RenewalDeadline, RenewalDueAt)).ThenNothing();
        renewed.When(new DeadlineReached(CustomerProgram.EndDeadline, Ends)).ThenNothing();
        renewed.When(new RenewProgram(later)).ThenRefused(Refusals.Invalid, "ends");
    }

    [Fact]
    public void EndingAProgram_TakesItsDeadlinesAndInvitationsAway()
    {
        var ended = Launched()
            .When(new EndProgram("no budget"))
            .Then(new ProgramEnded(Story.Morning, "no budget"))
            .WithDeadlines(
                new DeadlineChange(LifecycleRules.TimeBoxDeadline, null),
                new DeadlineChange(CustomerProgram.RenewalDeadline, null),
                new DeadlineChange(CustomerProgram.EndDeadline, null)
            )
            .Is<CustomerProgramView>();

        ended.Invitations.ShouldBeEmpty();
        ended.Reason.ShouldBe("no budget");
    }

    [Fact]
    public void APlaceThatComesBackBecauseOfARepeat_GivesTheUseOfTheCodeBack()
    {
        var full = Launched().Given(new EnrolPerson(Ada, CodeHash));

        full.Given(new ReturnPlace(Ada)).When(new EnrolPerson(Ada, CodeHash)).ThenRefused("invitation-used-up", "code");
        full.Given(new ReturnPlace(Ada, Invite.Invitation)).When(new EnrolPerson(Ada, CodeHash)).Accepted();
    }

    [Fact]
    public void PlacesAreNumbered_AlsoAfterOneCameBack()
    {
        var program = Launched()
            .Given(Invite with { Invitation = new InvitationId("i-2"), Hash = "c2Vjb25k", UsesMax = 9 })
            .Given(new EnrolPerson(Ada, "c2Vjb25k"), new ReturnPlace(Ada));

        program
            .When(new EnrolPerson(new PersonId("bob"), "c2Vjb25k"))
            .Then(
                new PersonEnrolled(new PersonId("bob"), new InvitationId("i-2"), 2, ProgramGoals.None, Story.Morning)
            );
    }

    [Theory]
    [InlineData("nonsense", "stmary.org", "1990-01-05", Refusals.InvitationUnknown)]
    [InlineData(CodeHash, null, "1990-01-05", Refusals.NotEligible)]
    [InlineData(CodeHash, "stmary.org.example.net", "1990-01-05", Refusals.NotEligible)]
    [InlineData(CodeHash, "stmary.org", null, Refusals.NotEligible)]
    [InlineData(CodeHash, "stmary.org", "2008-01-06", Refusals.NotEligible)]
    [InlineData(CodeHash, "stmary.org", "9999-12-31", Refusals.NotEligible)]
    [InlineData(CodeHash, "stmary.org", "2008-01-05", null)]
    [InlineData(CodeHash, "WARD.StMary.org", "1990-01-05", null)]
    public void OnlyWhoIsInvitedAndEligible_GetsAPlace(string code, string? domain, string? born, string? refusal)
    {
        var program = Launched(Create with { Eligibility = new Eligibility("staff", "stmary.org", 18) });
        DateOnly? bornOn = born is null ? null : DateOnly.ParseExact(born, "yyyy-MM-dd");

        var outcome = program.When(new EnrolPerson(Ada, code, domain, bornOn));

        outcome.Decision.Refusal?.Code.ShouldBe(refusal);
        outcome.Decision.Events.Count.ShouldBe(refusal is null ? 1 : 0);
    }

    [Fact]
    public void NothingOfWhatShowsEligibility_IsKept()
    {
        var program = Launched(Create with { Eligibility = new Eligibility(EmailDomain: "stmary.org", AgeMin: 18) });

        var enrolled = program.When(new EnrolPerson(Ada, CodeHash, "ward.stmary.org", new DateOnly(1990, 1, 5)));

        var stored = System.Text.Encoding.UTF8.GetString(Wire.Write(enrolled.Decision.Events.Single()));
        stored.ShouldNotContain("1990");
        stored.ShouldNotContain("stmary");
    }

    [Fact]
    public void AFullProgram_AnExpiredCodeAndARevokedOne_GiveNoPlace()
    {
        var two = Invite with { Invitation = new InvitationId("i-2"), Hash = "dHdv", UsesMax = 2 };
        var program = Launched(Create with { Capacity = 1 }).Given(two);

        program
            .Given(new EnrolPerson(Ada, CodeHash))
            .When(new EnrolPerson(new PersonId("bob"), "dHdv"))
            .ThenRefused(Refusals.ProgramFull);
        program
            .Given(new RevokeInvitation(Invite.Invitation))
            .When(new EnrolPerson(Ada, CodeHash))
            .ThenRefused(Refusals.InvitationUnknown, "code");
        var soon = Launched().Given(two with { ExpiresAt = Story.Morning.AddDays(1) });
        soon.After(TimeSpan.FromDays(1))
            .When(new EnrolPerson(Ada, "dHdv"))
            .ThenRefused(Refusals.InvitationExpired, "code");
    }

    [Fact]
    public void AfterItsEnd_NobodyEnrols_AlsoBeforeTheDeadlineHasArrived() =>
        Launched().At(Ends).When(new EnrolPerson(Ada, CodeHash)).ThenRefused(Refusals.EnrolmentClosed);

    [Fact]
    public void OpenInvitationsAreBounded_AndClosedOnesMakeRoom()
    {
        var program = Launched();
        for (var at = 2; at <= ProgramLimits.InvitationsOpenMax; at++)
        {
            program = program.Given(Another(at));
        }

        program.When(Another(999)).ThenRefused(Refusals.InvitationsFull);
        program
            .Given(new EnrolPerson(Ada, CodeHash))
            .When(Another(999))
            .Is<CustomerProgramView>()
            .Invitations.Count.ShouldBe(ProgramLimits.InvitationsOpenMax);
        program.When(Invite).ThenRefused(Refusals.AlreadyExists, "id");
        program.When(Another(999) with { ExpiresAt = Story.Morning }).ThenRefused(Refusals.Invalid, "expiresAt");
    }

    private static CreateInvitation Another(int at) =>
        Invite with
        {
            Invitation = new InvitationId($"i-{at}"),
            Hash = $"aGFzaA{at}",
        };
}
