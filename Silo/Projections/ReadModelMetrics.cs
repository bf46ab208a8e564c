using System.Diagnostics.Metrics;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Projections;

/// <summary>How far lists and boards are behind, on the meter that all of the product shares.</summary>
internal sealed class ReadModelMetrics : IDisposable
{
    private readonly Meter meter = new(SiloMetrics.MeterName);
    private readonly Counter<long> events;
    private readonly Histogram<double> delay;

    public ReadModelMetrics(ReadModels models, SiloMetrics silo)
    {
        events = meter.CreateCounter<long>(
            "ecosystemsilo.readmodels.events",
            "{event}",
            "Events folded into lists and boards."
        );
        delay = meter.CreateHistogram<double>(
            "ecosystemsilo.readmodels.delay",
            "s",
            "From an event's command to its being shown."
        );
        meter.CreateObservableGauge(
            "ecosystemsilo.readmodels.position",
            () => models.Position,
            "{event}",
            "The position that lists and boards have reached."
        );
        silo.ObserveReader("read-models", () => models.Position);
        meter.CreateObservableGauge(
            "ecosystemsilo.dead_letters",
            () => ByEcosystem(models, one => one.DeadLetters()),
            "{delivery}",
            "Dead letters that nobody has replayed with success, by ecosystem."
        );
        meter.CreateObservableGauge(
            "ecosystemsilo.endpoints.disabled",
            () => ByEcosystem(models, one => one.DisabledEndpoints()),
            "{endpoint}",
            "Endpoints that are disabled, by ecosystem."
        );
    }

    /// <summary>One reading a batch, of its oldest event: the longest delay in it.</summary>
    public void Folded(IReadOnlyList<RecordedEvent> batch, DateTimeOffset now)
    {
        events.Add(batch.Count);
        delay.Record((now - batch[0].At).TotalSeconds);
    }

    private static IEnumerable<Measurement<long>> ByEcosystem(ReadModels models, Func<EcosystemModels, long> count) =>
        models.Ecosystems.Select(one => new Measurement<long>(
            count(one),
            new KeyValuePair<string, object?>("ecosystem", one.Name)
        ));

    public void Dispose() => meter.Dispose();
}
