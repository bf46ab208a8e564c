using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Silo.EventHubs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EcosystemSilo.Silo.Hosting;

/// <summary>
/// For whoever runs the process: <c>/health/live</c> says that it runs, <c>/health/ready</c> that it can take requests.
/// Ready are all checks with the tag <see cref="Ready"/>; any project may register one.
/// </summary>
public static class HealthApi
{
    public const string Ready = "ready";

    /// <summary>Adds the checks of what this process does. Needs a silo.</summary>
    public static void AddHealth(this WebApplicationBuilder builder)
    {
        var checks = builder.Services.AddHealthChecks();
        checks.AddCheck<Draining>("running", tags: [Ready], timeout: Limits.ReadyTimeout);
        checks.AddCheck<GrainsCheck>("grains", tags: [Ready], timeout: Limits.ReadyTimeout);
        if (builder.Services.Any(service => service.ServiceType == typeof(HubHealth)))
        {
            checks.AddCheck<HubCheck>("event-hub", tags: [Ready], timeout: Limits.ReadyTimeout);
        }

        if (builder.Services.Role().ServesRequests())
        {
            checks.AddCheck<ReadModelsCheck>("read-models", tags: [Ready], timeout: Limits.ReadyTimeout);
        }
    }

    public static void MapHealth(this WebApplication app)
    {
        var health = app.MapGroup("/health").AllowAnonymous().DisableRateLimiting();
        health.MapHealthChecks("/live", Only(_ => false));
        health.MapHealthChecks("/ready", Only(check => check.Tags.Contains(Ready)));
    }

    private static HealthCheckOptions Only(Func<HealthCheckRegistration, bool> chosen) =>
        new() { Predicate = chosen, ResponseWriter = Write };

    /// <summary>Names and states only: a check's description may quote an address or a file.</summary>
    private static Task Write(HttpContext context, HealthReport report)
    {
        var checks = report.Entries.ToDictionary(entry => entry.Key, entry => Word(entry.Value.Status));
        return context.Response.WriteAsJsonAsync(
            new HealthResponse(Word(report.Status), checks),
            context.RequestAborted
        );
    }

    private static string Word(HealthStatus status) =>
        status switch
        {
            HealthStatus.Healthy => "ready",
            HealthStatus.Degraded => "degraded",
            _ => "not-ready",
        };

    private sealed record HealthResponse(string Status, IReadOnlyDictionary<string, string> Checks);
}

/// <summary>
/// Lists and boards show everything that was in the journal at start; until then they would seem empty.
/// </summary>
internal sealed class ReadModelsCheck(IReadModels models) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            models.CaughtUp.Status switch
            {
                TaskStatus.RanToCompletion => HealthCheckResult.Healthy(),
                TaskStatus.Faulted => HealthCheckResult.Unhealthy("The reader of the journal has stopped."),
                _ => HealthCheckResult.Unhealthy("The reader of the journal is catching up."),
            }
        );
}
