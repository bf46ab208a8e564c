using System.Threading.RateLimiting;
using EcosystemSilo.Grains.Interfaces;
using Microsoft.Extensions.Options;

namespace EcosystemSilo.Gateway.RateLimits;

/// <summary>
/// Looks up the key or the source that somebody names who has shown nothing yet. One that this process does not know is
/// read from the journal, so an address may name only so many of them; those that exist are known from then on.
/// </summary>
public sealed class LookUps(IKnownViews views, IOptions<RateLimitOptions> limits) : IAsyncDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _byAddress = PartitionedRateLimiter.Create<
        HttpContext,
        string
    >(context =>
        RateLimiting.Bucket(
            $"{context.Connection.RemoteIpAddress}",
            limits.Value.UnknownPerSecond,
            limits.Value.UnknownBurst
        )
    );

    /// <summary>Null when there is none.</summary>
    /// <exception cref="RateExceededException">The caller's address named too many that are not known.</exception>
    /// <exception cref="GrainUnavailableException">It is not known, and the journal does not answer.</exception>
    public ValueTask<TView?> Find<TView>(GrainKey key, HttpContext context, CancellationToken cancellation)
        where TView : class, IView =>
        views.Known<TView>(key) is { } known
            ? ValueTask.FromResult<TView?>(known)
            : Ask<TView>(key, context, cancellation);

    public ValueTask DisposeAsync() => _byAddress.DisposeAsync();

    private async ValueTask<TView?> Ask<TView>(GrainKey key, HttpContext context, CancellationToken cancellation)
        where TView : class, IView
    {
        using var lease = _byAddress.AttemptAcquire(context);
        return lease.IsAcquired ? await views.Find<TView>(key, cancellation) : throw new RateExceededException(lease);
    }
}
