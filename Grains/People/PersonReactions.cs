using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Grains.Reactions;

namespace EcosystemSilo.Grains.People;

/// <summary>
/// Tells a person's streams what they may do. Whoever changed a consent has told them already, before the answer; this
/// is for one that died in between.
/// </summary>
internal static class PersonReactions
{
    public static Reaction Reaction { get; } = new([typeof(StreamPermissionChanged)], React);

    private static IEnumerable<FollowUp> React(GrainKey grain, IEvent happened) =>
        happened is StreamPermissionChanged e
            ?
            [
                new FollowUp(
                    WearableStreamKey.Of(grain.Ecosystem, new PersonId(grain.Id), e.Source),
                    new FollowConsent(e.IsAllowed, e.Serial)
                ),
            ]
            : [];
}
