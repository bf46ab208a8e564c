using System.Collections.Concurrent;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Secrets;

/// <summary>
/// Makes, seals and opens the secrets and settings of webhook sources. Opened secrets are kept at hand for the next
/// delivery.
/// </summary>
public sealed class SourceSecrets(SecretBox box, TimeProvider clock)
{
    private const int HintLength = 4;

    private readonly ConcurrentDictionary<string, SourceSecret> _opened = new(StringComparer.Ordinal);

    /// <summary>Seals the secret that the sender chose, or a fresh one.</summary>
    public SealedSecret Make(IWebhookScheme scheme, GrainKey source, string? chosen)
    {
        var text = chosen ?? scheme.NewSecret();
        return new SealedSecret(box.Seal(text, source.ToString()), text[^HintLength..], clock.GetUtcNow());
    }

    /// <summary>The text as it is shown once, to whoever made it.</summary>
    public string Reveal(SealedSecret secret, GrainKey source) => box.Open(secret.Sealed, source.ToString());

    /// <summary>The secrets that a delivery may be signed with now, the newest first.</summary>
    public IReadOnlyList<SourceSecret> ValidNow(GrainKey source, SourceView view, IWebhookScheme scheme)
    {
        var now = clock.GetUtcNow();
        return
        [
            .. view
                .Secrets.Where(secret => secret.ExpiresAt is null || secret.ExpiresAt > now)
                .Select(secret => Open(secret, source, scheme)),
        ];
    }

    /// <summary>Seals what is secret of the settings.</summary>
    public IReadOnlyDictionary<string, SourceSetting> Seal(
        IWebhookScheme scheme,
        GrainKey source,
        IReadOnlyDictionary<string, string> texts
    ) =>
        texts.ToDictionary(
            setting => setting.Key,
            setting =>
                scheme.Facts.Settings.Any(known => known.Name == setting.Key && known.IsSecret)
                    ? new SourceSetting(box.Seal(setting.Value, Purpose(source, setting.Key)), HintOf(setting.Value))
                    : new SourceSetting(setting.Value),
            StringComparer.Ordinal
        );

    /// <summary>The settings of a source with the secret ones opened.</summary>
    public SourceSettings SettingsOf(GrainKey source, SourceView view) =>
        view.Settings.Count == 0
            ? SourceSettings.None
            : new SourceSettings(
                view.Settings.ToDictionary(
                    setting => setting.Key,
                    setting =>
                        setting.Value.Hint is null
                            ? setting.Value.Value
                            : box.Open(setting.Value.Value, Purpose(source, setting.Key)),
                    StringComparer.Ordinal
                )
            );

    private static string Purpose(GrainKey source, string setting) => $"{source}#{setting}";

    /// <summary>Enough of the end to tell secrets apart, and never a quarter of one.</summary>
    private static string HintOf(string text) => text.Length >= 4 * HintLength ? text[^HintLength..] : "…";

    private SourceSecret Open(SealedSecret secret, GrainKey source, IWebhookScheme scheme)
    {
        if (_opened.TryGetValue(secret.Sealed, out var opened))
        {
            return opened;
        }

        opened =
            scheme.ReadSecret(Reveal(secret, source))
            ?? throw new InvalidOperationException($"{source} holds a secret that is none of its scheme.");
        if (_opened.Count >= SecretLimits.OpenedSecretsMax)
        {
            _opened.Clear();
        }

        return _opened.GetOrAdd(secret.Sealed, opened);
    }
}
