using EcosystemSilo.Silo.Membership;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EcosystemSilo.Silo.Hosting;

/// <summary>Ready is a process from which grains can be asked.</summary>
internal sealed class GrainsCheck(IClusterLink link, IMembershipView membership) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            link.IsConnected && membership.IsFresh
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("No silo is reached.")
        );
}
