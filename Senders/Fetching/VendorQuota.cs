using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Senders.Fetching;

/// <summary>The quotas of one source: its application's, and where the sender counts by person, everybody's.</summary>
internal sealed class VendorQuotas(IReadOnlyList<QuotaRule> rules)
{
    private readonly VendorQuota _ofAll = new(rules.Where(rule => !rule.IsPerPerson));
    private readonly QuotaRule[] _ofOne = [.. rules.Where(rule => rule.IsPerPerson)];
    private readonly ConcurrentDictionary<GrainKey, VendorQuota> _people = [];

    /// <returns>How long to wait; null when the question may be asked now.</returns>
    public TimeSpan? Take(GrainKey stream, bool isPast)
    {
        if (_ofOne.Length == 0)
        {
            return _ofAll.Take(isPast);
        }

        if (_people.Count >= FetchLimits.PeopleMax)
        {
            _people.Clear();
        }

        return _people.GetOrAdd(stream, _ => new VendorQuota(_ofOne)).Take(isPast) ?? _ofAll.Take(isPast);
    }
}

/// <summary>
/// The quota that a sender gives one application, of which backfills may take a share. Its windows need not begin when
/// the sender's do: where they differ the sender says 429, and that is honoured.
/// </summary>
internal sealed class VendorQuota(IEnumerable<QuotaRule> rules)
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
