using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace EcosystemSilo.Gateway.RateLimits;

/// <summary>
/// One bucket a webhook source, by the route values <c>ecosystem</c> and <c>source</c>. Deliveries are not counted by
/// address, since many senders share one.
/// </summary>
public sealed class SourceLimits(IOptions<RateLimitOptions> limits) : IAsyncDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _bySource = PartitionedRateLimiter.Create<
        HttpContext,
        (object? Ecosystem, object? Source)
    >(context =>
        RateLimiting.Bucket(
            (context.Request.RouteValues["ecosystem"], context.Request.RouteValues["source"]),
            limits.Value.WebhooksPerSecond,
            limits.Value.WebhooksBurst
        )
    );

    /// <summary>Goes on with a delivery, or refuses it.</summary>
    public Task Pass(HttpContext context, RequestDelegate next)
    {
        var exceeded = Exceeded(context);
        return exceeded is null ? next(context) : exceeded.Write(context);
    }

    public ValueTask DisposeAsync() => _bySource.DisposeAsync();

    private RateExceededException? Exceeded(HttpContext context)
    {
        using var lease = _bySource.AttemptAcquire(context);
        return lease.IsAcquired ? null : new RateExceededException(lease);
    }
}
