using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Sources;

namespace EcosystemSilo.Gateway.Sources;

/// <summary>A webhook source.</summary>
/// <param name="Url">Where the sender posts to.</param>
/// <param name="Secret">Only in the answer that made it; it cannot be shown again.</param>
/// <param name="Secrets">Every secret that is or was valid since the last rotation, by its last characters.</param>
/// <param name="Counts">What became of its deliveries.</param>
public sealed record SourceResponse(
    SourceId Id,
    long Version,
    string Name,
    string Scheme,
    string Url,
    string? Secret,
    SourceMapping Mapping,
    IReadOnlyList<SecretHint> Secrets,
    DeliveryCounts Counts
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
            counts
        );
}
