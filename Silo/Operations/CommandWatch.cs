using System.Diagnostics.Metrics;
using EcosystemSilo.Silo.Activations;

namespace EcosystemSilo.Silo.Operations;

/// <summary>
/// Measures commands in steps of time while somebody looks, and not at all otherwise: it listens to the instrument that
/// the silo has for whoever wants to know.
/// </summary>
internal sealed class CommandWatch : IDisposable
{
    private readonly SiloMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ITimer _ticks;
    private readonly Lock _gate = new();
    private readonly long[] _counts = new long[CommandTimes.Classes];
    private readonly Queue<MeasuredStep> _steps = new();
    private readonly ProcessLoad _load;
    private MeterListener? _listener;
    private long _lookedAt;
    private long _stepBegun;

    public CommandWatch(SiloMetrics metrics, WaitClock waits)
    {
        (_metrics, _clock) = (metrics, waits.Provider);
        _load = new ProcessLoad(_clock);
        _ticks = _clock.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool IsMeasuring
    {
        get
        {
            lock (_gate)
            {
                return _listener is not null;
            }
        }
    }

    /// <summary>See <see cref="ProcessLoad.CpuPercent"/>.</summary>
    public double? CpuPercent
    {
        get
        {
            lock (_gate)
            {
                return _load.CpuPercent;
            }
        }
    }

    /// <summary>The last steps, oldest first. The first look begins to measure.</summary>
    public IReadOnlyList<MeasuredStep> Look()
    {
        lock (_gate)
        {
            _lookedAt = _clock.GetTimestamp();
            if (_listener is null)
            {
                Begin();
            }

            return [.. _steps];
        }
    }

    public void Dispose()
    {
        _ticks.Dispose();
        _listener?.Dispose();
    }

    private void Begin()
    {
        _listener = new MeterListener();
        _listener.SetMeasurementEventCallback<double>(
            (_, seconds, _, _) => Interlocked.Increment(ref _counts[CommandTimes.ClassOf(seconds)])
        );
        _listener.EnableMeasurementEvents(_metrics.CommandDuration);
        _stepBegun = _clock.GetTimestamp();
        _load.Begin();
        SetTick();
    }

    /// <summary>Steps end at the same moments in all processes, so that theirs can be added.</summary>
    private void SetTick()
    {
        var into = TimeSpan.FromTicks(_clock.GetUtcNow().UtcTicks % OperationsLimits.Step.Ticks);
        _ticks.Change(OperationsLimits.Step - into, Timeout.InfiniteTimeSpan);
    }

    private void Tick()
    {
        lock (_gate)
        {
            if (_listener is null)
            {
                return;
            }

            EndStep();
            if (_clock.GetElapsedTime(_lookedAt) < OperationsLimits.LookedAtFor)
            {
                SetTick();
                return;
            }

            _listener.Dispose();
            _listener = null;
            _steps.Clear();
        }
    }

    private void EndStep()
    {
        var now = _clock.GetTimestamp();
        var times = new List<TimeClass>();
        for (var number = 0; number < _counts.Length; number++)
        {
            if (Interlocked.Exchange(ref _counts[number], 0) is var count and > 0)
            {
                times.Add(new TimeClass(number, count));
            }
        }

        // A timer is never early by much; half a step back is surely in the step that ends.
        var within = _clock.GetUtcNow() - (OperationsLimits.Step / 2);
        var seconds = _clock.GetElapsedTime(_stepBegun, now).TotalSeconds;
        _steps.Enqueue(new MeasuredStep(within.UtcTicks / OperationsLimits.Step.Ticks, seconds, times));
        while (_steps.Count > OperationsLimits.StepsKept)
        {
            _steps.Dequeue();
        }

        _stepBegun = now;
        _load.Note();
    }
}

/// <summary>How busy this process keeps its processors.</summary>
internal sealed class ProcessLoad(TimeProvider clock)
{
    private TimeSpan _used;
    private long _since;

    /// <summary>Of all processors together, from one note to the next; null before there were two.</summary>
    public double? CpuPercent { get; private set; }

    public void Begin()
    {
        CpuPercent = null;
        (_used, _since) = (Environment.CpuUsage.TotalTime, clock.GetTimestamp());
    }

    public void Note()
    {
        var (used, now) = (Environment.CpuUsage.TotalTime, clock.GetTimestamp());
        var time = clock.GetElapsedTime(_since, now) * Environment.ProcessorCount;
        if (time > TimeSpan.Zero)
        {
            CpuPercent = Math.Round(100 * (used - _used) / time, 1);
        }

        (_used, _since) = (used, now);
    }
}
