using System.Text.Json.Serialization;
using EcosystemSilo.Grains.Interfaces.Pauses;

namespace EcosystemSilo.Grains.Interfaces.ApiKeys;

/// <summary>What a caller may do. One role a credential; the ecosystem comes with it.</summary>
public enum Role
{
    [JsonStringEnumMemberName("viewer")]
    Viewer,

    [JsonStringEnumMemberName("partner")]
    Partner,

    [JsonStringEnumMemberName("integration")]
    Integration,

    [JsonStringEnumMemberName("partner-manager")]
    PartnerManager,

    [JsonStringEnumMemberName("ecosystem-admin")]
    EcosystemAdmin,
}

/// <param name="Hash">SHA-256 of the key's secret part, base64. The secret has 256 random bits, so no salt is
/// needed.</param>
/// <param name="Partner">The partner whose data a key of role partner may see; required for that role.</param>
[Wire("api-key.issue")]
public sealed record IssueApiKey(
    string Name,
    Role Role,
    PartnerId? Partner,
    string Hash,
    string Prefix,
    DateTimeOffset? ExpiresAt = null
) : ICommand;

[Wire("api-key.revoke")]
public sealed record RevokeApiKey : ICommand, IDespitePause;

[Wire("api-key.issued")]
public sealed record ApiKeyIssued(
    string Name,
    Role Role,
    PartnerId? Partner,
    string Hash,
    string Prefix,
    DateTimeOffset At,
    DateTimeOffset? ExpiresAt
) : IEvent;

[Wire("api-key.revoked")]
public sealed record ApiKeyRevoked(DateTimeOffset At, string By) : IEvent;

[Wire("api-key.view")]
public sealed record ApiKeyView(
    string Name,
    Role Role,
    PartnerId? Partner,
    string Hash,
    string Prefix,
    DateTimeOffset IssuedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt
) : IView;
