using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.People;

namespace EcosystemSilo.Gateway.People;

/// <summary>A person, with what they have agreed to.</summary>
/// <param name="Consents">The consents in force, one a purpose at most.</param>
/// <param name="Ledger">Every change of every consent, the oldest first.</param>
/// <param name="Streams">What their sources may tell of them.</param>
/// <param name="Preferences">Which source counts where several tell of the same time.</param>
/// <param name="ErasedAt">When the person was forgotten; then only the ledger is left.</param>
public sealed record PersonResponse(
    PersonId Id,
    long Version,
    string? Name,
    string? Contact,
    PartnerId? Partner,
    IReadOnlyList<ConsentResponse> Consents,
    IReadOnlyList<ConsentChangeResponse> Ledger,
    IReadOnlyList<StreamPermission> Streams,
    IReadOnlyList<SourcesPreferred> Preferences,
    DateTimeOffset? ErasedAt
)
{
    public static PersonResponse Of(string id, Versioned<PersonView> person) =>
        new(
            new PersonId(id),
            person.Version,
            person.View.Name,
            person.View.Contact,
            person.View.Partner,
            [
                .. Enum.GetValues<Purpose>()
                    .Select(person.View.ConsentTo)
                    .OfType<ConsentChange>()
                    .Select(granted => new ConsentResponse(
                        granted.Purpose,
                        granted.TextVersion!,
                        granted.Channel,
                        granted.At
                    )),
            ],
            [
                .. person.View.Ledger.Select(change => new ConsentChangeResponse(
                    change.Purpose,
                    change.IsGranted,
                    change.TextVersion,
                    change.Channel,
                    change.At
                )),
            ],
            person.View.Streams,
            person.View.Preferences,
            person.View.ErasedAt
        );
}

/// <summary>A consent in force.</summary>
public sealed record ConsentResponse(Purpose Purpose, string TextVersion, string Channel, DateTimeOffset Since);

/// <summary>One line of the consent ledger.</summary>
/// <param name="Granted">False for a withdrawal.</param>
/// <param name="TextVersion">Which text the person agreed to; left out for a withdrawal.</param>
public sealed record ConsentChangeResponse(
    Purpose Purpose,
    bool Granted,
    string? TextVersion,
    string Channel,
    DateTimeOffset At
);
