using System.Collections.Frozen;

namespace EcosystemSilo.Gateway.Webhooks.Schemes;

/// <summary>Every scheme a source may have. A new sender is one file and one line here.</summary>
public static class WebhookSchemes
{
    private static readonly FrozenDictionary<string, IWebhookScheme> ByName = new IWebhookScheme[]
    {
        new StandardWebhooksScheme(),
        new HubSpotV3Scheme(),
        new CloudEventsScheme(),
    }.ToFrozenDictionary(scheme => scheme.Name, StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>The scheme of this name, or null.</summary>
    public static IWebhookScheme? Find(string name) => ByName.GetValueOrDefault(name);
}
