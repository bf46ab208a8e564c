using EcosystemSilo.Grains.Interfaces.Blueprints;

namespace EcosystemSilo.Grains.Blueprints;

/// <summary>Tiers form one ladder: ranks 1, 2, 3 …, and no tier asks for less than the one below it.</summary>
internal static class TierRules
{
    public static IEnumerable<BlueprintViolation> Check(BlueprintDocument document) =>
        [.. EntryTier(document), .. Ranks(document.Tiers), .. Ladder(document.Tiers)];

    private static IEnumerable<BlueprintViolation> EntryTier(BlueprintDocument document)
    {
        if (document.Tiers.All(t => t.Id != document.EntryTier))
        {
            var known = Quote.List(document.Tiers.Select(t => t.Id));
            yield return new BlueprintViolation(
                "/entryTier",
                "unknown-tier",
                $"{Quote.Text(document.EntryTier)} is none of the tiers: {known}"
            );
        }
    }

    private static IEnumerable<BlueprintViolation> Ranks(IReadOnlyList<TierRule> tiers)
    {
        var seen = new HashSet<int>();
        for (var at = 0; at < tiers.Count; at++)
        {
            var rank = tiers[at].Rank;
            if (!seen.Add(rank))
            {
                yield return new BlueprintViolation(
                    $"/tiers/{at}/rank",
                    "duplicate-rank",
                    $"another tier has rank {rank}"
                );
            }
            else if (rank > tiers.Count)
            {
                var message = $"{tiers.Count} tiers have the ranks 1 to {tiers.Count}, found {rank}";
                yield return new BlueprintViolation($"/tiers/{at}/rank", "rank-gap", message);
            }
        }
    }

    private static IEnumerable<BlueprintViolation> Ladder(IReadOnlyList<TierRule> tiers)
    {
        var ranked = tiers.Select((tier, at) => (tier, at)).OrderBy(t => t.tier.Rank).ToList();
        foreach (var (higher, lower) in ranked.Zip(ranked.Skip(1)))
        {
            foreach (var (name, asked, askedBelow) in Compared(higher.tier.Requirements, lower.tier.Requirements))
            {
                if ((askedBelow ?? 0) > (asked ?? 0))
                {
                    yield return new BlueprintViolation(
                        $"/tiers/{higher.at}/requirements/{name}",
                        "tier-order",
                        $"{higher.tier.Id} asks for less {name} than {lower.tier.Id}, the tier below it"
                    );
                }
            }
        }
    }

    private static IEnumerable<(string Name, long? Asked, long? AskedBelow)> Compared(
        TierRequirements higher,
        TierRequirements lower
    ) =>
        [
            ("annualCommitment", higher.AnnualCommitment?.Minor, lower.AnnualCommitment?.Minor),
            ("annualInfluencedRevenue", higher.AnnualInfluencedRevenue?.Minor, lower.AnnualInfluencedRevenue?.Minor),
            ("certifiedStaff", higher.CertifiedStaff, lower.CertifiedStaff),
            ("satisfactionPercent", higher.SatisfactionPercent, lower.SatisfactionPercent),
        ];
}
