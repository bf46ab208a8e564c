using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Accounts;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Reactions;

namespace EcosystemSilo.Grains.Deals;

/// <summary>A registered deal claims its account; a closed one gives it back or, when won, closes it.</summary>
internal static class DealReactions
{
    public static Reaction Reaction { get; } = new([typeof(DealRegistered), typeof(DealClaimEnded)], React);

    private static IEnumerable<FollowUp> React(GrainKey grain, IEvent happened)
    {
        var deal = new DealId(grain.Id);
        return happened switch
        {
            DealRegistered e =>
            [
                new FollowUp(AccountKey.Of(grain.Ecosystem, e.Domain, e.Product), new ClaimAccount(deal, e.Partner)),
            ],
            DealClaimEnded e =>
            [
                new FollowUp(
                    AccountKey.Of(grain.Ecosystem, e.Domain, e.Product),
                    e.Won ? new CloseAccount(deal) : new ReleaseAccount(deal)
                ),
            ],
            _ => [],
        };
    }
}
