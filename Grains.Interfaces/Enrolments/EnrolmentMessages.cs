using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Pauses;

namespace EcosystemSilo.Grains.Interfaces.Enrolments;

/// <summary>The program's word: it has given the person a place.</summary>
/// <param name="Number">The number of the place, which tells one from another.</param>
[Wire("enrolment.start")]
public sealed record StartEnrolment(
    CustomerProgramId Program,
    PersonId Person,
    InvitationId Invitation,
    int Number,
    ProgramGoals Goals,
    DateTimeOffset At
) : ICommand;

/// <summary>The person leaves the program; with another invitation they may come back.</summary>
[Wire("enrolment.withdraw")]
public sealed record WithdrawEnrolment : ICommand, IDespitePause;

[Wire("enrolment.started")]
public sealed record EnrolmentStarted(
    CustomerProgramId Program,
    PersonId Person,
    InvitationId Invitation,
    int Number,
    ProgramGoals Goals,
    DateTimeOffset At
) : IEvent;

/// <summary>A second place for somebody who has one: it goes back to the program.</summary>
[Wire("enrolment.repeated")]
public sealed record EnrolmentRepeated(CustomerProgramId Program, PersonId Person, InvitationId Invitation, int Number)
    : IEvent;

[Wire("enrolment.withdrawn")]
public sealed record EnrolmentWithdrawn(CustomerProgramId Program, PersonId Person, DateTimeOffset At) : IEvent;

/// <summary>
/// A person's part in a program. Their wearable streams are found by the person, and count for the program from
/// <paramref name="EnrolledAt"/> to <paramref name="WithdrawnAt"/>.
/// </summary>
/// <param name="Number">The number of the place that the program gave.</param>
/// <param name="RepeatedNumber">The last place that went back, because the person had one.</param>
[Wire("enrolment.view")]
public sealed record EnrolmentView(
    CustomerProgramId Program,
    PersonId Person,
    InvitationId Invitation,
    int Number,
    ProgramGoals Goals,
    DateTimeOffset EnrolledAt,
    DateTimeOffset? WithdrawnAt,
    int? RepeatedNumber
) : IView;
