using EcosystemSilo.Grains.Interfaces.Deals;

namespace EcosystemSilo.Grains.Interfaces.CustomerPrograms;

/// <param name="Domain">The customer's domain in its normal form.</param>
[Wire("program.created")]
public sealed record ProgramCreated(
    string Name,
    PartnerId Partner,
    Customer Customer,
    string Domain,
    ProgramType Type,
    Eligibility Eligibility,
    ProgramGoals Goals,
    DateTimeOffset Starts,
    DateTimeOffset Ends,
    DateTimeOffset RenewalDueAt,
    int? Capacity,
    TemplateId? Template,
    int Blueprint
) : IEvent;

[Wire("program.invitation-created")]
public sealed record InvitationCreated(
    InvitationId Invitation,
    string Hash,
    string Hint,
    int UsesMax,
    DateTimeOffset ExpiresAt,
    DateTimeOffset At
) : IEvent;

[Wire("program.invitation-revoked")]
public sealed record InvitationRevoked(InvitationId Invitation) : IEvent;

/// <param name="Number">Counts the places that the program ever gave, from 1.</param>
/// <param name="Goals">Those in force, which the enrolment keeps.</param>
[Wire("program.person-enrolled")]
public sealed record PersonEnrolled(
    PersonId Person,
    InvitationId Invitation,
    int Number,
    ProgramGoals Goals,
    DateTimeOffset At
) : IEvent;

/// <param name="Invitation">Whose use is given back; null when the person withdrew.</param>
[Wire("program.place-returned")]
public sealed record PlaceReturned(PersonId Person, InvitationId? Invitation) : IEvent;

[Wire("program.referral-received")]
public sealed record ProgramReferralReceived(string Reference, DateTimeOffset At) : IEvent;

/// <summary>Time to renew, or to let it end.</summary>
[Wire("program.renewal-due")]
public sealed record ProgramRenewalDue(DateTimeOffset Ends) : IEvent;

[Wire("program.renewed")]
public sealed record ProgramRenewed(DateTimeOffset Ends, DateTimeOffset RenewalDueAt) : IEvent;

/// <param name="Reason">Null when its time was over.</param>
[Wire("program.ended")]
public sealed record ProgramEnded(DateTimeOffset At, string? Reason) : IEvent;
