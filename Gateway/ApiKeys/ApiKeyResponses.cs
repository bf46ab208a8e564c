using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.Lists;

namespace EcosystemSilo.Gateway.ApiKeys;

/// <summary>An API key without anything that could be used in its place.</summary>
/// <param name="Prefix">The start of the key's text, to tell keys apart.</param>
public record ApiKeyResponse(
    ApiKeyId Id,
    long Version,
    string Name,
    Role Role,
    PartnerId? Partner,
    string Prefix,
    DateTimeOffset IssuedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt
)
{
    public static ApiKeyResponse Of(string id, Versioned<ApiKeyView> key) =>
        new(
            new ApiKeyId(id),
            key.Version,
            key.View.Name,
            key.View.Role,
            key.View.Partner,
            key.View.Prefix,
            key.View.IssuedAt,
            key.View.ExpiresAt,
            key.View.RevokedAt
        );

    public static ApiKeyResponse Of(ApiKeyCard card) =>
        new(
            new ApiKeyId(card.Id),
            card.Version,
            card.Name,
            card.Role,
            card.Partner,
            card.Prefix,
            card.IssuedAt,
            card.ExpiresAt,
            card.RevokedAt
        );
}

/// <summary>An API key as it is issued: the only time that its text is shown.</summary>
public sealed record IssuedKeyResponse : ApiKeyResponse
{
    public IssuedKeyResponse(ApiKeyResponse issued, string? key)
        : base(issued) => Key = key;

    /// <summary>
    /// The whole key, to be kept by the caller; absent in the answer to a repeated request, because nobody here knows
    /// it any more.
    /// </summary>
    public string? Key { get; }
}
