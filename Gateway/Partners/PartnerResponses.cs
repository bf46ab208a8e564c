using EcosystemSilo.Gateway.Ecosystems;
using EcosystemSilo.Gateway.Lifecycle;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;

namespace EcosystemSilo.Gateway.Partners;

/// <summary>A partner with where it stands in its four phases.</summary>
/// <param name="Version">Moves with every change; also the ETag.</param>
/// <param name="CategoryName">The category in the blueprint's words.</param>
/// <param name="TierName">The tier in the blueprint's words.</param>
/// <param name="Since">When the current phase was entered.</param>
/// <param name="DueAt">When the current phase's time box ends; absent without one.</param>
/// <param name="Overdue">Whether the time box has ended.</param>
/// <param name="Phases">Every stay in a phase, in order; the last is the current one.</param>
/// <param name="Checklist">The items of all phases entered so far.</param>
/// <param name="Gate">What the current phase still asks for.</param>
public sealed record PartnerResponse(
    PartnerId Id,
    long Version,
    string Name,
    CategoryId Category,
    string CategoryName,
    string? Region,
    TierId Tier,
    string TierName,
    Phase Phase,
    DateTimeOffset Since,
    DateTimeOffset? DueAt,
    bool Overdue,
    IReadOnlyList<PhaseVisit> Phases,
    IReadOnlyList<ChecklistItem> Checklist,
    GateResponse Gate
)
{
    public static PartnerResponse Of(string id, Versioned<PartnerView> partner, ProgramNames names)
    {
        var (view, current) = (partner.View, partner.View.Lifecycle.Current);
        return new PartnerResponse(
            new PartnerId(id),
            partner.Version,
            view.Name,
            view.Category,
            names.Category(view.Category),
            view.Region,
            view.Tier,
            names.Tier(view.Tier),
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
