using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.People;

namespace EcosystemSilo.Grains.People;

/// <summary>
/// A person whose data the ecosystem may hold: who they are, what they have agreed to, and their wish to be forgotten.
/// </summary>
public static class Person
{
    /// <summary>Changes of consent in one ledger: far more than anybody makes, few enough to read at once.</summary>
    public const int LedgerMax = 500;

    public static GrainKind<PersonView> Kind { get; } = new(PersonKey.Kind, stateShape: 3, Decide, Apply);

    public static Decision Decide(PersonView? person, ICommand command, DecisionContext context) =>
        (person, command) switch
        {
            (null, RegisterPerson c) => Decision.Accept(new PersonRegistered(c.Name, c.Contact, c.Partner)),
            (null, _) => Decision.Refuse(Refusals.Missing(context.Key)),
            ({ ErasedAt: not null }, ErasePerson) => Decision.Nothing,
            // The place was given while the person was forgotten.
            ({ ErasedAt: not null }, JoinProgram c) => Decision.Accept(new ProgramsLeft([c.Program])),
            ({ ErasedAt: not null }, _) => Decision.Refuse(Refusals.ErasedAlready(context.Key)),
            (_, RegisterPerson) => Decision.Refuse(Refusals.Exists(context.Key)),
            (_, ErasePerson) => Erase(person, context),
            (_, GrantConsent c) => Grant(person, c, context),
            (_, WithdrawConsent c) => Withdraw(person, c, context),
            (_, JoinProgram c) when person.Programs.Contains(c.Program) => Decision.Nothing,
            (_, JoinProgram c) => Decision.Accept(new ProgramJoined(c.Program)),
            (_, AddStream c) => PersonStreams.Add(person, c, context),
            (_, PreferSources c) => PersonStreams.Prefer(person, c),
            _ => throw Unhandled.Command(PersonKey.Kind, command),
        };

    public static PersonView Apply(PersonView? person, IEvent happened) =>
        (person, happened) switch
        {
            (null, PersonRegistered e) => new PersonView(e.Name, e.Contact, e.Partner, [], [], [], [], ErasedAt: null),
            (null, PersonalDataErased) => new PersonView(null, null, null, [], [], [], [], ErasedAt: null),
            ({ }, ConsentGranted e) => Note(person, new(e.Purpose, IsGranted: true, e.TextVersion, e.Channel, e.At)),
            ({ }, ConsentWithdrawn e) => Note(
                person,
                new(e.Purpose, IsGranted: false, TextVersion: null, e.Channel, e.At)
            ),
            ({ }, PersonStreamAdded or StreamPermissionChanged or SourcesPreferred) => PersonStreams.Apply(
                person,
                happened
            ),
            ({ }, ProgramJoined e) => person with { Programs = [.. person.Programs, e.Program] },
            ({ }, ProgramsLeft) => person with { Programs = [] },
            ({ }, PersonErased e) => person with { Name = null, Contact = null, Partner = null, ErasedAt = e.At },
            _ => throw Unhandled.Event(PersonKey.Kind, happened),
        };

    private static Decision Erase(PersonView person, DecisionContext context)
    {
        var events = PersonStreams.StopAll(person).ToList();
        if (person.Programs.Count > 0)
        {
            events.Add(new ProgramsLeft(person.Programs));
        }

        events.Add(new PersonErased(context.Now));
        return Decision.Accept(events);
    }

    private static Decision Grant(PersonView person, GrantConsent command, DecisionContext context)
    {
        if (person.ConsentTo(command.Purpose)?.TextVersion == command.TextVersion)
        {
            return Decision.Nothing;
        }

        // A withdrawal must always have room left.
        return person.Ledger.Count >= LedgerMax - Enum.GetValues<Purpose>().Length
            ? Decision.Refuse(Refusals.LedgerFull, $"A person's consent can be changed {LedgerMax} times at most.")
            : Decision.Accept([
                new ConsentGranted(command.Purpose, command.TextVersion, command.Channel, context.Now),
                .. PersonStreams.Permit(person, command.Purpose, isAllowed: true),
            ]);
    }

    private static Decision Withdraw(PersonView person, WithdrawConsent command, DecisionContext context) =>
        person.ConsentTo(command.Purpose) is null
            ? Decision.Nothing
            : Decision.Accept([
                new ConsentWithdrawn(command.Purpose, command.Channel, context.Now),
                .. PersonStreams.Permit(person, command.Purpose, isAllowed: false),
            ]);

    private static PersonView Note(PersonView person, ConsentChange change) =>
        person with
        {
            Ledger = [.. person.Ledger, change],
        };
}
