using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Lifecycle;

namespace EcosystemSilo.Grains.CustomerPrograms;

/// <summary>
/// A program of a partner for a customer: its four phases, its invitations and places, its renewal and its end. Who
/// takes part is with the enrolments, each a grain of its own. State and fold; the decisions are in
/// <see cref="CustomerProgramDecisions"/>.
/// </summary>
public static class CustomerProgram
{
    /// <summary>The deadline at which the renewal becomes due.</summary>
    public const string RenewalDeadline = "renewal";

    /// <summary>The deadline at which the program is over.</summary>
    public const string EndDeadline = "end";

    public static GrainKind<CustomerProgramView> Kind { get; } =
        new(CustomerProgramKey.Kind, stateShape: 1, CustomerProgramDecisions.Decide, Apply);

    public static CustomerProgramView Apply(CustomerProgramView? program, IEvent happened) =>
        (program, happened) switch
        {
            (null, ProgramCreated e) => Start(e),
            (null, _) => throw Unhandled.Event(CustomerProgramKey.Kind, happened),
            (_, PhaseEntered or ItemCompleted or PhaseOverdue) => program with
            {
                Lifecycle = LifecycleRules.Apply(program.Lifecycle, happened),
            },
            (_, InvitationCreated e) => program with { Invitations = Add(program.Invitations, e) },
            (_, InvitationRevoked e) => program with
            {
                Invitations = [.. program.Invitations.Where(invitation => invitation.Id != e.Invitation)],
            },
            (_, PersonEnrolled e) => program with
            {
                Enrolled = program.Enrolled + 1,
                PlacesGiven = e.Number,
                Invitations = Used(program.Invitations, e.Invitation, 1),
            },
            (_, PlaceReturned e) => program with
            {
                Enrolled = program.Enrolled - 1,
                Invitations = Used(program.Invitations, e.Invitation, -1),
            },
            (_, ProgramReferralReceived) => program with { Referrals = program.Referrals + 1 },
            (_, ProgramRenewalDue) => program with { Status = ProgramStatus.RenewalDue },
            (_, ProgramRenewed e) => program with
            {
                Status = ProgramStatus.Active,
                Ends = e.Ends,
                RenewalDueAt = e.RenewalDueAt,
            },
            (_, ProgramEnded e) => program with
            {
                Status = ProgramStatus.Ended,
                EndedAt = e.At,
                Reason = e.Reason,
                Invitations = [],
            },
            _ => throw Unhandled.Event(CustomerProgramKey.Kind, happened),
        };

    private static CustomerProgramView Start(ProgramCreated e) =>
        new(
            e.Name,
            e.Partner,
            e.Customer,
            e.Domain,
            e.Type,
            e.Eligibility,
            e.Goals,
            e.Starts,
            e.Ends,
            e.RenewalDueAt,
            e.Capacity,
            e.Template,
            ProgramStatus.Active,
            EndedAt: null,
            Reason: null,
            Enrolled: 0,
            PlacesGiven: 0,
            Referrals: 0,
            Invitations: [],
            new LifecycleView([], [])
        );

    /// <summary>Those that nobody can use any more make room.</summary>
    private static IReadOnlyList<Invitation> Add(IReadOnlyList<Invitation> invitations, InvitationCreated e) =>
        [
            .. invitations.Where(invitation => invitation.IsOpenAt(e.At)),
            new Invitation(e.Invitation, e.Hash, e.Hint, Uses: 0, e.UsesMax, e.ExpiresAt),
        ];

    private static IReadOnlyList<Invitation> Used(IReadOnlyList<Invitation> invitations, InvitationId? id, int uses) =>
        [
            .. invitations.Select(invitation =>
                invitation.Id == id ? invitation with { Uses = invitation.Uses + uses } : invitation
            ),
        ];
}
