using System.Collections.Frozen;
using EcosystemSilo.Senders.Schemes.Senders;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>Every scheme a source may have. A new sender is one file and one line here.</summary>
public static class WebhookSchemes
{
    private static readonly FrozenDictionary<string, IWebhookScheme> ByName = new IWebhookScheme[]
    {
        new StandardWebhooksScheme(),
        new HubSpotV3Scheme(),
        new CloudEventsScheme(),
        AppUploadScheme.HealthAutoExport,
        AppUploadScheme.HealthConnect,
        AppUploadScheme.HealthKit,
        new DexcomScheme(),
        new FhirScheme(),
        new FitbitScheme(),
        new GarminScheme(),
        new GoogleHealthScheme(),
        new HubSpotLegacyScheme(1),
        new HubSpotLegacyScheme(2),
        new OuraScheme(),
        new PolarScheme(),
        new SalesforceScheme(),
        new StravaScheme(),
        new StripeScheme(),
        new SuuntoScheme(),
        new TerraScheme(),
        new WhoopPartnerScheme(),
        new WhoopScheme(),
        new WithingsScheme(),
    }.ToFrozenDictionary(scheme => scheme.Name, StringComparer.Ordinal);

    public static IReadOnlyCollection<IWebhookScheme> All => ByName.Values;

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>The scheme of this name, or null.</summary>
    public static IWebhookScheme? Find(string name) => ByName.GetValueOrDefault(name);
}
