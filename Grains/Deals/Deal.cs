using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Lifecycle;

namespace EcosystemSilo.Grains.Deals;

/// <summary>
/// A deal that a partner registered: its approval, its protection at the account, and its four phases. State and fold;
/// the decisions are in <see cref="DealDecisions"/>.
/// </summary>
public static class Deal
{
    public static GrainKind<DealView> Kind { get; } = new(DealKey.Kind, stateShape: 1, DealDecisions.Decide, Apply);

    /// <summary>An open deal holds or waits for its account; a closed one never changes again.</summary>
    public static bool IsOpen(this DealStatus status) =>
        status is DealStatus.Registered or DealStatus.Returned or DealStatus.Approved;

    public static DealView Apply(DealView? deal, IEvent happened) =>
        (deal, happened) switch
        {
            (null, DealRegistered e) => Start(e),
            (null, _) => throw Unhandled.Event(DealKey.Kind, happened),
            (_, PhaseEntered or ItemCompleted or PhaseOverdue) => deal with
            {
                Lifecycle = LifecycleRules.Apply(deal.Lifecycle, happened),
            },
            (_, DealProtected e) => deal with
            {
                Protection = Protection.Protected,
                ProtectedUntil = e.Until,
                QueuePosition = null,
            },
            (_, DealQueued e) => deal with
            {
                Protection = Protection.Queued,
                ProtectedUntil = null,
                QueuePosition = e.Position,
            },
            (_, DealProtectionEnded) => Unprotected(deal),
            (_, DealApproved) => deal with { Status = DealStatus.Approved, Reason = null },
            (_, DealReturned e) => deal with { Status = DealStatus.Returned, Reason = e.Reason },
            (_, DealResubmitted e) => deal with
            {
                Status = DealStatus.Registered,
                Amount = e.Amount ?? deal.Amount,
                Reason = null,
            },
            (_, DealAmountChanged e) => deal with { Amount = e.Amount },
            (_, DealAmountCleared) => deal with { Amount = null },
            (_, DealWithdrawn e) => Unprotected(deal) with { Status = DealStatus.Withdrawn, Reason = e.Reason },
            (_, DealRejected e) => Unprotected(deal) with { Status = DealStatus.Rejected, Reason = e.Reason },
            (_, DealLost e) => Unprotected(deal) with { Status = DealStatus.Lost, Reason = e.Reason },
            (_, DealWon) => deal with { Status = DealStatus.Won },
            (_, DealClaimEnded) => deal,
            _ => throw Unhandled.Event(DealKey.Kind, happened),
        };

    private static DealView Start(DealRegistered e) =>
        new(
            e.Partner,
            e.Customer,
            e.Domain,
            e.Product,
            e.Amount,
            DealStatus.Registered,
            Protection.Pending,
            ProtectedUntil: null,
            QueuePosition: null,
            Reason: null,
            new LifecycleView([], [])
        );

    private static DealView Unprotected(DealView deal) =>
        deal with
        {
            Protection = Protection.None,
            ProtectedUntil = null,
            QueuePosition = null,
        };
}
