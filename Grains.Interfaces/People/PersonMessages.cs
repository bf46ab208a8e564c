using System.Text.Json.Serialization;

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
public sealed record WithdrawConsent(Purpose Purpose, string Channel) : ICommand;

/// <summary>Forgets the person for good: what identifies or describes them can no longer be read by anybody.</summary>
[Wire("person.erase")]
public sealed record ErasePerson : ICommand;

[Wire("person.registered")]
public sealed record PersonRegistered(string? Name, string? Contact, PartnerId? Partner) : IEvent, IPersonal;

[Wire("person.consent-granted")]
public sealed record ConsentGranted(Purpose Purpose, string TextVersion, string Channel, DateTimeOffset At) : IEvent;

[Wire("person.consent-withdrawn")]
public sealed record ConsentWithdrawn(Purpose Purpose, string Channel, DateTimeOffset At) : IEvent;

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

/// <param name="Ledger">Every change of every consent, the oldest first; the newest of a purpose is in force.</param>
/// <param name="ErasedAt">When the person was forgotten; then only the ledger is left.</param>
public sealed record PersonView(
    string? Name,
    string? Contact,
    PartnerId? Partner,
    IReadOnlyList<ConsentChange> Ledger,
    DateTimeOffset? ErasedAt
) : IView
{
    /// <summary>The consent in force for a purpose; null when there is none.</summary>
    public ConsentChange? ConsentTo(Purpose purpose) =>
        Ledger.LastOrDefault(change => change.Purpose == purpose) is { IsGranted: true } granted && ErasedAt is null
            ? granted
            : null;
}
