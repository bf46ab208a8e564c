using EcosystemSilo.Journal;

namespace EcosystemSilo.Tests.Simulation;

/// <summary>
/// A process as far as the world can tell: its own work, timers and clock. It can be killed at any await, and it can be
/// stopped and continued later without noticing.
/// </summary>
/// <param name="skew">How far its clock is ahead of the true time.</param>
internal sealed class SimulatedProcess(SimulatedThread thread, string name, int number, TimeSpan skew)
    : OneThreadScheduler
{
    private readonly List<Task> _held = [];
    private int _stepsLeft = -1;
    private Action? _atLastStep;

    public string Name => name;

    public int Number => number;

    public SimulatedThread Thread => thread;

    public TimeSpan Skew => skew;

    public bool IsSilo => number > 0;

    public bool IsDead { get; private set; }

    public bool IsStopped { get; private set; }

    public TimeProvider Clock => field ??= new SimulatedClock(this);

    /// <summary>Starts work of this process, and completes when that does, unless the process is killed.</summary>
    public Task<T> Run<T>(Func<Task<T>> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    public Task Run(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>kill -9: whatever it was about to do never happens.</summary>
    public void Kill()
    {
        IsDead = true;
        _held.Clear();
    }

    /// <summary>Does something after so many more of its own steps, which is at one of its awaits.</summary>
    public void AfterSteps(int steps, Action then) => (_stepsLeft, _atLastStep) = (steps, then);

    /// <summary>SIGSTOP</summary>
    public void Stop() => IsStopped = true;

    /// <summary>SIGCONT</summary>
    public void Continue()
    {
        IsStopped = false;
        foreach (var work in _held)
        {
            thread.Add(this, work);
        }

        _held.Clear();
    }

    public void Execute(Task work)
    {
        if (IsDead)
        {
            return;
        }

        if (IsStopped)
        {
            _held.Add(work);
            return;
        }

        TryExecuteTask(work);
        if (_stepsLeft > 0 && --_stepsLeft == 0)
        {
            _atLastStep!();
        }
    }

    protected override void QueueTask(Task task)
    {
        if (!IsDead)
        {
            thread.Add(this, task);
        }
    }

    /// <summary>Never in place: the order is the seed's.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}

/// <summary>The clock of one process. Its timers call back as work of that process.</summary>
internal sealed class SimulatedClock(SimulatedProcess process) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        process.Thread.IsHere(process.Name);
        return process.Thread.Now + process.Skew;
    }

    public override long GetTimestamp() => process.Thread.Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(process, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}

internal sealed class SimulatedTimer(SimulatedProcess process, TimerCallback callback, object? state) : ITimer
{
    private const long Never = long.MaxValue;
    private static readonly TimeSpan ShortMax = TimeSpan.FromMinutes(30);
    private TimeSpan _period;

    public SimulatedProcess Process => process;

    /// <summary>When it fires next, in ticks of the true time.</summary>
    public long Due { get; private set; } = Never;

    /// <summary>A silo looks after something, or waits a moment; the world outside never waits in vain.</summary>
    public bool IsShort { get; private set; }

    public bool IsSetFor(long due) => Due == due && !process.IsDead;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        IsShort = process.IsSilo && dueTime <= ShortMax && period <= ShortMax;
        Due = dueTime == Timeout.InfiniteTimeSpan ? Never : (process.Thread.Now + dueTime).Ticks;
        if (Due != Never)
        {
            process.Thread.Add(this);
        }

        return true;
    }

    public void Fire()
    {
        Due = _period > TimeSpan.Zero ? (process.Thread.Now + _period).Ticks : Never;
        if (Due != Never)
        {
            process.Thread.Add(this);
        }

        _ = Task.Factory.StartNew(
            () => callback(state),
            CancellationToken.None,
            TaskCreationOptions.DenyChildAttach,
            process
        );
    }

    public void Dispose() => Due = Never;

    public ValueTask DisposeAsync()
    {
        Due = Never;
        return ValueTask.CompletedTask;
    }
}
