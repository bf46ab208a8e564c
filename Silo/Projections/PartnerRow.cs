using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Partners;

namespace EcosystemSilo.Silo.Projections;

/// <param name="Born">Position of the first event, the order of lists.</param>
internal sealed record PartnerRow(
    string Id,
    long Born,
    long Version,
    string Name,
    TierId Tier,
    CategoryId Category,
    string? Region,
    CardStay Stay
) : IRow
{
    public PartnerCard Card() =>
        new(Id, Version, Name, Tier, Category, Region, Stay.Phase, Stay.Since, Stay.DueAt, Stay.Overdue, Stay.Gate);

    public static PartnerRow? Fold(PartnerRow? row, Fact fact) =>
        fact.Version <= row?.Version ? row
        : fact.Body is PartnerRegistered registered ? Start(registered, fact)
        : row is null ? null
        : row with { Version = fact.Version, Stay = CardStay.Fold(row.Stay, fact.Body) };

    private static PartnerRow Start(PartnerRegistered registered, Fact fact) =>
        new(
            fact.Grain.Id,
            fact.Position,
            fact.Version,
            registered.Name,
            registered.Tier,
            registered.Category,
            registered.Region,
            CardStay.Before(fact.Recorded.At)
        );
}
