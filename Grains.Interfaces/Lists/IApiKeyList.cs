using EcosystemSilo.Grains.Interfaces.ApiKeys;

namespace EcosystemSilo.Grains.Interfaces.Lists;

public sealed record ApiKeyCard(
    string Id,
    long Version,
    string Name,
    Role Role,
    PartnerId? Partner,
    string Prefix,
    DateTimeOffset IssuedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt
);

/// <summary>The API keys of an ecosystem, without anything that could be used in their place.</summary>
public interface IApiKeyList
{
    Page<ApiKeyCard> Find(EcosystemId ecosystem, PageRequest page);
}
