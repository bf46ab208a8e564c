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
    private static readonly Refusal Closed = new(
        Refusals.AccountClosed,
        "The customer has bought this product already, so it takes no more registrations.",
        "customer.domain"
    );

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

        foreach (var former in CustomerDomain.FormerForms(command.Customer.Domain))
        {
            if (await CheckFormer(deal.Ecosystem, former, domain, command.Product, cancellation) is { } refusal)
            {
                return refusal;
            }
        }

        var account = AccountKey.Of(deal.Ecosystem, domain, command.Product);
        return await grains.Read<AccountView>(account, ReadAt.Newest, cancellation) is { View.WonBy: not null }
            ? Closed
            : null;
    }

    /// <summary>
    /// What speaks against it at an account of a former name, which other customers may share: a deal of the same one.
    /// </summary>
    private async Task<Refusal?> CheckFormer(
        EcosystemId ecosystem,
        string former,
        string domain,
        ProductId product,
        CancellationToken cancellation
    )
    {
        var key = AccountKey.Of(ecosystem, former, product);
        if (await grains.Read<AccountView>(key, ReadAt.Newest, cancellation) is not { View: var account })
        {
            return null;
        }

        foreach (var id in account.Queue.Append(account.Holder).Select(claim => claim?.Deal).Append(account.WonBy))
        {
            if (
                id is { } claimant
                && await grains.Read<DealView>(DealKey.Of(ecosystem, claimant), ReadAt.Newest, cancellation)
                    is { View.Customer.Domain: var text }
                && CustomerDomain.Normalise(text) == domain
            )
            {
                return claimant == account.WonBy
                    ? Closed
                    : new Refusal(
                        Refusals.NotProtected,
                        "A deal with the customer for this product is open already; register again when it is closed.",
                        "customer.domain"
                    );
            }
        }

        return null;
    }
}
