using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Enrolments;

namespace EcosystemSilo.Grains.Enrolments;

/// <summary>
/// A person's part in a customer program. The program counts places and does not know who has one, so a second place
/// for the same person is recognised here and goes back.
/// </summary>
public static class Enrolment
{
    public static GrainKind<EnrolmentView> Kind { get; } = new(EnrolmentKey.Kind, stateShape: 1, Decide, Apply);

    public static Decision Decide(EnrolmentView? enrolment, ICommand command, DecisionContext context) =>
        (enrolment, command) switch
        {
            (null or { WithdrawnAt: not null }, StartEnrolment c) => Decision.Accept(
                new EnrolmentStarted(c.Program, c.Person, c.Invitation, c.Number, c.Goals, c.At)
            ),
            (_, StartEnrolment c) => Decision.Accept(
                new EnrolmentRepeated(c.Program, c.Person, c.Invitation, c.Number)
            ),
            (null, _) => Decision.Refuse(Refusals.Missing(context.Key)),
            ({ WithdrawnAt: not null }, WithdrawEnrolment) => Decision.Nothing,
            (_, WithdrawEnrolment) => Decision.Accept(
                new EnrolmentWithdrawn(enrolment.Program, enrolment.Person, context.Now)
            ),
            _ => throw Unhandled.Command(EnrolmentKey.Kind, command),
        };

    public static EnrolmentView Apply(EnrolmentView? enrolment, IEvent happened) =>
        (enrolment, happened) switch
        {
            (_, EnrolmentStarted e) => new EnrolmentView(
                e.Program,
                e.Person,
                e.Invitation,
                e.Number,
                e.Goals,
                e.At,
                WithdrawnAt: null,
                enrolment?.RepeatedNumber
            ),
            ({ }, EnrolmentRepeated e) => enrolment with { RepeatedNumber = e.Number },
            ({ }, EnrolmentWithdrawn e) => enrolment with { WithdrawnAt = e.At },
            _ => throw Unhandled.Event(EnrolmentKey.Kind, happened),
        };
}
