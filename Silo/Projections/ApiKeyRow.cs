using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.Lists;

namespace EcosystemSilo.Silo.Projections;

/// <param name="Born">Position of the first event, the order of lists.</param>
internal sealed record ApiKeyRow(long Born, ApiKeyCard Card) : IRow
{
    public string Id => Card.Id;

    public static ApiKeyRow? Fold(ApiKeyRow? row, Fact fact) =>
        fact.Version <= row?.Card.Version
            ? row
            : (row, fact.Body) switch
            {
                (null, ApiKeyIssued e) => new ApiKeyRow(
                    fact.Position,
                    new ApiKeyCard(
                        fact.Grain.Id,
                        fact.Version,
                        e.Name,
                        e.Role,
                        e.Partner,
                        e.Prefix,
                        e.At,
                        e.ExpiresAt,
                        RevokedAt: null
                    )
                ),
                (null, _) => null,
                (_, ApiKeyRevoked e) => row with { Card = row.Card with { Version = fact.Version, RevokedAt = e.At } },
                _ => row,
            };
}
