using System.Diagnostics;
using System.Reflection;
using EcosystemSilo.Grains.Interfaces.Operations;
using EcosystemSilo.Silo.Activations;
using EcosystemSilo.Silo.Leases;
using EcosystemSilo.Silo.Membership;

namespace EcosystemSilo.Silo.Operations;

/// <summary>What this process says of itself.</summary>
internal sealed class OwnReport(
    ClusterOptions cluster,
    LeaseHolder leases,
    CoreHost cores,
    SiloMetrics metrics,
    CommandWatch watch,
    LogLevels levels
)
{
    private static readonly string Build =
        typeof(OwnReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";

    private static readonly DateTimeOffset Started = StartOfProcess();

    /// <summary>See <see cref="LeaseHolder.Name"/>.</summary>
    public string Name => leases.Name;

    public ProcessReport Take()
    {
        var steps = watch.Look();
        var process = new ProcessView(
            leases.Name,
            $"{cluster.Role}",
            Build,
            Started,
            watch.CpuPercent,
            Environment.WorkingSet,
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            [
                .. cores
                    .ActiveByKind.Where(kind => kind.Count > 0)
                    .OrderByDescending(kind => kind.Count)
                    .Select(kind => new ActiveGrains(kind.Kind, kind.Count)),
            ],
            metrics.Handled,
            metrics.UnderWay,
            metrics.Conflicts.Count,
            metrics.Overloads.Count,
            metrics.Deadlines.Count,
            levels.InForce
        );
        return new ProcessReport(
            process,
            steps,
            [.. leases.Wanted.Select(lease => new Followed(lease.Name, lease.Position))]
        );
    }

    private static DateTimeOffset StartOfProcess()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime.ToUniversalTime());
    }
}
