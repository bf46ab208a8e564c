using System.Threading.RateLimiting;
using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Senders.Fetching;

/// <summary>The quotas of one source: its application's, and where the sender counts by person, everybody's.</summary>
internal sealed class VendorQuotas(IReadOnlyList<QuotaRule> rules)
{
    private readonly Lock _gate = new();
    private readonly VendorQuota _ofAll = new(rules.Where(rule => !rule.IsPerPerson));
    private readonly QuotaRule[] _ofOne = [.. rules.Where(rule => rule.IsPerPerson)];
    private readonly Dictionary<GrainKey, VendorQuota> _people = [];

    /// <returns>How long to wait; null when the question may be asked now.</returns>
    public TimeSpan? Take(GrainKey stream, bool isPast)
    {
        lock (_gate)
        {
            return VendorQuota.Take(
                _ofOne.Length == 0 ? _ofAll.Of(isPast) : Person(stream).Of(isPast).Concat(_ofAll.Of(isPast))
            );
        }
    }

    private VendorQuota Person(GrainKey stream)
    {
        if (_people.TryGetValue(stream, out var known))
        {
            return known;
        }

        if (_people.Count >= FetchLimits.PeopleMax)
        {
            _people.Clear();
        }

        return _people[stream] = new VendorQuota(_ofOne);
    }
}

/// <summary>
/// The quota that a sender gives one application, of which backfills may take a share. Its windows need not begin when
/// the sender's do: where they differ the sender says 429, and that is honoured. Used by one thread at a time.
/// </summary>
internal sealed class VendorQuota(IEnumerable<QuotaRule> rules)
{
    private readonly FixedWindowRateLimiter[] _all = [.. rules.Select(rule => Limiter(rule, share: 1))];
    private readonly FixedWindowRateLimiter[] _past = [.. rules.Select(rule => Limiter(rule, FetchLimits.ShareOfPast))];

    /// <summary>What a question of the kind must pass.</summary>
    public IEnumerable<FixedWindowRateLimiter> Of(bool isPast) => isPast ? _past.Concat(_all) : _all;

    /// <inheritdoc cref="Take(IEnumerable{FixedWindowRateLimiter})"/>
    public TimeSpan? Take(bool isPast) => Take(Of(isPast));

    /// <summary>One of each, or none of any: a question that is not asked costs nothing.</summary>
    /// <returns>How long to wait; null when the question may be asked now.</returns>
    public static TimeSpan? Take(IEnumerable<FixedWindowRateLimiter> limiters)
    {
        var all = limiters.ToList();
        if (all.Max(Wait) is { } longest)
        {
            return longest;
        }

        all.ForEach(limiter => limiter.AttemptAcquire().Dispose());
        return null;
    }

    /// <summary>How long until it gives one; taking nothing asks without taking.</summary>
    private static TimeSpan? Wait(FixedWindowRateLimiter limiter)
    {
        limiter.TryReplenish();
        using var lease = limiter.AttemptAcquire(0);
        return lease.IsAcquired ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after
            : TimeSpan.FromMinutes(1);
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
