using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace EcosystemSilo.Silo;

/// <summary>The silo's instruments on the meter <c>EcosystemSilo</c>.</summary>
public sealed class SiloMetrics : IDisposable
{
    public const string MeterName = "EcosystemSilo";

    private readonly Meter _meter = new(MeterName);
    private readonly ConcurrentDictionary<string, Func<long?>> _readers = new(StringComparer.Ordinal);
    private long _head;
    private bool _isAnswered = true;
    private double _overdue;
    private long _begun;
    private long _ended;

    public SiloMetrics()
    {
        Commands = _meter.CreateCounter<long>("ecosystemsilo.commands", "{command}", "Commands by kind and outcome.");
        CommandDuration = _meter.CreateHistogram<double>(
            "ecosystemsilo.command.duration",
            "s",
            "From a command's coming to its grain until its answer is durable."
        );
        Conflicts = Observe("ecosystemsilo.conflicts", "{conflict}", "Commits that met a newer version.");
        Overloads = Observe("ecosystemsilo.overloads", "{command}", "Commands refused by a full mailbox.");
        Evictions = Observe("ecosystemsilo.evictions", "{silo}", "Other silos that were given up, as this one saw it.");
        FollowUps = Observe("ecosystemsilo.follow_ups", "{command}", "Commands sent by reactions.");
        Deadlines = Observe("ecosystemsilo.deadlines", "{deadline}", "Deadlines delivered.");
        _meter.CreateObservableGauge(
            "ecosystemsilo.deadlines.overdue",
            () => Volatile.Read(ref _overdue),
            "s",
            "How long the oldest deadline had been due when this process last took some; 0 when there were none."
        );
        _meter.CreateObservableGauge(
            "ecosystemsilo.journal.available",
            () => Volatile.Read(ref _isAnswered) ? 1 : 0,
            "{journal}",
            "Whether the journal answered this process when it last asked: 1 or 0."
        );
        _meter.CreateObservableGauge(
            "ecosystemsilo.reader.lag",
            Lags,
            "{event}",
            "Events that a reader has yet to follow, by reader, in the process that follows with it."
        );
    }

    internal Counter<long> Commands { get; }
    internal Total Conflicts { get; }
    internal Total Overloads { get; }
    internal Total Evictions { get; }
    internal Total FollowUps { get; }
    internal Total Deadlines { get; }
    internal Histogram<double> CommandDuration { get; }

    /// <summary>Commands answered since the start, whatever the answer.</summary>
    internal long Handled => Volatile.Read(ref _ended);

    /// <summary>Commands that came to grains and are not answered yet.</summary>
    internal long UnderWay => Math.Max(0, Volatile.Read(ref _begun) - Volatile.Read(ref _ended));

    /// <summary>
    /// A command has come to its grain. Returns when, or 0 while nobody measures: asking the clock is not for nothing.
    /// </summary>
    internal long Begin()
    {
        Interlocked.Increment(ref _begun);
        return CommandDuration.Enabled ? TimeProvider.System.GetTimestamp() : 0;
    }

    /// <param name="since">What <see cref="Begin"/> returned.</param>
    /// <param name="isReply">Whether it is the grain's own word and not a fault on the way.</param>
    internal void End(long since, bool isReply)
    {
        Interlocked.Increment(ref _ended);
        if (since != 0 && isReply)
        {
            CommandDuration.Record(TimeProvider.System.GetElapsedTime(since).TotalSeconds);
        }
    }

    internal void ObserveActivations(Func<int> count) =>
        _meter.CreateObservableGauge("ecosystemsilo.activations", count, "{grain}", "Grains in memory.");

    /// <param name="position">Null while another process follows.</param>
    internal void ObserveReader(string reader, Func<long?> position) => _readers[reader] = position;

    /// <summary>The journal has answered, and goes at least so far.</summary>
    internal void JournalAnswered(long head)
    {
        Volatile.Write(ref _isAnswered, true);
        Volatile.Write(ref _head, head);
    }

    internal void JournalAway() => Volatile.Write(ref _isAnswered, false);

    internal void DeadlinesDue(TimeSpan oldestSince) => Volatile.Write(ref _overdue, oldestSince.TotalSeconds);

    internal void ObserveParked(Func<int> count) =>
        _meter.CreateObservableGauge("ecosystemsilo.parked", count, "{grain}", "Grains whose follow-ups wait.");

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Lags()
    {
        var head = Volatile.Read(ref _head);
        foreach (var (reader, position) in _readers)
        {
            if (position() is { } reached)
            {
                yield return new(Math.Max(0, head - reached), new KeyValuePair<string, object?>("reader", reader));
            }
        }
    }

    /// <summary>Is there from the start: of one that comes with the first event, nobody sees that it began.</summary>
    private Total Observe(string name, string unit, string description)
    {
        var total = new Total();
        _meter.CreateObservableCounter(name, () => total.Count, unit, description);
        return total;
    }
}

/// <summary>How often something happened since the start, also when it never did.</summary>
internal sealed class Total
{
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public void Add(long more) => Interlocked.Add(ref _count, more);
}
