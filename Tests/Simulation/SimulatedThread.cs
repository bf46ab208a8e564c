using System.Text;

namespace EcosystemSilo.Tests.Simulation;

/// <summary>
/// The one thread of a simulation and its clock. Of all that could go on, the seed chooses what does; when nothing can,
/// time jumps to the next timer. Every choice goes into <see cref="Trace"/>: the same seed leads to the same trace.
/// </summary>
/// <remarks>
/// Silos look after something every second or so, thirty million times a year. So when nothing else has happened for a
/// while, the machine sleeps until something will: their short timers then fire late, as after any suspension.
/// </remarks>
internal sealed class SimulatedThread(int seed)
{
    /// <summary>Steps without any time passing, after which something runs in circles.</summary>
    private const int StepsAtOnceMax = 1_000_000;

    /// <summary>How long the machine stays awake after something from outside: longer than a caller waits.</summary>
    private static readonly TimeSpan AwakeFor = TimeSpan.FromSeconds(15);

    /// <summary>And after a silo's own long timer, which mostly finds nothing to do.</summary>
    private static readonly TimeSpan AwakeBriefly = TimeSpan.FromSeconds(2);

    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _choice = new(seed);
    private readonly List<(SimulatedProcess Process, Task Work)> _runnable = [];
    private readonly PriorityQueue<SimulatedTimer, (long Due, long Number)> _timers = new();
    private readonly PriorityQueue<SimulatedTimer, (long Due, long Number)> _shortTimers = new();
    private readonly Thread _thread = Thread.CurrentThread;
    private long _timersSet;
    private int _stepsAtOnce;
    private DateTimeOffset _awakeUntil = Start + AwakeFor;
    private string? _escape;

    /// <summary>The true time; processes see it through clocks that may be wrong.</summary>
    public DateTimeOffset Now { get; private set; } = Start;

    public long Steps { get; private set; }

    /// <summary>FNV-1a over every choice and every answer.</summary>
    public ulong Trace { get; private set; } = 14695981039346656037;

    public void Run(Task until)
    {
        while (!until.IsCompleted)
        {
            if (_runnable.Count == 0)
            {
                JumpToTheNextTimer();
            }
            else
            {
                Step();
            }

            if (_escape is not null)
            {
                throw new InvalidOperationException(_escape);
            }
        }

        until.GetAwaiter().GetResult();
    }

    public void Note(string happened)
    {
        foreach (var unit in Encoding.UTF8.GetBytes(happened))
        {
            Mix(unit);
        }
    }

    public void Add(SimulatedProcess process, Task work)
    {
        if (IsHere(process.Name))
        {
            _runnable.Add((process, work));
        }
    }

    public void Add(SimulatedTimer timer)
    {
        if (IsHere(timer.Process.Name))
        {
            (timer.IsShort ? _shortTimers : _timers).Enqueue(timer, (timer.Due, _timersSet++));
        }
    }

    /// <summary>Whether the caller is on the simulation's thread; if not, the run fails and tells from where.</summary>
    public bool IsHere(string who)
    {
        if (Thread.CurrentThread == _thread)
        {
            return true;
        }

        Interlocked.CompareExchange(
            ref _escape,
            $"Something of {who} ran on another thread than the simulation's, so that the seed no longer decides "
                + $"what comes next:{Environment.NewLine}{Environment.StackTrace}",
            comparand: null
        );
        return false;
    }

    private void Step()
    {
        var chosen = _choice.Next(_runnable.Count);
        var (process, work) = _runnable[chosen];
        _runnable[chosen] = _runnable[^1];
        _runnable.RemoveAt(_runnable.Count - 1);
        Mix((ulong)chosen);
        Mix((ulong)process.Number);
        Steps++;
        if (++_stepsAtOnce > StepsAtOnceMax)
        {
            throw new InvalidOperationException($"{process.Name} goes on and on while no time passes.");
        }

        process.Execute(work);
    }

    /// <summary>All that is due at the same instant is set going together.</summary>
    private void JumpToTheNextTimer()
    {
        while (_runnable.Count == 0)
        {
            var (next, nextShort) = (NextDue(_timers), NextDue(_shortTimers));
            if (next == long.MaxValue && nextShort == long.MaxValue)
            {
                throw new InvalidOperationException("Nothing can run and no timer is set: something waits for ever.");
            }

            MoveOnTo(nextShort < next && (nextShort <= _awakeUntil.Ticks || next == long.MaxValue) ? nextShort : next);
            if (next <= Now.Ticks)
            {
                FireDue(_timers);
            }

            FireDue(_shortTimers);
        }
    }

    /// <summary>When the first timer is due that is still set.</summary>
    private static long NextDue(PriorityQueue<SimulatedTimer, (long Due, long Number)> timers)
    {
        while (timers.TryPeek(out var timer, out var order))
        {
            if (timer.IsSetFor(order.Due))
            {
                return order.Due;
            }

            timers.Dequeue();
        }

        return long.MaxValue;
    }

    private void FireDue(PriorityQueue<SimulatedTimer, (long Due, long Number)> timers)
    {
        while (NextDue(timers) <= Now.Ticks)
        {
            var timer = timers.Dequeue();
            StayAwake(timer);
            timer.Fire();
        }
    }

    private void StayAwake(SimulatedTimer timer)
    {
        var until =
            Now
            + (
                !timer.Process.IsSilo ? AwakeFor
                : timer.IsShort ? TimeSpan.Zero
                : AwakeBriefly
            );
        _awakeUntil = until > _awakeUntil ? until : _awakeUntil;
    }

    private void MoveOnTo(long due)
    {
        if (due > Now.Ticks)
        {
            Now = new DateTimeOffset(due, TimeSpan.Zero);
            _stepsAtOnce = 0;
            Mix((ulong)due);
        }
    }

    private void Mix(ulong value) => Trace = (Trace ^ value) * 1099511628211;
}
