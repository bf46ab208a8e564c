using EcosystemSilo.Grains.Blueprints;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;

namespace EcosystemSilo.Tests.Support;

/// <summary>
/// The smallest rules that have every feature: category-only and optional items, an open-ended last phase.
/// </summary>
public static class StoryRules
{
    private const string Source = "invented for tests";

    public static readonly CategoryId Hospital = new("hospital");
    public static readonly CategoryId Bank = new("bank");
    public static readonly ProductId Enterprise = new("enterprise");
    public static readonly ProductId Starter = new("starter");

    public static BlueprintDocument Document { get; } =
        new(
            Ecosystem: "acme",
            Name: "Acme",
            Title: "Rules for stories",
            Label: "1",
            Currency: "USD",
            Groups: [new GroupRule("all", "All", Source)],
            Categories:
            [
                new CategoryRule("hospital", "Hospital", "all", Source),
                new CategoryRule("bank", "Bank", "all", Source),
            ],
            EntryTier: "silver",
            Tiers: [Tier("gold", rank: 1), Tier("silver", rank: 2)],
            PartnerPhases:
            [
                new PhaseRule(
                    "discovery",
                    "Discovery",
                    [Item("kickoff"), Item("baa", only: "hospital"), Item("tour", required: false)],
                    Source,
                    TimeBoxDays: 7
                ),
                new PhaseRule("integration", "Integration", [Item("api-access")], Source, TimeBoxDays: 21),
                new PhaseRule("launch", "Launch", [Item("pilot")], Source, TimeBoxDays: 28),
                new PhaseRule("scale", "Scale", [Item("review", required: false)], Source),
            ],
            DealPhases:
            [
                new PhaseRule("discovery", "Discovery", [Item("qualify")], Source, TimeBoxDays: 14),
                new PhaseRule("integration", "Integration", [Item("demo")], Source, TimeBoxDays: 30),
                new PhaseRule("launch", "Launch", [], Source, TimeBoxDays: 30),
                new PhaseRule("scale", "Scale", [], Source),
            ],
            Products:
            [
                new ProductRule("enterprise", "Enterprise", "All of it", Source),
                new ProductRule("starter", "Starter", "Some of it", Source),
            ],
            DealRegistration: new DealRegistrationRule(
                ProtectionDays: 90,
                ApprovalHours: 48,
                QueueRule: "first-right-of-refusal",
                FirstRefusalDays: 5,
                Approvers: ["partner-manager"],
                UnlistedProductsAllowed: false,
                Source
            ),
            ProgramPhases:
            [
                new PhaseRule("discovery", "Discovery", [Item("goals")], Source, TimeBoxDays: 14),
                new PhaseRule("integration", "Integration", [], Source, TimeBoxDays: 30),
                new PhaseRule("launch", "Launch", [], Source, TimeBoxDays: 30),
                new PhaseRule("scale", "Scale", [], Source),
            ],
            ProgramTerms: new ProgramTermsRule(RenewalNoticeDays: 30, EnrolmentOpensIn: Phase.Launch, Source),
            Outcomes: new OutcomesRule(SmallestCell: 11, Source),
            Templates:
            [
                new TemplateRule(
                    "apple-health",
                    "Apple Health",
                    "hospital",
                    ProgramType.ConsumerWellness,
                    "healthkit",
                    [new TemplateItemRule("data-types", "The data-types", Phase.Discovery, Required: true, Source)],
                    Source
                ),
            ]
        );

    public static PublishedBlueprint Published { get; } = new(Version: 3, Document);

    public static RegisterPartner Register { get; } = new("St Mary", Bank, "emea");

    private static ChecklistItemRule Item(string id, bool required = true, string? only = null) =>
        new(id, $"The {id}", required, Source, only is null ? null : [only]);

    private static TierRule Tier(string id, int rank) =>
        new(id, id, rank, new RevenueShareRange(1000, 2000), new TierRequirements(), [], Source);
}
