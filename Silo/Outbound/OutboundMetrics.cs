using System.Diagnostics.Metrics;
using EcosystemSilo.Grains.Interfaces.Notifications;

namespace EcosystemSilo.Silo.Outbound;

/// <summary>Instruments of what is sent to endpoints, on the silo's meter.</summary>
internal sealed class OutboundMetrics : IDisposable
{
    private readonly Meter _meter = new(SiloMetrics.MeterName);
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _duration;

    public OutboundMetrics()
    {
        _attempts = _meter.CreateCounter<long>(
            "ecosystemsilo.notification_attempts",
            "{attempt}",
            "Requests to endpoints by outcome: a status class or the word for why there was no answer."
        );
        _duration = _meter.CreateHistogram<double>("ecosystemsilo.notification_duration", "s", "How long they took.");
    }

    public void Attempted(Attempt attempt)
    {
        var outcome = attempt.Error ?? $"{attempt.Status / 100}xx";
        _attempts.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        _duration.Record(attempt.Milliseconds / 1000.0);
    }

    public void ObserveWaiting(Func<long> count) =>
        _meter.CreateObservableGauge(
            "ecosystemsilo.notifications_waiting",
            count,
            "{notification}",
            "Notifications that wait for an attempt, in the process that sends."
        );

    public void Dispose() => _meter.Dispose();
}
