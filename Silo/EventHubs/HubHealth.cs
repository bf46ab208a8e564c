using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.EventHubs;

/// <summary>Whether the hub is read. It says so once when that changes, and again when the reason does.</summary>
internal sealed class HubHealth(HubConnection connection, ILogger<HubHealth> logger)
{
    private readonly ConcurrentDictionary<string, string> _faults = new(StringComparer.Ordinal);

    /// <summary>False until the hub has been reached for the first time.</summary>
    public bool IsReading { get; private set; }

    public bool IsGood => IsReading && _faults.IsEmpty;

    /// <param name="what">A partition, or what is asked of the hub as a whole.</param>
    public void Reached(string what)
    {
        IsReading = true;
        if (_faults.TryRemove(what, out _) && _faults.IsEmpty)
        {
            HubLog.ReachedAgain(logger, connection.Hub);
        }
    }

    public void Failed(string what, Exception fault)
    {
        var reason = HubFaults.Explain(fault);
        var isKnown = _faults.Values.Contains(reason, StringComparer.Ordinal);
        _faults[what] = reason;
        if (!isKnown)
        {
            HubLog.NotReached(logger, connection.Hub, reason, fault);
        }
    }

    /// <summary>A partition that is read elsewhere now is no concern of this process.</summary>
    public void Forget(string what) => _faults.TryRemove(what, out _);
}

/// <summary>
/// A process without the hub still does everything else, so it stays ready and says that it is not as it should be.
/// </summary>
internal sealed class HubCheck(HubHealth health) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            health.IsGood ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("The event hub is not read.")
        );
}
