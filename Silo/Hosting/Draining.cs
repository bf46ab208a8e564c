using EcosystemSilo.Silo.Membership;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace EcosystemSilo.Silo.Hosting;

/// <summary>
/// The time between being told to stop and stopping: the process says that it is not ready and still answers, until
/// whoever spreads requests has noticed.
/// </summary>
internal sealed class Draining(ClusterOptions options, IHostApplicationLifetime lifetime) : IHealthCheck
{
    private int signals;

    public bool HasBegun => Volatile.Read(ref signals) > 0;

    /// <summary>Told to stop; told a second time it does not wait.</summary>
    public async Task Begin()
    {
        var isFirst = Interlocked.Increment(ref signals) == 1;
        if (isFirst && lifetime.ApplicationStarted.IsCancellationRequested)
        {
            await Wait();
        }
        lifetime.StopApplication();
    }

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            HasBegun || lifetime.ApplicationStopping.IsCancellationRequested
                ? HealthCheckResult.Unhealthy("The process stops.")
                : HealthCheckResult.Healthy()
        );

    private async Task Wait()
    {
        try
        {
            await Task.Delay(options.DrainTimeOfRole, TimeProvider.System, lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException)
        {
            // Stopped meanwhile, by a second signal or by a part that failed.
        }
    }
}
