using System.Text.Json.Serialization;
using EcosystemSilo.Grains.Interfaces.Pauses;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Grains.Interfaces.People;

/// <summary>What a person's data may be used for; each is agreed to by itself.</summary>
public enum Purpose
{
    [JsonStringEnumMemberName("coaching")]
    Coaching,

    [JsonStringEnumMemberName("insurer-sharing")]
    InsurerSharing,

    [JsonStringEnumMemberName("research")]
    Research,

    [JsonStringEnumMemberName("marketing")]
    Marketing,
}

/// <param name="Partner">The partner to which the person's use is attributed.</param>
[Wire("person.register")]
public sealed record RegisterPerson(string? Name, string? Contact, PartnerId? Partner) : ICommand;

/// <param name="TextVersion">Which text the person agreed to.</param>
/// <param name="Channel">Where they did, for example <c>app</c> or <c>paper</c>.</param>
[Wire("person.grant-consent")]
public sealed record GrantConsent(Purpose Purpose, string TextVersion, string Channel) : ICommand;

[Wire("person.withdraw-consent")]
public sealed record WithdrawConsent(Purpose Purpose, string Channel) : ICommand, IDespitePause;

/// <summary>Forgets the person for good: what identifies or describes them can no longer be read by anybody.</summary>
[Wire("person.erase")]
public sealed record ErasePerson : ICommand, IDespitePause;

/// <summary>A source is to tell of the person, for a purpose. Said again, it may be for another purpose.</summary>
[Wire("person.add-stream")]
public sealed record AddStream(SourceId Source, Purpose Purpose) : ICommand;

/// <summary>Which of the person's sources counts where several tell of the same time.</summary>
/// <param name="Measure">Null: for every measure that has no order of its own.</param>
/// <param name="Sources">The one that counts first; those not named follow in the order they were added.</param>
[Wire("person.prefer-sources")]
public sealed record PreferSources(Measure? Measure, IReadOnlyList<SourceId> Sources) : ICommand;

/// <summary>A program's word: the person takes part in it.</summary>
[Wire("person.join-program")]
public sealed record JoinProgram(CustomerProgramId Program) : ICommand;

[Wire("person.registered")]
public sealed record PersonRegistered(string? Name, string? Contact, PartnerId? Partner) : IEvent, IPersonal;

[Wire("person.consent-granted")]
public sealed record ConsentGranted(Purpose Purpose, string TextVersion, string Channel, DateTimeOffset At) : IEvent;

[Wire("person.consent-withdrawn")]
public sealed record ConsentWithdrawn(Purpose Purpose, string Channel, DateTimeOffset At) : IEvent;

[Wire("person.stream-added")]
public sealed record PersonStreamAdded(SourceId Source, Purpose Purpose, DateTimeOffset At) : IEvent;

/// <summary>Whether a stream may flow, by the consents in force.</summary>
/// <param name="Serial">Grows with every change of a person's permissions.</param>
[Wire("person.stream-permission-changed")]
public sealed record StreamPermissionChanged(SourceId Source, bool IsAllowed, long Serial) : IEvent;

[Wire("person.sources-preferred")]
public sealed record SourcesPreferred(Measure? Measure, IReadOnlyList<SourceId> Sources) : IEvent;

[Wire("person.program-joined")]
public sealed record ProgramJoined(CustomerProgramId Program) : IEvent;

/// <summary>The person is gone, and so from every program that they ever joined.</summary>
[Wire("person.programs-left")]
public sealed record ProgramsLeft(IReadOnlyList<CustomerProgramId> Programs) : IEvent;

[Wire("person.erased")]
public sealed record PersonErased(DateTimeOffset At) : IEvent;

/// <summary>One line of the consent ledger.</summary>
/// <param name="TextVersion">Null for a withdrawal.</param>
public sealed record ConsentChange(
    Purpose Purpose,
    bool IsGranted,
    string? TextVersion,
    string Channel,
    DateTimeOffset At
);

/// <summary>What a source may tell of a person.</summary>
/// <param name="Serial">Orders the changes, so that one that arrives late changes nothing.</param>
public sealed record StreamPermission(SourceId Source, Purpose Purpose, bool IsAllowed, long Serial);

/// <param name="Ledger">Every change of every consent, the oldest first; the newest of a purpose is in force.</param>
/// <param name="Streams">In the order they were added.</param>
/// <param name="Preferences">At most one for each measure, and one for all others.</param>
/// <param name="Programs">Those that the person ever joined, until they are erased.</param>
/// <param name="ErasedAt">When the person was forgotten; then only the ledger is left.</param>
[Wire("person.view")]
public sealed record PersonView(
    string? Name,
    string? Contact,
    PartnerId? Partner,
    IReadOnlyList<ConsentChange> Ledger,
    IReadOnlyList<StreamPermission> Streams,
    IReadOnlyList<SourcesPreferred> Preferences,
    IReadOnlyList<CustomerProgramId> Programs,
    DateTimeOffset? ErasedAt
) : IView
{
    /// <summary>To whom the person's use is attributed; the attribution ends with the last consent.</summary>
    public PartnerId? AttributedTo =>
        Ledger.Count > 0 && Enum.GetValues<Purpose>().All(purpose => ConsentTo(purpose) is null) ? null : Partner;

    /// <summary>The sources that may flow: what they told is served.</summary>
    public IReadOnlyCollection<SourceId> AllowedSources =>
        [.. Streams.Where(stream => stream.IsAllowed).Select(stream => stream.Source)];

    /// <summary>The consent in force for a purpose; null when there is none.</summary>
    public ConsentChange? ConsentTo(Purpose purpose) =>
        Ledger.LastOrDefault(change => change.Purpose == purpose) is { IsGranted: true } granted && ErasedAt is null
            ? granted
            : null;
}
