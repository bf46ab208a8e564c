using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.People;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.People;

public sealed class PersonTests
{
    private static readonly RegisterPerson Register = new("Märta", "marta@example.org", new PartnerId("p-1"));
    private static readonly GrantConsent Agree = new(Purpose.Coaching, "2026-03", "app");
    private static readonly Story New = Story.Of(Person.Kind, "person-1");
    private static readonly Story Registered = New.Given(Register);

    [Fact]
    public void RegisteringAPerson_AgreesToNothing()
    {
        New.When(Register).Then(new PersonRegistered("Märta", "marta@example.org", new PartnerId("p-1")));
        Enum.GetValues<Purpose>().ShouldAllBe(purpose => View(Registered).ConsentTo(purpose) == null);
    }

    [Fact]
    public void NothingIsRecorded_OfAPersonWhoIsNotRegistered() => New.When(Agree).ThenRefused(Refusals.NotFound);

    [Fact]
    public void AConsent_IsForOnePurpose_WithItsTextTimeAndChannel()
    {
        Registered.When(Agree).Then(new ConsentGranted(Purpose.Coaching, "2026-03", "app", Story.Morning));

        var person = View(Registered.Given(Agree));
        person.ConsentTo(Purpose.Coaching)!.TextVersion.ShouldBe("2026-03");
        person.ConsentTo(Purpose.Research).ShouldBeNull();
    }

    [Fact]
    public void APersonWhoIsErased_LeavesEveryProgram()
    {
        var (first, second) = (new CustomerProgramId("m-1"), new CustomerProgramId("m-2"));
        var joined = Registered.Given(new JoinProgram(first), new JoinProgram(second));
        joined.When(new JoinProgram(first)).ThenNothing();

        joined.When(new ErasePerson()).Then(new ProgramsLeft([first, second]), new PersonErased(Story.Morning));
    }

    [Fact]
    public void AProgramThatAnErasedPersonStillJoins_IsLeftAtOnce() =>
        Registered
            .Given(new ErasePerson())
            .When(new JoinProgram(new CustomerProgramId("m-1")))
            .Then(new ProgramsLeft([new CustomerProgramId("m-1")]));

    [Fact]
    public void TheSameTextAgain_ChangesNothing_AndANewTextDoes()
    {
        var agreed = Registered.Given(Agree);

        agreed.When(Agree with { Channel = "paper" }).ThenNothing();
        agreed
            .When(Agree with { TextVersion = "2026-09" })
            .Then(new ConsentGranted(Purpose.Coaching, "2026-09", "app", Story.Morning));
    }

    [Fact]
    public void AWithdrawnConsent_IsNotInForce_AndStaysInTheLedger()
    {
        var withdraw = new WithdrawConsent(Purpose.Coaching, "telephone");
        Registered.When(withdraw).ThenNothing();

        var withdrawn = Registered.Given(Agree).After(TimeSpan.FromDays(1)).Given(withdraw);

        View(withdrawn).ConsentTo(Purpose.Coaching).ShouldBeNull();
        View(withdrawn).Ledger.Select(change => change.IsGranted).ShouldBe([true, false]);
        withdrawn.When(withdraw).ThenNothing();
    }

    [Fact]
    public void AConsent_CanAlwaysBeWithdrawn_HoweverFullTheLedger()
    {
        var story = Registered;
        for (var change = 0; change < (Person.LedgerMax - 4) / 2; change++)
        {
            story = story.Given(Agree).Given(new WithdrawConsent(Purpose.Coaching, "app"));
        }

        story.When(Agree).ThenRefused(Refusals.LedgerFull);
        View(story).Ledger.Count.ShouldBeLessThan(Person.LedgerMax);
    }

    [Fact]
    public void AnErasedPerson_HasNothingLeftButTheLedger()
    {
        var erased = Registered.Given(Agree).Given(new ErasePerson());

        var person = View(erased);
        (person.Name, person.Contact, person.Partner).ShouldBe((null, null, null));
        person.ErasedAt.ShouldBe(Story.Morning);
        person.ConsentTo(Purpose.Coaching).ShouldBeNull();
        person.Ledger.Count.ShouldBe(1);
        erased.When(new ErasePerson()).ThenNothing();
        erased.When(Agree).ThenRefused(Refusals.Erased);
        erased.When(Register).ThenRefused(Refusals.Erased);
    }

    private static PersonView View(Story story) => (PersonView)story.View!;
}
