using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Lifecycle;

namespace EcosystemSilo.Grains.Interfaces.Blueprints;

/// <summary>
/// The rules of one partner program, as written in blueprints/*.yaml. Every rule carries the place in its source
/// document ("A §Partner Onboarding", "B §17 Compliance Requirements"). Ids are kebab-case. Optional members that are
/// null mean that the document sets no such rule. All money is in <see cref="Currency"/>.
/// </summary>
/// <param name="Ecosystem">Id of the ecosystem whose rules these are, for example <c>acme</c>.</param>
/// <param name="Label">The author's own version label; the published version number is the blueprint grain's.</param>
/// <param name="EntryTier">Id of the tier in which a new partner starts.</param>
/// <param name="PartnerPhases">Exactly discovery, integration, launch, scale, in this order.</param>
/// <param name="DealPhases">The same four phases for a deal.</param>
/// <param name="ProgramPhases">The same for a customer program; null: customer programs are not run.</param>
/// <param name="Templates">Strategic integrations that can be started as partner, program and source.</param>
public sealed record BlueprintDocument(
    string Ecosystem,
    string Name,
    string Title,
    string Label,
    string Currency,
    IReadOnlyList<GroupRule> Groups,
    IReadOnlyList<CategoryRule> Categories,
    string EntryTier,
    IReadOnlyList<TierRule> Tiers,
    IReadOnlyList<PhaseRule> PartnerPhases,
    IReadOnlyList<PhaseRule> DealPhases,
    IReadOnlyList<ProductRule> Products,
    DealRegistrationRule DealRegistration,
    IReadOnlyList<PhaseRule>? ProgramPhases = null,
    ProgramTermsRule? ProgramTerms = null,
    OutcomesRule? Outcomes = null,
    IReadOnlyList<TemplateRule>? Templates = null
);

/// <summary>A family of partner categories, for example Healthcare Partners.</summary>
public sealed record GroupRule(string Id, string Name, string Source, PartnerTarget? PartnerTarget = null);

/// <summary>A kind of partner: a partner type of document A, an archetype of document B.</summary>
/// <param name="Group">Id of one of the document's groups.</param>
/// <param name="AnnualRevenue">Revenue expected of one partner per year.</param>
/// <param name="Terms">What the partnership consists of, in the words of the document.</param>
public sealed record CategoryRule(
    string Id,
    string Name,
    string Group,
    string Source,
    RevenueShareRange? RevenueShare = null,
    AnnualRevenueRange? AnnualRevenue = null,
    PartnerTarget? PartnerTarget = null,
    IReadOnlyList<string>? Terms = null
);

/// <summary>A level of partnership.</summary>
/// <param name="Rank">1 is the highest tier; ranks run without gaps.</param>
/// <param name="ResponseHours">Promised time to a first answer to a support ticket.</param>
/// <param name="ResolutionHours">Promised time to the solution of a support ticket.</param>
public sealed record TierRule(
    string Id,
    string Name,
    int Rank,
    RevenueShareRange RevenueShare,
    TierRequirements Requirements,
    IReadOnlyList<string> Benefits,
    string Source,
    int? ResponseHours = null,
    int? ResolutionHours = null,
    PartnerTarget? PartnerTarget = null
);

/// <summary>What a partner must show to hold a tier.</summary>
/// <param name="AnnualCommitment">Least revenue a year that the partner commits to in its agreement.</param>
/// <param name="AnnualInfluencedRevenue">Least partner-influenced revenue that a year must show.</param>
/// <param name="CertifiedStaff">Least number of people who hold a valid certification.</param>
/// <param name="SatisfactionPercent">Least customer satisfaction, 0 to 100.</param>
/// <param name="Other">Requirements that a person judges.</param>
public sealed record TierRequirements(
    Money? AnnualCommitment = null,
    Money? AnnualInfluencedRevenue = null,
    int? CertifiedStaff = null,
    int? SatisfactionPercent = null,
    IReadOnlyList<string>? Other = null
);

/// <summary>One of the four phases of a lifecycle: discovery, integration, launch or scale.</summary>
/// <param name="TimeBoxDays">Days until the phase is overdue; null: ongoing, allowed in the last phase only.</param>
public sealed record PhaseRule(
    string Id,
    string Name,
    IReadOnlyList<ChecklistItemRule> Checklist,
    string Source,
    int? TimeBoxDays = null
);

/// <summary>One thing to do in a phase; ids are unique over all phases of a lifecycle.</summary>
/// <param name="Required">True: the phase cannot be left before the item is complete.</param>
/// <param name="Categories">Ids of the categories it applies to; null: to every partner.</param>
public sealed record ChecklistItemRule(
    string Id,
    string Title,
    bool Required,
    string Source,
    IReadOnlyList<string>? Categories = null
);

/// <summary>Something that is sold, and that a deal can be registered for.</summary>
/// <param name="ListPricePerYear">Null: the document names no price.</param>
/// <param name="ListPriceIsMinimum">Whether the price is where it starts, as in "$1M+ per year".</param>
public sealed record ProductRule(
    string Id,
    string Name,
    string Description,
    string Source,
    Money? ListPricePerYear = null,
    bool? ListPriceIsMinimum = null
);

/// <summary>The terms under which a registered deal is protected.</summary>
/// <param name="ProtectionDays">How long an approved registration holds the account.</param>
/// <param name="ApprovalHours">Within how many hours a registration must be decided.</param>
/// <param name="QueueRule">Who follows the holder: <c>first-right-of-refusal</c>, the next in the queue is
/// asked.</param>
/// <param name="FirstRefusalDays">How long the next in the queue has to take the account over.</param>
/// <param name="Approvers">Roles that may approve or reject.</param>
/// <param name="UnlistedProductsAllowed">Whether a deal may name a product that the blueprint does not list.</param>
public sealed record DealRegistrationRule(
    int ProtectionDays,
    int ApprovalHours,
    string QueueRule,
    int FirstRefusalDays,
    IReadOnlyList<string> Approvers,
    bool UnlistedProductsAllowed,
    string Source
);

/// <summary>
/// A share of revenue in basis points (1 % is 100). <c>Of</c> names what is shared, when it is stated.
/// </summary>
public sealed record RevenueShareRange(int MinBasisPoints, int MaxBasisPoints, string? Of = null);

/// <summary>Revenue a year; without Max the range is open, as in "$2M+".</summary>
public sealed record AnnualRevenueRange(Money Min, Money? Max = null);

/// <summary>How many partners the program aims for; without Max the range is open, as in "200+".</summary>
public sealed record PartnerTarget(int Min, int? Max = null);

/// <summary>The terms of every customer program.</summary>
/// <param name="RenewalNoticeDays">How long before its end somebody must decide whether a program goes on.</param>
/// <param name="EnrolmentOpensIn">The phase from which on people can enrol.</param>
public sealed record ProgramTermsRule(int RenewalNoticeDays, Phase EnrolmentOpensIn, string Source);

/// <summary>How outcomes may be shown.</summary>
/// <param name="SmallestCell">A figure about fewer people than this is not shown.</param>
public sealed record OutcomesRule(int SmallestCell, string Source);

/// <summary>A strategic integration: what partner, customer program and webhook source it consists of.</summary>
/// <param name="Category">Category of a partner that is registered with it.</param>
/// <param name="Scheme">Scheme of its webhook source, for example <c>fhir</c>.</param>
/// <param name="Checklist">Items that its program has beside those of every program.</param>
public sealed record TemplateRule(
    string Id,
    string Name,
    string Category,
    ProgramType ProgramType,
    string Scheme,
    IReadOnlyList<TemplateItemRule> Checklist,
    string Source
);

/// <param name="Phase">The phase on whose checklist it stands.</param>
public sealed record TemplateItemRule(string Id, string Title, Phase Phase, bool Required, string Source);
