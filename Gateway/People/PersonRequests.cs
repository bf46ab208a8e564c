using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Gateway.People;

/// <summary>Brings a person into the ecosystem. What identifies them is stored under a key of their own.</summary>
/// <param name="Id">A name of your choice that does not say who it is; left out, one is made.</param>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="Contact">An e-mail address or a telephone number, 1 to 200 characters.</param>
/// <param name="Partner">The partner to which the person's use is attributed.</param>
public sealed record RegisterPersonRequest(
    PersonId? Id = null,
    string? Name = null,
    string? Contact = null,
    PartnerId? Partner = null
) : IRequest<RegisterPersonRequest>
{
    public static RegisterPersonRequest Read(Fields fields) =>
        new(
            fields.OptionalId<PersonId>("id"),
            fields.OptionalText("name", FieldLimits.NameLengthMax),
            fields.OptionalText("contact", FieldLimits.NameLengthMax),
            fields.OptionalId<PartnerId>("partner")
        );

    public RegisterPerson ToCommand() => new(Name, Contact, Partner);
}

/// <summary>Records that a person agreed to a purpose.</summary>
/// <param name="Purpose">What their data may be used for.</param>
/// <param name="TextVersion">Which text they agreed to, 1 to 200 characters.</param>
/// <param name="Channel">Where they did, for example <c>app</c> or <c>paper</c>.</param>
public sealed record GrantConsentRequest(Purpose Purpose, string TextVersion, string Channel)
    : IRequest<GrantConsentRequest>
{
    public static GrantConsentRequest Read(Fields fields) =>
        new(
            fields.Word<Purpose>("purpose"),
            fields.Text("textVersion", FieldLimits.NameLengthMax),
            fields.Text("channel", FieldLimits.NameLengthMax)
        );

    public GrantConsent ToCommand() => new(Purpose, TextVersion, Channel);
}

/// <summary>Records that a person takes their consent back.</summary>
/// <param name="Purpose">What their data may no longer be used for.</param>
/// <param name="Channel">Where they said so, for example <c>app</c> or <c>paper</c>.</param>
public sealed record WithdrawConsentRequest(Purpose Purpose, string Channel) : IRequest<WithdrawConsentRequest>
{
    public static WithdrawConsentRequest Read(Fields fields) =>
        new(fields.Word<Purpose>("purpose"), fields.Text("channel", FieldLimits.NameLengthMax));

    public WithdrawConsent ToCommand() => new(Purpose, Channel);
}
