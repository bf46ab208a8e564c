using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.SourceUsers;

namespace EcosystemSilo.Grains.SourceUsers;

/// <summary>A user of a sender: one person at a time.</summary>
public static class SourceUser
{
    public static GrainKind<SourceUserView> Kind { get; } = new(SourceUserKey.Kind, stateShape: 1, Decide, Apply);

    public static Decision Decide(SourceUserView? user, ICommand command, DecisionContext context) =>
        (user?.Person, command) switch
        {
            (null, LinkUser c) => Decision.Accept(new UserLinked(c.Person)),
            ({ } person, LinkUser c) when person == c.Person => Decision.Nothing,
            (_, LinkUser) => Decision.Refuse(
                Refusals.UserTaken,
                "This user of the source is another person here; disconnect their stream first.",
                "user"
            ),
            ({ } person, UnlinkUser c) when person == c.Person => Decision.Accept(new UserUnlinked(c.Person)),
            (_, UnlinkUser) => Decision.Nothing,
            _ => throw Unhandled.Command(SourceUserKey.Kind, command),
        };

    public static SourceUserView Apply(SourceUserView? user, IEvent happened) =>
        happened switch
        {
            UserLinked e => new SourceUserView(e.Person),
            UserUnlinked => new SourceUserView(Person: null),
            _ => throw Unhandled.Event(SourceUserKey.Kind, happened),
        };
}
