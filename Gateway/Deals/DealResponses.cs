using EcosystemSilo.Gateway.Lifecycle;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;

namespace EcosystemSilo.Gateway.Deals;

/// <summary>A deal with its protection and where it stands in its four phases.</summary>
/// <param name="Version">Moves with every change; also the ETag.</param>
/// <param name="PartnerName">Absent when the partner is not known here.</param>
/// <param name="Domain">The customer's domain in the form that tells customers apart.</param>
/// <param name="Protection">Whether it holds its account; pending until the account has answered.</param>
/// <param name="QueuePosition">1 for the next in line.</param>
/// <param name="Reason">Why it was returned, withdrawn, rejected or lost.</param>
public sealed record DealResponse(
    DealId Id,
    long Version,
    PartnerId Partner,
    string? PartnerName,
    Customer Customer,
    string Domain,
    ProductId Product,
    Money? Amount,
    DealStatus Status,
    Protection Protection,
    DateTimeOffset? ProtectedUntil,
    int? QueuePosition,
    string? Reason,
    Phase Phase,
    DateTimeOffset Since,
    DateTimeOffset? DueAt,
    bool Overdue,
    IReadOnlyList<PhaseVisit> Phases,
    IReadOnlyList<ChecklistItem> Checklist,
    GateResponse Gate
)
{
    public static DealResponse Of(string id, Versioned<DealView> deal, string? partnerName)
    {
        var (view, current) = (deal.View, deal.View.Lifecycle.Current);
        return new DealResponse(
            new DealId(id),
            deal.Version,
            view.Partner,
            partnerName,
            view.Customer,
            view.Domain,
            view.Product,
            view.Amount,
            view.Status,
            view.Protection,
            view.ProtectedUntil,
            view.QueuePosition,
            view.Reason,
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
