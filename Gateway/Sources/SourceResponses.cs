using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Sources;

namespace EcosystemSilo.Gateway.Sources;

/// <summary>A webhook source.</summary>
/// <param name="Url">Where the sender posts to.</param>
/// <param name="Secret">Only in the answer that made it; it cannot be shown again.</param>
/// <param name="Secrets">Every secret that is or was valid since the last rotation, by its last characters.</param>
/// <param name="Counts">What became of its deliveries.</param>
/// <param name="Settings">What its scheme was told besides; of a secret one only the last characters. Absent in
/// lists.</param>
/// <param name="Role">Whose rights its events have; absent in lists, and for sources that were given none and have
/// those of a partner-manager.</param>
public sealed record SourceResponse(
    SourceId Id,
    long Version,
    string Name,
    string Scheme,
    string Url,
    string? Secret,
    SourceMapping Mapping,
    IReadOnlyList<SecretHint> Secrets,
    DeliveryCounts Counts,
    IReadOnlyDictionary<string, string>? Settings = null,
    Role? Role = null
)
{
    public static SourceResponse Of(
        GrainKey key,
        Versioned<SourceView> source,
        string url,
        DeliveryCounts counts,
        string? secret = null
    ) =>
        new(
            new SourceId(key.Id),
            source.Version,
            source.View.Name,
            source.View.Scheme,
            url,
            secret,
            source.View.Mapping,
            [
                .. source.View.Secrets.Select(sealedSecret => new SecretHint(
                    sealedSecret.Hint,
                    sealedSecret.CreatedAt,
                    sealedSecret.ExpiresAt
                )),
            ],
            counts,
            source.View.Settings.ToDictionary(
                setting => setting.Key,
                setting => setting.Value.Hint is { } hint ? $"…{hint.TrimStart('…')}" : setting.Value.Value
            ),
            source.View.Role
        );
}
