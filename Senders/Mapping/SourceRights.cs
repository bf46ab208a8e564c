using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Interfaces.Sources;

namespace EcosystemSilo.Senders.Mapping;

/// <summary>
/// What the events of a source may do: what the role that it was given may do itself. Otherwise a signed event would be
/// the way around what its creator may not.
/// </summary>
internal static class SourceRights
{
    /// <summary>Null when the source may; one from before roles were given may what it always did.</summary>
    public static Refusal? Check(SourceView source, ICommand command) =>
        source.Role switch
        {
            null or Role.PartnerManager or Role.EcosystemAdmin => null,
            Role.Integration when command is RegisterPartner or RegisterDeal or ReceiveReferral => null,
            _ => new Refusal(
                Refusals.SourceForbidden,
                "The source's role may register, and not change what is registered; a partner-manager's may.",
                "role"
            ),
        };
}
