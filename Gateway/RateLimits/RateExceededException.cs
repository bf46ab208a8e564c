using System.Globalization;
using System.Threading.RateLimiting;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Gateway.RateLimits;

/// <summary>Somebody asked too often: 429, and when to try again.</summary>
public sealed class RateExceededException(RateLimitLease lease) : Exception("Too many requests.")
{
    private readonly TimeSpan _wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after)
        ? after
        : TimeSpan.Zero;

    public Task Write(HttpContext context)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(_wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problems.Write(
            context,
            new Refusal(EdgeCodes.RateExceeded, $"Too many requests; try again in {seconds} s.")
        );
    }
}
