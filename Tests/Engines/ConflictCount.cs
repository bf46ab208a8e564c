using EcosystemSilo.Silo;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace EcosystemSilo.Tests.Engines;

/// <summary>Counts the conflicts that silos meet from now on, as their metrics tell.</summary>
internal sealed class ConflictCount
{
    private readonly IReadOnlyList<Total> _counted;
    private readonly long _before;

    public ConflictCount(IReadOnlyList<TestSilo> silos)
    {
        _counted = [.. silos.Select(silo => silo.Services.GetRequiredService<SiloMetrics>().Conflicts)];
        _before = Sum();
    }

    public long Count => Sum() - _before;

    private long Sum() => _counted.Sum(total => total.Count);
}
