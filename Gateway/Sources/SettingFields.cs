using EcosystemSilo.Senders.Json;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Gateway.Sources;

/// <summary>Reads the settings of a source as its scheme knows them.</summary>
internal static class SettingFields
{
    public static IReadOnlyDictionary<string, string> Read(Fields fields) =>
        fields.OptionalTexts("settings", GatewayLimits.SettingsMax, WebhookLimits.SettingCharsMax)
        ?? new Dictionary<string, string>();

    /// <summary>The first setting that the scheme does not know, or whose text is not valid.</summary>
    public static FieldProblem? FirstFault(IReadOnlyDictionary<string, string> settings, IWebhookScheme scheme)
    {
        foreach (var (name, text) in settings)
        {
            var field = $"settings.{name}";
            if (scheme.Facts.Settings.FirstOrDefault(setting => setting.Name == name) is not { } known)
            {
                return new FieldProblem(field, FieldCodes.FieldUnknown, $"is no setting of {scheme.Name}.");
            }

            if (known.IsValid?.Invoke(text) == false)
            {
                return new FieldProblem(field, FieldCodes.FieldInvalid, $"must be {known.Rule}.");
            }
        }

        return null;
    }
}
