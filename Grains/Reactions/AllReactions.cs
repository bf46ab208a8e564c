using EcosystemSilo.Grains.Accounts;
using EcosystemSilo.Grains.CustomerPrograms;
using EcosystemSilo.Grains.Deals;
using EcosystemSilo.Grains.Deliveries;
using EcosystemSilo.Grains.Enrolments;
using EcosystemSilo.Grains.People;

namespace EcosystemSilo.Grains.Reactions;

/// <summary>
/// Every reaction there is. Their order and number are free: ids come from positions, targets and commands.
/// </summary>
public static class AllReactions
{
    public static IReadOnlyList<Reaction> List { get; } =
    [
        DealReactions.Reaction,
        AccountReactions.Reaction,
        DeliveryReactions.Reaction,
        CustomerProgramReactions.Reaction,
        EnrolmentReactions.Reaction,
        PersonReactions.Reaction,
    ];
}
