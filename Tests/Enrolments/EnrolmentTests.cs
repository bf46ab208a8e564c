using EcosystemSilo.Grains.Enrolments;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Enrolments;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Enrolments;

public sealed class EnrolmentTests
{
    private static readonly CustomerProgramId Program = new("program-1");
    private static readonly PersonId Ada = new("ada");
    private static readonly InvitationId First = new("i-1");
    private static readonly InvitationId Second = new("i-2");

    public static TheoryData<string, string, string> Table =>
        [
            .. TextTable
                .Rows(
                    """
                    state     | command   | result
                    unknown   | start     | enrolment.started
                    unknown   | withdraw  | !not-found
                    enrolled  | start     | enrolment.repeated
                    enrolled  | withdraw  | enrolment.withdrawn
                    withdrawn | start     | enrolment.started
                    withdrawn | withdraw  | nothing
                    """
                )
                .Select(row => new TheoryDataRow<string, string, string>(row[0], row[1], row[2])),
        ];

    [Theory]
    [MemberData(nameof(Table))]
    public void AnEnrolment_Answers(string state, string command, string result)
    {
        var story = state switch
        {
            "unknown" => Unknown,
            "enrolled" => Enrolled,
            _ => Enrolled.Given(new WithdrawEnrolment()),
        };

        story.When(command == "start" ? Start(Second, 2) : new WithdrawEnrolment()).ToString().ShouldBe(result);
    }

    [Fact]
    public void ASecondPlace_ChangesNothingOfTheFirst()
    {
        var enrolment = Enrolled.When(Start(Second, 2)).Is<EnrolmentView>();

        (enrolment.Invitation, enrolment.Number, enrolment.RepeatedNumber).ShouldBe((First, 1, 2));
    }

    [Fact]
    public void WhoComesBack_IsThereAgain_ByTheNewInvitation()
    {
        var back = Enrolled.Given(new WithdrawEnrolment()).When(Start(Second, 2)).Is<EnrolmentView>();

        (back.Invitation, back.Number, back.WithdrawnAt).ShouldBe((Second, 2, null));
    }

    private static Story Unknown => Story.Of(Enrolment.Kind, "program-1~ada");

    private static Story Enrolled => Unknown.Given(Start(First, 1));

    private static StartEnrolment Start(InvitationId invitation, int number) =>
        new(Program, Ada, invitation, number, ProgramGoals.None, Story.Morning);
}
