using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Leases;

/// <summary>
/// Work that one process at a time does for all. Held from the moment that the store said so, and never longer than it
/// said: a process that was paused finds its lease over before it does anything else.
/// </summary>
internal sealed class Lease : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly ITimer _end;
    private TaskCompletionSource<CancellationToken> _taken = NewSource();
    private CancellationTokenSource? _term;
    private long _until;
    private long _position;

    public Lease(string name, TimeProvider clock)
    {
        (Name, _clock) = (name, clock);
        _end = clock.CreateTimer(_ => EndIfOver(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public string Name { get; }

    /// <summary>How far whoever follows the journal under the lease has come in this process; for operators.</summary>
    public long Position
    {
        get => Volatile.Read(ref _position);
        set => Volatile.Write(ref _position, value);
    }

    public bool IsHeld
    {
        get
        {
            lock (_gate)
            {
                return _term is not null && _clock.GetTimestamp() < _until;
            }
        }
    }

    /// <summary>Completes when the lease is held here, with what is cancelled as soon as it no longer is.</summary>
    public Task<CancellationToken> Taken()
    {
        lock (_gate)
        {
            return _taken.Task;
        }
    }

    /// <summary>The store has given or prolonged the lease.</summary>
    /// <param name="since">When it was asked, by the clock's timestamp.</param>
    public void Hold(long since, TimeSpan lasting)
    {
        lock (_gate)
        {
            _until = since + (long)(lasting.TotalSeconds * _clock.TimestampFrequency);
            var left = _clock.GetElapsedTime(_clock.GetTimestamp(), _until);
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            _end.Change(left, Timeout.InfiniteTimeSpan);
            if (_term is null)
            {
                _term = new CancellationTokenSource();
                _taken.TrySetResult(_term.Token);
            }
        }
    }

    public void End()
    {
        CancellationTokenSource? over;
        lock (_gate)
        {
            over = _term;
            if (over is null)
            {
                return;
            }

            _term = null;
            _taken = NewSource();
        }

        // Outside the gate: whoever worked under the lease goes on from here.
        over.Cancel();
        over.Dispose();
    }

    public void Dispose()
    {
        End();
        _end.Dispose();
    }

    /// <summary>A timer that was late, or set before the lease was prolonged, must not end it.</summary>
    private void EndIfOver()
    {
        if (!IsHeld)
        {
            End();
        }
    }

    private static TaskCompletionSource<CancellationToken> NewSource() => new(Scheduling.Asynchronously);
}
