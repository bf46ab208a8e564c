using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Accounts;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Partners;

namespace EcosystemSilo.Senders.Intake;

/// <summary>
/// Answers early what other grains would answer late: a deal of an unknown partner or for a closed account is refused
/// at the door. The account stays the judge: a deal that slips through is rejected by it.
/// </summary>
public sealed class DealRegistration(IGrains grains)
{
    /// <summary>Null when nothing speaks against it, and for a deal that exists: its grain knows a repeat.</summary>
    public async Task<Refusal?> Check(GrainKey deal, RegisterDeal command, CancellationToken cancellation)
    {
        if (await grains.Read<DealView>(deal, ReadAt.Newest, cancellation) is not null)
        {
            return null;
        }

        var partner = PartnerKey.Of(deal.Ecosystem, command.Partner);
        if (await grains.Read<PartnerView>(partner, ReadAt.Newest, cancellation) is null)
        {
            return new Refusal(
                Refusals.PartnerUnknown,
                $"There is no partner '{command.Partner}' in {deal.Ecosystem}.",
                "partner"
            );
        }

        if (CustomerDomain.Normalise(command.Customer.Domain) is not { } domain)
        {
            return null;
        }

        var account = AccountKey.Of(deal.Ecosystem, domain, command.Product);
        return await grains.Read<AccountView>(account, ReadAt.Newest, cancellation) is { View.WonBy: not null }
            ? new Refusal(
                Refusals.AccountClosed,
                "The customer has bought this product already, so it takes no more registrations.",
                "customer.domain"
            )
            : null;
    }
}
