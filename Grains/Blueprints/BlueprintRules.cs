using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;

namespace EcosystemSilo.Grains.Blueprints;

/// <summary>A rule that a document violates, at a part of it named by a JSON pointer: <c>/tiers/2/rank</c>.</summary>
public sealed record BlueprintViolation(string Path, string Rule, string Message);

/// <summary>What a schema cannot say: how the parts of a document fit together.</summary>
public static class BlueprintRules
{
    /// <summary>Empty when the document is sound.</summary>
    public static IEnumerable<BlueprintViolation> Check(BlueprintDocument document) =>
        [
            .. DuplicateIds("/groups", document.Groups.Select(g => g.Id)),
            .. DuplicateIds("/categories", document.Categories.Select(c => c.Id)),
            .. DuplicateIds("/tiers", document.Tiers.Select(t => t.Id)),
            .. DuplicateIds("/products", document.Products.Select(p => p.Id)),
            .. Categories(document),
            .. Ranges(document),
            .. TierRules.Check(document),
            .. PhaseRules.OfPartners(document),
            .. PhaseRules.OfDeals(document),
            .. PhaseRules.OfPrograms(document),
            .. TemplateRules.Check(document),
            .. Products(document),
            .. Amounts(document),
        ];

    internal static IEnumerable<BlueprintViolation> DuplicateIds(string path, IEnumerable<string> ids)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return ids.Select((id, at) => (id, at))
            .Where(entry => !seen.Add(entry.id))
            .Select(entry => new BlueprintViolation(
                $"{path}/{entry.at}/id",
                "duplicate-id",
                $"{Quote.Text(entry.id)} is the id of another entry"
            ));
    }

    private static IEnumerable<BlueprintViolation> Categories(BlueprintDocument document)
    {
        var groups = document.Groups.Select(g => g.Id).ToHashSet(StringComparer.Ordinal);
        return document
            .Categories.Select((category, at) => (category, at))
            .Where(entry => !groups.Contains(entry.category.Group))
            .Select(entry => new BlueprintViolation(
                $"/categories/{entry.at}/group",
                "unknown-group",
                $"{Quote.Text(entry.category.Group)} is none of the groups: {Quote.List(groups)}"
            ));
    }

    private static IEnumerable<BlueprintViolation> Ranges(BlueprintDocument document)
    {
        var shares = document
            .Categories.Select((c, at) => (Path: $"/categories/{at}", Share: c.RevenueShare))
            .Concat(
                document.Tiers.Select((t, at) => (Path: $"/tiers/{at}", Share: (RevenueShareRange?)t.RevenueShare))
            );
        foreach (
            var (path, _) in shares.Where(s => s.Share is { } share && share.MinBasisPoints > share.MaxBasisPoints)
        )
        {
            yield return Reversed($"{path}/revenueShare/minBasisPoints", "minBasisPoints", "maxBasisPoints");
        }

        foreach (var (category, at) in document.Categories.Select((c, at) => (c, at)))
        {
            if (category.AnnualRevenue is { Max: { } max } revenue && revenue.Min.Minor > max.Minor)
            {
                yield return Reversed($"/categories/{at}/annualRevenue/min", "min", "max");
            }
        }

        var targets = document
            .Groups.Select((g, at) => (Path: $"/groups/{at}", Target: g.PartnerTarget))
            .Concat(document.Categories.Select((c, at) => (Path: $"/categories/{at}", Target: c.PartnerTarget)))
            .Concat(document.Tiers.Select((t, at) => (Path: $"/tiers/{at}", Target: t.PartnerTarget)));
        foreach (var (path, _) in targets.Where(t => t.Target?.Min > t.Target?.Max))
        {
            yield return Reversed($"{path}/partnerTarget/min", "min", "max");
        }
    }

    private static BlueprintViolation Reversed(string path, string min, string max) =>
        new(path, "reversed-range", $"{min} is greater than {max}");

    private static IEnumerable<BlueprintViolation> Products(BlueprintDocument document) =>
        document
            .Products.Select((product, at) => (product, at))
            .Where(entry => entry.product is { ListPriceIsMinimum: true, ListPricePerYear: null })
            .Select(entry => new BlueprintViolation(
                $"/products/{entry.at}/listPriceIsMinimum",
                "missing-price",
                "listPriceIsMinimum needs a listPricePerYear"
            ));

    private static IEnumerable<BlueprintViolation> Amounts(BlueprintDocument document)
    {
        if (!Currencies.Has(document.Currency))
        {
            yield return new BlueprintViolation(
                "/currency",
                "unknown-currency",
                $"{Quote.Text(document.Currency)} is no currency of ISO 4217"
            );
        }

        var foreign = AmountsOf(document)
            .Where(a => a.Amount is { } amount && amount.Currency != document.Currency)
            .Select(a => new BlueprintViolation(
                $"{a.Path}/currency",
                "foreign-currency",
                $"{a.Amount!.Currency} is not the currency of this blueprint, {document.Currency}"
            ));
        foreach (var violation in foreign)
        {
            yield return violation;
        }
    }

    private static IEnumerable<(string Path, Money? Amount)> AmountsOf(BlueprintDocument document)
    {
        foreach (var (category, at) in document.Categories.Select((c, at) => (c, at)))
        {
            yield return ($"/categories/{at}/annualRevenue/min", category.AnnualRevenue?.Min);
            yield return ($"/categories/{at}/annualRevenue/max", category.AnnualRevenue?.Max);
        }

        foreach (var (tier, at) in document.Tiers.Select((t, at) => (t, at)))
        {
            yield return ($"/tiers/{at}/requirements/annualCommitment", tier.Requirements.AnnualCommitment);
            yield return (
                $"/tiers/{at}/requirements/annualInfluencedRevenue",
                tier.Requirements.AnnualInfluencedRevenue
            );
        }

        foreach (var (product, at) in document.Products.Select((p, at) => (p, at)))
        {
            yield return ($"/products/{at}/listPricePerYear", product.ListPricePerYear);
        }
    }
}
