using System.Threading.RateLimiting;

namespace EcosystemSilo.Gateway.Fetching;

/// <summary>
/// The quota that a sender gives one application, of which backfills may take a share. Its windows need not begin when
/// the sender's do: where they differ the sender says 429, and that is honoured.
/// </summary>
internal sealed class VendorQuota(IReadOnlyList<QuotaRule> rules)
{
    private readonly FixedWindowRateLimiter[] _all = [.. rules.Select(rule => Limiter(rule, share: 1))];
    private readonly FixedWindowRateLimiter[] _past = [.. rules.Select(rule => Limiter(rule, FetchLimits.ShareOfPast))];

    /// <returns>How long to wait; null when the question may be asked now.</returns>
    public TimeSpan? Take(bool isPast)
    {
        foreach (var limiter in isPast ? _past.Concat(_all) : _all)
        {
            limiter.TryReplenish();
            using var lease = limiter.AttemptAcquire();
            if (!lease.IsAcquired)
            {
                return lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
            }
        }

        return null;
    }

    /// <summary>Without a timer of its own, so that it can simply be forgotten.</summary>
    private static FixedWindowRateLimiter Limiter(QuotaRule rule, double share) =>
        new(
            new FixedWindowRateLimiterOptions
            {
                PermitLimit = (int)(rule.Requests * share),
                Window = rule.Window,
                QueueLimit = 0,
                AutoReplenishment = false,
            }
        );
}
