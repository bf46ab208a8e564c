using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;

namespace EcosystemSilo.Grains.Interfaces.CustomerPrograms;

public enum ProgramStatus
{
    Active,
    RenewalDue,
    Ended,
}

/// <summary>An invitation code that can still be used, or could until a moment ago.</summary>
/// <param name="Hash">SHA-256 of the code, in base64; the code itself is known to nobody here.</param>
/// <param name="Hint">The code's last characters.</param>
public sealed record Invitation(
    InvitationId Id,
    string Hash,
    string Hint,
    int Uses,
    int UsesMax,
    DateTimeOffset ExpiresAt
)
{
    public bool IsOpenAt(DateTimeOffset now) => Uses < UsesMax && now < ExpiresAt;
}

/// <param name="Domain">The customer's domain in its normal form.</param>
/// <param name="RenewalDueAt">When somebody must decide whether the program goes on.</param>
/// <param name="Reason">Why it ended before its time.</param>
/// <param name="Enrolled">People who take part now.</param>
/// <param name="PlacesGiven">Counts every place ever given, also those that were returned.</param>
/// <param name="Referrals">Referrals received from health systems.</param>
/// <param name="Invitations">Those that are open; closed ones go when the next is made.</param>
[Wire("program.view")]
public sealed record CustomerProgramView(
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
    ProgramStatus Status,
    DateTimeOffset? EndedAt,
    string? Reason,
    int Enrolled,
    int PlacesGiven,
    int Referrals,
    IReadOnlyList<Invitation> Invitations,
    LifecycleView Lifecycle
) : IView;
