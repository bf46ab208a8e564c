using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lists;

namespace EcosystemSilo.Silo.Projections;

/// <param name="Born">Position of the first event, the order of lists.</param>
internal sealed record DealRow(
    string Id,
    long Born,
    long Version,
    string Customer,
    PartnerId Partner,
    ProductId Product,
    Money? Amount,
    DealStatus Status,
    Protection Protection,
    CardStay Stay
) : IOwnedRow
{
    /// <summary>The card shows its partner's name, tier and category, which the partner's own row holds.</summary>
    public DealCard Card(PartnerRow? partner) =>
        new(
            Id,
            Version,
            Customer,
            Partner,
            partner?.Name,
            partner?.Tier,
            partner?.Category,
            Product,
            Amount,
            Status,
            Protection,
            Stay.Phase,
            Stay.Since,
            Stay.DueAt,
            Stay.Overdue,
            Stay.Gate
        );

    Card IOwnedRow.Card(PartnerRow? partner) => Card(partner);

    public static DealRow? Fold(DealRow? row, Fact fact) =>
        fact.Version <= row?.Version ? row
        : fact.Body is DealRegistered registered ? Start(registered, fact)
        : row is null ? null
        : Happen(row, fact.Body) with { Version = fact.Version };

    private static DealRow Happen(DealRow row, IEvent body) =>
        body switch
        {
            DealProtected => row with { Protection = Protection.Protected },
            DealQueued => row with { Protection = Protection.Queued },
            DealProtectionEnded => row with { Protection = Protection.None },
            DealApproved => row with { Status = DealStatus.Approved },
            DealReturned => row with { Status = DealStatus.Returned },
            DealResubmitted e => row with { Status = DealStatus.Registered, Amount = e.Amount ?? row.Amount },
            DealAmountChanged e => row with { Amount = e.Amount },
            DealAmountCleared => row with { Amount = null },
            DealWithdrawn => row with { Status = DealStatus.Withdrawn, Protection = Protection.None },
            DealRejected => row with { Status = DealStatus.Rejected, Protection = Protection.None },
            DealLost => row with { Status = DealStatus.Lost, Protection = Protection.None },
            DealWon => row with { Status = DealStatus.Won },
            _ => row with { Stay = CardStay.Fold(row.Stay, body) },
        };

    private static DealRow Start(DealRegistered registered, Fact fact) =>
        new(
            fact.Grain.Id,
            fact.Position,
            fact.Version,
            registered.Customer.Name,
            registered.Partner,
            registered.Product,
            registered.Amount,
            DealStatus.Registered,
            Protection.Pending,
            CardStay.Before(fact.Recorded.At)
        );
}
