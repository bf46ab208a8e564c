using System.Collections.Concurrent;
using System.Security.Cryptography;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Senders.Secrets;

namespace EcosystemSilo.Senders.Outbound;

/// <summary>How a receiver can tell that a notification is ours (Standard Webhooks, "Signature scheme").</summary>
public enum SignatureKind
{
    /// <summary>HMAC-SHA256 with a secret that both sides know: v1.</summary>
    Hmac,

    /// <summary>An ed25519 key pair of which the receiver gets the public half: v1a.</summary>
    Ed25519,
}

/// <summary>Makes, seals and opens the secrets that notifications are signed with.</summary>
public sealed class SigningSecrets(SecretBox box, TimeProvider clock)
{
    private const int SecretBytes = 32;
    private const int HintLength = 4;

    private readonly ConcurrentDictionary<string, SourceSecret> _opened = new(StringComparer.Ordinal);

    public static bool IsSupported(SignatureKind kind) => kind == SignatureKind.Hmac || Ed25519.IsSupported;

    public SealedSecret Make(SignatureKind kind, GrainKey endpoint)
    {
        var prefix =
            kind == SignatureKind.Hmac ? StandardWebhooksScheme.SecretPrefix : StandardWebhooksScheme.PrivateKeyPrefix;
        var text = prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));
        return new SealedSecret(
            box.Seal(text, endpoint.ToString()),
            ForReceiver(text)[^HintLength..],
            clock.GetUtcNow()
        );
    }

    /// <summary>What the receiver verifies with: the secret itself, or the public half of a pair.</summary>
    public string Reveal(SealedSecret secret, GrainKey endpoint) =>
        ForReceiver(box.Open(secret.Sealed, endpoint.ToString()));

    /// <summary>The secrets to sign with now: several while a rotation overlaps.</summary>
    public IReadOnlyList<SourceSecret> ValidNow(GrainKey endpoint, IReadOnlyList<SealedSecret> secrets)
    {
        var now = clock.GetUtcNow();
        return
        [
            .. secrets
                .Where(secret => secret.ExpiresAt is null || secret.ExpiresAt > now)
                .Select(secret => Open(secret, endpoint)),
        ];
    }

    private static string ForReceiver(string text) =>
        StandardWebhooksScheme.ReadSigningSecret(text) is { IsPrivate: true } pair
            ? StandardWebhooksScheme.PublicKeyPrefix + Convert.ToBase64String(Ed25519.PublicKey(pair.Key))
            : text;

    private SourceSecret Open(SealedSecret secret, GrainKey endpoint)
    {
        if (_opened.TryGetValue(secret.Sealed, out var opened))
        {
            return opened;
        }

        opened =
            StandardWebhooksScheme.ReadSigningSecret(box.Open(secret.Sealed, endpoint.ToString()))
            ?? throw new InvalidOperationException($"{endpoint} holds a secret that nothing can be signed with.");
        if (_opened.Count >= OutboundLimits.OpenedSecretsMax)
        {
            _opened.Clear();
        }

        return _opened.GetOrAdd(secret.Sealed, opened);
    }
}
