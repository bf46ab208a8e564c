using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.Lifecycle;

namespace EcosystemSilo.Grains.Blueprints;

/// <summary>
/// The questions that deciders ask of a valid document. Null or false: the blueprint has no such rule.
/// </summary>
public static class BlueprintLookups
{
    public static CategoryRule? Category(this BlueprintDocument blueprint, CategoryId id) =>
        blueprint.Categories.FirstOrDefault(c => c.Id == id.Value);

    public static bool HasCategory(this BlueprintDocument blueprint, CategoryId id) =>
        blueprint.Category(id) is not null;

    public static TierRule? Tier(this BlueprintDocument blueprint, TierId id) =>
        blueprint.Tiers.FirstOrDefault(t => t.Id == id.Value);

    /// <summary>The tier in which a new partner starts.</summary>
    public static TierId EntryTierId(this BlueprintDocument blueprint) => new(blueprint.EntryTier);

    /// <summary>The tier one above, or null for the highest and for an unknown tier.</summary>
    public static TierRule? NextTier(this BlueprintDocument blueprint, TierId id) =>
        blueprint.Tier(id) is { } tier ? blueprint.Tiers.FirstOrDefault(t => t.Rank == tier.Rank - 1) : null;

    public static PhaseRule PartnerPhase(this BlueprintDocument blueprint, Phase phase) =>
        blueprint.PartnerPhases[(int)phase];

    public static PhaseRule DealPhase(this BlueprintDocument blueprint, Phase phase) =>
        blueprint.DealPhases[(int)phase];

    /// <summary>Null when the blueprint runs no customer programs.</summary>
    public static PhaseRule? ProgramPhase(this BlueprintDocument blueprint, Phase phase) =>
        blueprint.ProgramPhases?[(int)phase];

    public static TemplateRule? Template(this BlueprintDocument blueprint, TemplateId id) =>
        blueprint.Templates?.FirstOrDefault(t => t.Id == id.Value);

    /// <summary>What the template adds to the checklist of a phase.</summary>
    public static IEnumerable<PhaseItem> Items(this TemplateRule template, Phase phase) =>
        template
            .Checklist.Where(item => item.Phase == phase)
            .Select(item => new PhaseItem(new ItemId(item.Id), item.Title, item.Required));

    /// <summary>How long the phase may take; null: it is ongoing.</summary>
    public static TimeSpan? TimeBox(this PhaseRule phase) =>
        phase.TimeBoxDays is { } days ? TimeSpan.FromDays(days) : null;

    /// <summary>
    /// The checklist of the phase, required and optional items in the blueprint's order: those for everybody and those
    /// for the partner's category. A deal has no category.
    /// </summary>
    public static IReadOnlyList<PhaseItem> Items(this PhaseRule phase, CategoryId? category = null) =>
        [
            .. phase
                .Checklist.Where(item => item.AppliesTo(category))
                .Select(item => new PhaseItem(new ItemId(item.Id), item.Title, item.Required)),
        ];

    public static ProductRule? Product(this BlueprintDocument blueprint, ProductId id) =>
        blueprint.Products.FirstOrDefault(p => p.Id == id.Value);

    /// <summary>Whether a deal may be registered for the product, listed or not.</summary>
    public static bool AcceptsProduct(this BlueprintDocument blueprint, ProductId id) =>
        blueprint.DealRegistration.UnlistedProductsAllowed || blueprint.Product(id) is not null;

    /// <summary>How long an approved registration holds the account.</summary>
    public static TimeSpan Protection(this DealRegistrationRule terms) => TimeSpan.FromDays(terms.ProtectionDays);

    /// <summary>How long a registration may wait for its decision.</summary>
    public static TimeSpan ApprovalTime(this DealRegistrationRule terms) => TimeSpan.FromHours(terms.ApprovalHours);

    /// <summary>How long the next in the queue has to take the account over.</summary>
    public static TimeSpan FirstRefusalTime(this DealRegistrationRule terms) =>
        TimeSpan.FromDays(terms.FirstRefusalDays);

    /// <param name="role">For example <c>partner-manager</c>.</param>
    public static bool MayApprove(this DealRegistrationRule terms, string role) =>
        terms.Approvers.Contains(role, StringComparer.Ordinal);

    private static bool AppliesTo(this ChecklistItemRule item, CategoryId? category) =>
        item.Categories is null
        || (category is { } known && item.Categories.Contains(known.Value, StringComparer.Ordinal));
}
