using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Accounts;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Reactions;

namespace EcosystemSilo.Grains.Accounts;

/// <summary>What an account decides is told to the deal it concerns.</summary>
internal static class AccountReactions
{
    public static Reaction Reaction { get; } =
        new(
            [
                typeof(AccountProtected),
                typeof(ClaimQueued),
                typeof(ClaimMoved),
                typeof(ClaimDenied),
                typeof(ProtectionExpired),
            ],
            React
        );

    private static IEnumerable<FollowUp> React(GrainKey grain, IEvent happened) =>
        happened switch
        {
            AccountProtected e => Tell(grain, e.Deal, new ConfirmProtection(e.Until)),
            ClaimQueued e => Tell(grain, e.Deal, new ConfirmQueued(e.Position)),
            ClaimMoved e => Tell(grain, e.Deal, new ConfirmQueued(e.Position)),
            ClaimDenied e => Tell(grain, e.Deal, new DenyProtection(e.Reason)),
            ProtectionExpired e => Tell(grain, e.Deal, new EndProtection()),
            _ => [],
        };

    private static IEnumerable<FollowUp> Tell(GrainKey account, DealId deal, ICommand answer) =>
        [new FollowUp(DealKey.Of(account.Ecosystem, deal), answer)];
}
