using Shouldly;

namespace EcosystemSilo.Tests.Blueprints;

/// <summary>The smallest blueprint with one of everything, to be broken one edit at a time.</summary>
internal static class SmallBlueprint
{
    public const string Text = """
        ecosystem: small
        name: Small Program
        title: A program for tests
        label: "1.0"
        currency: USD
        groups:
          - { id: care, name: Care, source: A §Groups, partnerTarget: { min: 1, max: 9 } }
        categories:
          - id: clinic
            name: Clinic
            group: care
            source: A §Categories
            revenueShare: { minBasisPoints: 1000, maxBasisPoints: 2000 }
            annualRevenue: { min: { minor: 100, currency: USD }, max: { minor: 900, currency: USD } }
        entryTier: base
        tiers:
          - id: top
            name: Top
            rank: 1
            revenueShare: { minBasisPoints: 2000, maxBasisPoints: 3000 }
            requirements: { certifiedStaff: 5 }
            benefits: [Reviews, Budget]
            source: A §Tiers
          - id: base
            name: Base
            rank: 2
            revenueShare: { minBasisPoints: 1000, maxBasisPoints: 2000 }
            requirements: { certifiedStaff: 1 }
            benefits: []
            source: A §Tiers
        partnerPhases:
          - id: discovery
            name: Discovery
            timeBoxDays: 7
            source: A §Phases
            checklist:
              - { id: meet, title: Meet, required: true, source: A §Phases }
              - { id: visit, title: Visit, required: false, source: A §Phases, categories: [clinic] }
          - { id: integration, name: Integration, timeBoxDays: 21, checklist: [], source: A §Phases }
          - { id: launch, name: Launch, timeBoxDays: 28, checklist: [], source: A §Phases }
          - { id: scale, name: Scale, checklist: [], source: A §Phases }
        dealPhases:
          - { id: discovery, name: Find, timeBoxDays: 30, checklist: [], source: A §Deals }
          - { id: integration, name: Fit, timeBoxDays: 30, checklist: [], source: A §Deals }
          - { id: launch, name: Start, timeBoxDays: 30, checklist: [], source: A §Deals }
          - { id: scale, name: Grow, checklist: [], source: A §Deals }
        products:
          - id: basic
            name: Basic
            description: The basic product
            source: A §Products
            listPricePerYear: { minor: 5000, currency: USD }
        dealRegistration:
          protectionDays: 90
          approvalHours: 48
          queueRule: first-right-of-refusal
          firstRefusalDays: 14
          approvers: [partner-manager]
          unlistedProductsAllowed: false
          source: A §Deals
        programPhases:
          - id: discovery
            name: Agree
            timeBoxDays: 10
            source: A §Programs
            checklist:
              - { id: goals, title: Goals, required: true, source: A §Programs }
          - { id: integration, name: Try, timeBoxDays: 10, checklist: [], source: A §Programs }
          - { id: launch, name: Invite, timeBoxDays: 10, checklist: [], source: A §Programs }
          - { id: scale, name: Run, checklist: [], source: A §Programs }
        programTerms: { renewalNoticeDays: 60, enrolmentOpensIn: launch, source: A §Programs }
        outcomes: { smallestCell: 11, source: A §Outcomes }
        templates:
          - id: platform
            name: Platform
            category: clinic
            programType: clinical-study
            scheme: fhir
            source: A §Strategic
            checklist:
              - { id: subscribe, title: Subscribe, phase: integration, required: true, source: A §Strategic }
        """;

    /// <summary>The text with its first occurrence of <paramref name="part"/> replaced.</summary>
    public static string With(string part, string replacement)
    {
        var at = Text.IndexOf(part, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, $"the small blueprint has no '{part}'");
        return string.Concat(Text.AsSpan(0, at), replacement, Text.AsSpan(at + part.Length));
    }
}
