using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Lists;

namespace EcosystemSilo.Silo.Projections;

/// <param name="Born">Position of the first event, the order of lists.</param>
internal sealed record CustomerProgramRow(
    string Id,
    long Born,
    long Version,
    string Name,
    PartnerId Partner,
    string Customer,
    ProgramType Type,
    ProgramStatus Status,
    DateTimeOffset Ends,
    int Enrolled,
    int? Capacity,
    int Referrals,
    CardStay Stay
) : IOwnedRow
{
    /// <summary>The card shows its partner's name, tier and category, which the partner's own row holds.</summary>
    public CustomerProgramCard Card(PartnerRow? partner) =>
        new(
            Id,
            Version,
            Name,
            Partner,
            partner?.Name,
            partner?.Tier,
            partner?.Category,
            Customer,
            Type,
            Status,
            Ends,
            Enrolled,
            Capacity,
            Referrals,
            Stay.Phase,
            Stay.Since,
            Stay.DueAt,
            Stay.Overdue,
            Stay.Gate
        );

    Card IOwnedRow.Card(PartnerRow? partner) => Card(partner);

    public static CustomerProgramRow? Fold(CustomerProgramRow? row, Fact fact) =>
        fact.Version <= row?.Version ? row
        : fact.Body is ProgramCreated created ? Start(created, fact)
        : row is null ? null
        : Happen(row, fact.Body) with { Version = fact.Version };

    private static CustomerProgramRow Happen(CustomerProgramRow row, IEvent body) =>
        body switch
        {
            PersonEnrolled => row with { Enrolled = row.Enrolled + 1 },
            PlaceReturned => row with { Enrolled = row.Enrolled - 1 },
            ProgramReferralReceived => row with { Referrals = row.Referrals + 1 },
            ProgramRenewalDue => row with { Status = ProgramStatus.RenewalDue },
            ProgramRenewed e => row with { Status = ProgramStatus.Active, Ends = e.Ends },
            ProgramEnded => row with { Status = ProgramStatus.Ended },
            _ => row with { Stay = CardStay.Fold(row.Stay, body) },
        };

    private static CustomerProgramRow Start(ProgramCreated created, Fact fact) =>
        new(
            fact.Grain.Id,
            fact.Position,
            fact.Version,
            created.Name,
            created.Partner,
            created.Customer.Name,
            created.Type,
            ProgramStatus.Active,
            created.Ends,
            Enrolled: 0,
            created.Capacity,
            Referrals: 0,
            CardStay.Before(fact.Recorded.At)
        );
}
