using System.Diagnostics.Metrics;

namespace EcosystemSilo.Silo.EventHubs;

/// <summary>Instruments of the event hub, on the silo's meter.</summary>
internal sealed class HubMetrics : IDisposable
{
    private readonly Meter _meter = new(SiloMetrics.MeterName);
    private readonly Counter<long> _messages;

    public HubMetrics()
    {
        _messages = _meter.CreateCounter<long>(
            "ecosystemsilo.event_hubs.messages",
            "{message}",
            "Messages of the event hub that are in the journal, by what became of them."
        );
    }

    public void ObserveLag(HubPartitions partitions) =>
        _meter.CreateObservableGauge(
            "ecosystemsilo.event_hubs.lag",
            () =>
                partitions.All.Select(partition => new Measurement<long>(
                    partition.Lag,
                    new KeyValuePair<string, object?>("partition", partition.Partition)
                )),
            "{message}",
            "Messages in the event hub that are not in the journal yet, by partition, where it is read."
        );

    public void Count(string outcome) => _messages.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Dispose() => _meter.Dispose();
}
