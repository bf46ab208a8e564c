using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Enrolments;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Grains.Reactions;

namespace EcosystemSilo.Grains.People;

/// <summary>
/// Tells a person's streams what they may do, and the programs of a person who was erased that they are gone. Whoever
/// changed a consent has told the streams already, before the answer; this is for one that died in between.
/// </summary>
internal static class PersonReactions
{
    public static Reaction Reaction { get; } = new([typeof(StreamPermissionChanged), typeof(ProgramsLeft)], React);

    private static IEnumerable<FollowUp> React(GrainKey grain, IEvent happened) =>
        happened switch
        {
            StreamPermissionChanged e =>
            [
                new FollowUp(
                    WearableStreamKey.Of(grain.Ecosystem, new PersonId(grain.Id), e.Source),
                    new FollowConsent(e.IsAllowed, e.Serial)
                ),
            ],
            ProgramsLeft e => e.Programs.Select(program => new FollowUp(
                EnrolmentKey.Of(grain.Ecosystem, program, new PersonId(grain.Id)),
                new WithdrawEnrolment()
            )),
            _ => [],
        };
}
