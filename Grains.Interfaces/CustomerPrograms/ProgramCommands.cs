using EcosystemSilo.Grains.Interfaces.Deals;

namespace EcosystemSilo.Grains.Interfaces.CustomerPrograms;

/// <summary>Starts a program of a partner for a customer.</summary>
/// <param name="Capacity">How many people may take part at a time; null: any number.</param>
/// <param name="Template">The blueprint's template whose checklist is added to that of every program.</param>
[Wire("program.create")]
public sealed record CreateProgram(
    string Name,
    PartnerId Partner,
    Customer Customer,
    ProgramType Type,
    DateTimeOffset Starts,
    DateTimeOffset Ends,
    Eligibility? Eligibility = null,
    ProgramGoals? Goals = null,
    int? Capacity = null,
    TemplateId? Template = null
) : ICommand;

/// <summary>Makes an invitation code valid, of which only the hash is known here.</summary>
/// <param name="Hash">SHA-256 of the code, in base64.</param>
/// <param name="Hint">The code's last characters, to tell codes apart.</param>
[Wire("program.create-invitation")]
public sealed record CreateInvitation(
    InvitationId Invitation,
    string Hash,
    string Hint,
    int UsesMax,
    DateTimeOffset ExpiresAt
) : ICommand;

[Wire("program.revoke-invitation")]
public sealed record RevokeInvitation(InvitationId Invitation) : ICommand;

/// <summary>
/// Takes a place for a person. What shows that the person is eligible is decided on and not kept.
/// </summary>
/// <param name="CodeHash">SHA-256 of the invitation code, in base64.</param>
/// <param name="EmailDomain">What follows the @ of the person's e-mail address.</param>
[Wire("program.enrol")]
public sealed record EnrolPerson(PersonId Person, string CodeHash, string? EmailDomain = null, DateOnly? BornOn = null)
    : ICommand;

/// <summary>The enrolment's word to the program: a place is free again.</summary>
/// <param name="Invitation">Whose use is given back, because the person was enrolled already.</param>
[Wire("program.return-place")]
public sealed record ReturnPlace(PersonId Person, InvitationId? Invitation = null) : ICommand;

/// <summary>Counts a patient whom a health system refers.</summary>
/// <param name="Reference">The referral in the sender's system, for example <c>ServiceRequest/12</c>.</param>
[Wire("program.receive-referral")]
public sealed record ReceiveReferral(string Reference) : ICommand;

/// <summary>Goes on until a later end.</summary>
[Wire("program.renew")]
public sealed record RenewProgram(DateTimeOffset Ends) : ICommand;

[Wire("program.end")]
public sealed record EndProgram(string? Reason = null) : ICommand;
