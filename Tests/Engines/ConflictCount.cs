using System.Diagnostics.Metrics;
using EcosystemSilo.Silo;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace EcosystemSilo.Tests.Engines;

/// <summary>Counts the conflicts that silos meet, as their metrics tell.</summary>
internal sealed class ConflictCount : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _count;

    public ConflictCount(IReadOnlyList<TestSilo> silos)
    {
        var counters = silos.Select(silo => silo.Services.GetRequiredService<SiloMetrics>().Conflicts).ToHashSet();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is Counter<long> counter && counters.Contains(counter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, measured, _, _) => Interlocked.Add(ref _count, measured));
        _listener.Start();
    }

    public long Count => Interlocked.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
