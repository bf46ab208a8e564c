using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Enrolments;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Reactions;

namespace EcosystemSilo.Grains.Enrolments;

/// <summary>
/// A person learns which programs they are in, to leave them when they are erased. A place that is not needed, or no
/// longer, goes back to the program.
/// </summary>
internal static class EnrolmentReactions
{
    public static Reaction Reaction { get; } =
        new([typeof(EnrolmentStarted), typeof(EnrolmentRepeated), typeof(EnrolmentWithdrawn)], React);

    private static IEnumerable<FollowUp> React(GrainKey grain, IEvent happened) =>
        happened switch
        {
            EnrolmentStarted e => [new FollowUp(PersonKey.Of(grain.Ecosystem, e.Person), new JoinProgram(e.Program))],
            EnrolmentRepeated e => Tell(grain, e.Program, new ReturnPlace(e.Person, e.Invitation)),
            EnrolmentWithdrawn e => Tell(grain, e.Program, new ReturnPlace(e.Person)),
            _ => [],
        };

    private static IEnumerable<FollowUp> Tell(GrainKey enrolment, CustomerProgramId program, ReturnPlace place) =>
        [new FollowUp(CustomerProgramKey.Of(enrolment.Ecosystem, program), place)];
}
