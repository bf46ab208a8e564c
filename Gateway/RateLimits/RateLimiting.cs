using System.Threading.RateLimiting;
using EcosystemSilo.Gateway.Auth;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace EcosystemSilo.Gateway.RateLimits;

/// <summary>
/// Limits by credentials, and by address for whoever has none. Runs after authentication, so that one tenant's flood is
/// counted against that tenant alone. Webhooks have limits of their own: <see cref="SourceLimits"/>.
/// </summary>
public static class RateLimiting
{
    /// <summary>Buckets are refilled this often, by the share of a second.</summary>
    private static readonly TimeSpan RefillPeriod = TimeSpan.FromMilliseconds(100);

    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddOptions<RateLimitOptions>()
            .Bind(builder.Configuration.GetSection(RateLimitOptions.Section))
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<RateLimitOptions>, RateLimitOptionsCheck>();
        builder.Services.AddSingleton<LookUps>().AddSingleton<SourceLimits>().AddRateLimiter(_ => { });
        builder
            .Services.AddOptions<RateLimiterOptions>()
            .Configure<IOptions<RateLimitOptions>>((limiter, limits) => Configure(limiter, limits.Value));
    }

    private static void Configure(RateLimiterOptions limiter, RateLimitOptions limits)
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            ByCaller(context, limits)
        );
        limiter.OnRejected = (rejected, _) =>
            new ValueTask(new RateExceededException(rejected.Lease).Write(rejected.HttpContext));
    }

    private static RateLimitPartition<string> ByCaller(HttpContext context, RateLimitOptions limits) =>
        Caller.From(context.User) is { } caller
            ? Bucket($"caller {caller.Subject}", limits.RestPerSecond, limits.RestBurst)
            : Bucket($"address {context.Connection.RemoteIpAddress}", limits.AnonymousPerSecond, limits.AnonymousBurst);

    internal static RateLimitPartition<TName> Bucket<TName>(TName name, int perSecond, int burst) =>
        RateLimitPartition.GetTokenBucketLimiter(
            name,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = burst,
                // Slow buckets are refilled by one whole token, less often.
                TokensPerPeriod = Math.Max(1, perSecond / 10),
                ReplenishmentPeriod = perSecond >= 10 ? RefillPeriod : TimeSpan.FromSeconds(1.0 / perSecond),
                QueueLimit = 0,
                AutoReplenishment = true,
            }
        );

    private sealed class RateLimitOptionsCheck : IValidateOptions<RateLimitOptions>
    {
        public ValidateOptionsResult Validate(string? name, RateLimitOptions options)
        {
            var faults = options.Faults().ToList();
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
