using System.Security.Cryptography;
using System.Text;
using EcosystemSilo.Gateway.RateLimits;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;

namespace EcosystemSilo.Gateway.Auth;

/// <summary>
/// Finds out whose key a text is. A revoked key is refused from its next request on by the process that revoked it, and
/// by others as soon as they have heard of it, within a poll of the journal.
/// </summary>
public sealed class ApiKeyCheck(IKnownViews views, LookUps lookUps, BootstrapKey bootstrap, TimeProvider clock)
{
    /// <summary>The caller and when the key expires; null for a text that is no valid key.</summary>
    /// <exception cref="RateExceededException">The caller's address named too many that are not known.</exception>
    /// <exception cref="GrainUnavailableException">The key is not known yet and could not be read.</exception>
    public async ValueTask<(Caller Caller, DateTimeOffset? ExpiresAt)?> Find(string text, HttpContext context)
    {
        if (bootstrap.Matches(text))
        {
            return (BootstrapKey.Caller, null);
        }

        if (ApiKeyText.Parse(text) is not { } key)
        {
            return null;
        }

        var grain = ApiKeyKey.Of(key.Ecosystem, key.Id);
        var view = await lookUps.Find<ApiKeyView>(grain, context, context.RequestAborted);
        // Compared also when there is no such key, so that the time taken does not tell.
        var matches = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(key.Hash),
            Encoding.ASCII.GetBytes(view?.Hash ?? key.Secret)
        );
        return matches && view is not null && IsValid(view)
            ? (CallerOf(key.Ecosystem, key.Id, view), view.ExpiresAt)
            : null;
    }

    /// <summary>
    /// Whether what is known of keys is current. When not, a revocation may have been missed.
    /// </summary>
    public bool IsCurrent => views.IsCurrent;

    /// <summary>
    /// The caller as the key stands now; null when it was revoked or has expired. For open sessions and hubs.
    /// </summary>
    public async ValueTask<Caller?> Recheck(EcosystemId ecosystem, ApiKeyId id, CancellationToken cancellation)
    {
        var view = await views.Find<ApiKeyView>(ApiKeyKey.Of(ecosystem, id), cancellation);
        return view is not null && IsValid(view) ? CallerOf(ecosystem, id, view) : null;
    }

    private bool IsValid(ApiKeyView view) =>
        view.RevokedAt is null && (view.ExpiresAt is not { } expiry || clock.GetUtcNow() < expiry);

    private static Caller CallerOf(EcosystemId ecosystem, ApiKeyId id, ApiKeyView view) =>
        new($"key:{id}", view.Name, view.Role, view.Partner, [ecosystem]);
}
