using System.Collections.Concurrent;
using EcosystemSilo.Gateway.Webhooks.Schemes;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Sources;

namespace EcosystemSilo.Gateway.Sources;

/// <summary>
/// Makes, seals and opens the secrets of webhook sources. Opened ones are kept at hand for the next delivery.
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

    private SourceSecret Open(SealedSecret secret, GrainKey source, IWebhookScheme scheme)
    {
        if (_opened.TryGetValue(secret.Sealed, out var opened))
        {
            return opened;
        }

        opened =
            scheme.ReadSecret(Reveal(secret, source))
            ?? throw new InvalidOperationException($"{source} holds a secret that is none of its scheme.");
        if (_opened.Count >= GatewayLimits.OpenedSecretsMax)
        {
            _opened.Clear();
        }

        return _opened.GetOrAdd(secret.Sealed, opened);
    }
}
