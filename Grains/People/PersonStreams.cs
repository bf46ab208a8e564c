using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.People;

namespace EcosystemSilo.Grains.People;

/// <summary>
/// Which of a person's streams may flow. It is decided here, where the consents are, and told to the streams.
/// </summary>
internal static class PersonStreams
{
    /// <summary>Nobody wears more; a repeat under ever new sources must not fill the grain.</summary>
    public const int StreamsMax = 32;

    public static Decision Add(PersonView person, AddStream command, DecisionContext context)
    {
        var known = person.Streams.FirstOrDefault(stream => stream.Source == command.Source);
        if (known?.Purpose == command.Purpose)
        {
            return Decision.Nothing;
        }

        if (known is null && person.Streams.Count >= StreamsMax)
        {
            return Decision.Refuse(Refusals.StreamsFull, $"A person can have {StreamsMax} streams at most.", "source");
        }

        return Decision.Accept(
            new PersonStreamAdded(command.Source, command.Purpose, context.Now),
            new StreamPermissionChanged(
                command.Source,
                person.ConsentTo(command.Purpose) is not null,
                Serial: NextSerial(person)
            )
        );
    }

    public static Decision Prefer(PersonView person, PreferSources command) =>
        command.Sources.FirstOrDefault(source => person.Streams.All(stream => stream.Source != source))
            is { Value: not null } stranger
            ? Decision.Refuse(Refusals.Invalid, $"The person has no stream of '{stranger}'.", "sources")
        : command.Sources.Distinct().Count() < command.Sources.Count
            ? Decision.Refuse(Refusals.Invalid, "A source stands in the order twice.", "sources")
        : Decision.Accept(new SourcesPreferred(command.Measure, command.Sources));

    /// <summary>What follows for the streams of a purpose that was agreed to, or no longer is.</summary>
    public static IEnumerable<IEvent> Permit(PersonView person, Purpose purpose, bool isAllowed) =>
        Change(person, person.Streams.Where(stream => stream.Purpose == purpose), isAllowed);

    public static IEnumerable<IEvent> StopAll(PersonView person) => Change(person, person.Streams, isAllowed: false);

    public static PersonView Apply(PersonView person, IEvent happened) =>
        happened switch
        {
            PersonStreamAdded e => person with
            {
                Streams =
                [
                    .. person.Streams.Where(stream => stream.Source != e.Source),
                    new StreamPermission(e.Source, e.Purpose, IsAllowed: false, Serial: 0),
                ],
            },
            StreamPermissionChanged e => person with
            {
                Streams =
                [
                    .. person.Streams.Select(stream =>
                        stream.Source == e.Source ? stream with { IsAllowed = e.IsAllowed, Serial = e.Serial } : stream
                    ),
                ],
            },
            SourcesPreferred e => person with
            {
                Preferences = [.. person.Preferences.Where(other => other.Measure != e.Measure), e],
            },
            _ => throw Unhandled.Event(PersonKey.Kind, happened),
        };

    private static IEnumerable<IEvent> Change(
        PersonView person,
        IEnumerable<StreamPermission> streams,
        bool isAllowed
    ) =>
        streams
            .Where(stream => stream.IsAllowed != isAllowed)
            .Select((stream, at) => new StreamPermissionChanged(stream.Source, isAllowed, NextSerial(person) + at));

    private static long NextSerial(PersonView person) =>
        person.Streams.Select(stream => stream.Serial).DefaultIfEmpty().Max() + 1;
}
