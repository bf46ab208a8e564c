using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Lifecycle;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Lifecycle;

public sealed class TimeBoxTests
{
    private static readonly DateTimeOffset Due = Story.Morning.AddDays(7);
    private static readonly DeadlineReached Alarm = new(LifecycleRules.TimeBoxDeadline, Due);
    private static readonly Story Partner = Story.Of(Grains.Partners.Partner.Kind, "p-1").Given(StoryRules.Register);

    [Fact]
    public void EnteringAPhase_ArmsItsAlarm() =>
        Story
            .Of(Grains.Partners.Partner.Kind, "p-1")
            .When(StoryRules.Register)
            .WithDeadlines(new DeadlineChange(LifecycleRules.TimeBoxDeadline, Due));

    [Fact]
    public void EnteringTheNextPhase_ReplacesTheAlarm()
    {
        var later = Partner.Given(Complete("kickoff")).After(TimeSpan.FromDays(3));

        later
            .When(new AdvancePhase())
            .WithDeadlines(new DeadlineChange(LifecycleRules.TimeBoxDeadline, Story.Morning.AddDays(3 + 21)));
    }

    [Fact]
    public void EnteringAPhaseWithoutTimeBox_StandsTheAlarmDown() =>
        InLaunch()
            .When(new AdvancePhase(Phase.Scale))
            .WithDeadlines(new DeadlineChange(LifecycleRules.TimeBoxDeadline, Due: null));

    [Fact]
    public void TheAlarmOfTheCurrentPhase_IsRaised() =>
        Partner.At(Due).When(Alarm).Then(new PhaseOverdue(Phase.Discovery, Due));

    [Fact]
    public void AnAlarmDeliveredLate_SaysWhenThePhaseBecameOverdue() =>
        Partner.At(Due.AddDays(30)).When(Alarm).Is<PartnerView>().Lifecycle.Current.OverdueSince.ShouldBe(Due);

    [Fact]
    public void AnAlarmDeliveredTwice_IsRaisedOnce() => Partner.At(Due).Given(Alarm).When(Alarm).ThenNothing();

    [Fact]
    public void AnAlarmForAnotherTime_IsIgnored() =>
        Partner.At(Due).When(Alarm with { Due = Due.AddTicks(-10) }).ThenNothing();

    [Fact]
    public void AnAlarmOfAPhaseThatWasLeft_IsIgnored() =>
        Partner.Given(Complete("kickoff"), new AdvancePhase()).At(Due).When(Alarm).ThenNothing().WithDeadlines();

    [Fact]
    public void AnAlarmInThePhaseWithoutTimeBox_IsIgnored() =>
        InLaunch().Given(new AdvancePhase()).At(Due).When(Alarm).ThenNothing();

    [Fact]
    public void AnOverduePhase_MayStillBeLeft_AndKeepsItsMark()
    {
        var left = Partner.At(Due).Given(Alarm).Given(Complete("kickoff")).When(new AdvancePhase());

        var visit = left.Is<PartnerView>().Lifecycle.Visits[0];
        (visit.LeftAt, visit.OverdueSince).ShouldBe((Due, Due));
    }

    [Fact]
    public void ADeadlineOfAnotherName_IsABug() =>
        Should.Throw<InvalidOperationException>(() => Partner.When(new DeadlineReached("unheard-of", Due)));

    private static Story InLaunch() =>
        Partner.Given(
            Complete("kickoff"),
            new AdvancePhase(),
            Complete("api-access"),
            new AdvancePhase(),
            Complete("pilot")
        );

    private static CompleteItem Complete(string item) => new(new ItemId(item));
}
