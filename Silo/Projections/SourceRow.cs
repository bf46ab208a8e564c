using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Sources;

namespace EcosystemSilo.Silo.Projections;

/// <param name="Born">Position of the first event, the order of lists.</param>
internal sealed record SourceRow(
    string Id,
    long Born,
    long Version,
    string Name,
    string Scheme,
    SourceMapping Mapping,
    IReadOnlyList<SecretHint> Secrets
) : IRow
{
    public SourceCard Card(DeliveryCounts counts) => new(Id, Version, Name, Scheme, Mapping, Secrets, counts);

    public static SourceRow? Fold(SourceRow? row, Fact fact) =>
        fact.Version <= row?.Version
            ? row
            : (row, fact.Body) switch
            {
                (null, SourceCreated e) => new SourceRow(
                    fact.Grain.Id,
                    fact.Position,
                    fact.Version,
                    e.Name,
                    e.Scheme,
                    e.Mapping,
                    [Hint(e.Secret)]
                ),
                (null, _) => null,
                (_, SecretRotated e) => row with { Version = fact.Version, Secrets = Rotate(row.Secrets, e) },
                (_, MappingChanged e) => row with { Version = fact.Version, Mapping = e.Mapping },
                _ => row with { Version = fact.Version },
            };

    /// <summary>The older secrets get the end of the overlap; those that had run out already are forgotten.</summary>
    private static IReadOnlyList<SecretHint> Rotate(IReadOnlyList<SecretHint> secrets, SecretRotated rotated) =>
        [
            Hint(rotated.Secret),
            .. secrets
                .Where(secret => secret.ExpiresAt is null || secret.ExpiresAt > rotated.Secret.CreatedAt)
                .Select(secret =>
                    secret.ExpiresAt < rotated.OthersExpireAt
                        ? secret
                        : secret with
                        {
                            ExpiresAt = rotated.OthersExpireAt,
                        }
                ),
        ];

    private static SecretHint Hint(SealedSecret secret) => new(secret.Hint, secret.CreatedAt, secret.ExpiresAt);
}
