using System.Diagnostics.Metrics;

namespace EcosystemSilo.Silo;

/// <summary>The silo's instruments on the meter <c>EcosystemSilo</c>.</summary>
public sealed class SiloMetrics : IDisposable
{
    public const string MeterName = "EcosystemSilo";

    private readonly Meter _meter = new(MeterName);

    public SiloMetrics()
    {
        Commands = _meter.CreateCounter<long>("ecosystemsilo.commands", "{command}", "Commands by kind and outcome.");
        Conflicts = _meter.CreateCounter<long>(
            "ecosystemsilo.conflicts",
            "{conflict}",
            "Commits that met a newer version."
        );
        Overloads = _meter.CreateCounter<long>(
            "ecosystemsilo.overloads",
            "{command}",
            "Commands refused by a full mailbox."
        );
        FollowUps = _meter.CreateCounter<long>("ecosystemsilo.follow_ups", "{command}", "Commands sent by reactions.");
        Deadlines = _meter.CreateCounter<long>("ecosystemsilo.deadlines", "{deadline}", "Deadlines delivered.");
    }

    internal Counter<long> Commands { get; }
    internal Counter<long> Conflicts { get; }
    internal Counter<long> Overloads { get; }
    internal Counter<long> FollowUps { get; }
    internal Counter<long> Deadlines { get; }

    internal void ObserveActivations(Func<int> count) =>
        _meter.CreateObservableGauge("ecosystemsilo.activations", count, "{grain}", "Grains in memory.");

    public void Dispose() => _meter.Dispose();
}
