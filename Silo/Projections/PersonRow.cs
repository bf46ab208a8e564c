using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.People;

namespace EcosystemSilo.Silo.Projections;

/// <summary>Whom a person's use is attributed to. Nothing in it says who the person is.</summary>
/// <param name="Born">Position of the first event, the order of lists.</param>
/// <param name="Consents">The purposes that are agreed to.</param>
internal sealed record PersonRow(
    string Id,
    long Born,
    long Version,
    PartnerId? Partner,
    IReadOnlyList<Purpose> Consents,
    bool HasLedger
) : IRow
{
    /// <summary>The attribution ends with the last consent.</summary>
    public PartnerId? AttributedTo => HasLedger && Consents.Count == 0 ? null : Partner;

    public static PersonRow? Fold(PersonRow? row, Fact fact) =>
        fact.Version <= row?.Version
            ? row
            : (row, fact.Body) switch
            {
                (null, PersonRegistered e) => new PersonRow(
                    fact.Grain.Id,
                    fact.Position,
                    fact.Version,
                    e.Partner,
                    Consents: [],
                    HasLedger: false
                ),
                (null, _) => null,
                (_, ConsentGranted e) => row with
                {
                    Version = fact.Version,
                    Consents = [.. row.Consents.Append(e.Purpose).Distinct()],
                    HasLedger = true,
                },
                (_, ConsentWithdrawn e) => row with
                {
                    Version = fact.Version,
                    Consents = [.. row.Consents.Where(purpose => purpose != e.Purpose)],
                    HasLedger = true,
                },
                (_, PersonErased) => row with { Version = fact.Version, Partner = null, Consents = [] },
                _ => row with { Version = fact.Version },
            };
}
