using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Enrolments;
using EcosystemSilo.Grains.Reactions;

namespace EcosystemSilo.Grains.CustomerPrograms;

/// <summary>A place that a program gives becomes the person's enrolment.</summary>
internal static class CustomerProgramReactions
{
    public static Reaction Reaction { get; } = new([typeof(PersonEnrolled)], React);

    private static IEnumerable<FollowUp> React(GrainKey grain, IEvent happened)
    {
        var program = new CustomerProgramId(grain.Id);
        return happened is PersonEnrolled e
            ?
            [
                new FollowUp(
                    EnrolmentKey.Of(grain.Ecosystem, program, e.Person),
                    new StartEnrolment(program, e.Person, e.Invitation, e.Number, e.Goals, e.At)
                ),
            ]
            : [];
    }
}
