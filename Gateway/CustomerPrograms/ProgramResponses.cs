using EcosystemSilo.Gateway.Lifecycle;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Enrolments;
using EcosystemSilo.Grains.Interfaces.Lifecycle;

namespace EcosystemSilo.Gateway.CustomerPrograms;

/// <summary>A customer program with where it stands in its four phases.</summary>
/// <param name="Version">Moves with every change; also the ETag.</param>
/// <param name="PartnerName">Absent when the partner is not known here.</param>
/// <param name="Domain">The customer's domain in the form that tells customers apart.</param>
/// <param name="RenewalDueAt">When somebody must decide whether it goes on.</param>
/// <param name="Reason">Why it ended before its time.</param>
/// <param name="Enrolled">People who take part now.</param>
/// <param name="Referrals">Referrals received from health systems.</param>
/// <param name="Invitations">The open ones, by the last characters of their codes.</param>
public sealed record CustomerProgramResponse(
    CustomerProgramId Id,
    long Version,
    string Name,
    PartnerId Partner,
    string? PartnerName,
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
    ProgramStatus Status,
    DateTimeOffset? EndedAt,
    string? Reason,
    int Enrolled,
    int Referrals,
    IReadOnlyList<InvitationResponse> Invitations,
    Phase Phase,
    DateTimeOffset Since,
    DateTimeOffset? DueAt,
    bool Overdue,
    IReadOnlyList<PhaseVisit> Phases,
    IReadOnlyList<ChecklistItem> Checklist,
    GateResponse Gate
)
{
    public static CustomerProgramResponse Of(string id, Versioned<CustomerProgramView> program, string? partnerName)
    {
        var (view, current) = (program.View, program.View.Lifecycle.Current);
        return new CustomerProgramResponse(
            new CustomerProgramId(id),
            program.Version,
            view.Name,
            view.Partner,
            partnerName,
            view.Customer,
            view.Domain,
            view.Type,
            view.Eligibility,
            view.Goals,
            view.Starts,
            view.Ends,
            view.RenewalDueAt,
            view.Capacity,
            view.Template,
            view.Status,
            view.EndedAt,
            view.Reason,
            view.Enrolled,
            view.Referrals,
            [.. view.Invitations.Select(invitation => InvitationResponse.Of(invitation, code: null))],
            current.Phase,
            current.EnteredAt,
            current.DueAt,
            current.OverdueSince is not null,
            view.Lifecycle.Visits,
            view.Lifecycle.Checklist,
            GateResponse.Of(view.Lifecycle)
        );
    }
}

/// <summary>An invitation.</summary>
/// <param name="Hint">The code's last characters, to tell codes apart.</param>
/// <param name="Code">Only in the answer that made it: nobody here knows it any more.</param>
public sealed record InvitationResponse(
    InvitationId Id,
    string Hint,
    int Uses,
    int UsesMax,
    DateTimeOffset ExpiresAt,
    string? Code
)
{
    public static InvitationResponse Of(Invitation invitation, string? code) =>
        new(invitation.Id, invitation.Hint, invitation.Uses, invitation.UsesMax, invitation.ExpiresAt, code);
}

/// <summary>A person's part in a customer program.</summary>
/// <param name="Invitation">By which invitation they came.</param>
/// <param name="Goals">Those that were in force when they enrolled.</param>
public sealed record EnrolmentResponse(
    CustomerProgramId Program,
    PersonId Person,
    long Version,
    InvitationId Invitation,
    ProgramGoals Goals,
    DateTimeOffset EnrolledAt,
    DateTimeOffset? WithdrawnAt
)
{
    public static EnrolmentResponse Of(Versioned<EnrolmentView> enrolment) =>
        new(
            enrolment.View.Program,
            enrolment.View.Person,
            enrolment.Version,
            enrolment.View.Invitation,
            enrolment.View.Goals,
            enrolment.View.EnrolledAt,
            enrolment.View.WithdrawnAt
        );
}
