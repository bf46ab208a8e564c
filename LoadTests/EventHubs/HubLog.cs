namespace EcosystemSilo.LoadTests.EventHubs;

/// <summary>The messages of one partition, which stay where they are for whoever reads them.</summary>
internal sealed class HubLog
{
    private readonly Lock _lock = new();
    private readonly List<(HubEvent Event, DateTime At)> _appended = [];
    private readonly DateTime _made = TimeProvider.System.GetUtcNow().UtcDateTime;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<long, HubEvent>? _make;
    private long _madeCount;

    public long Count
    {
        get
        {
            lock (_lock)
            {
                return _madeCount + _appended.Count;
            }
        }
    }

    /// <summary>So many messages that are made when they are read, since a million would not fit into memory.</summary>
    public void Begin(long count, Func<long, HubEvent> make)
    {
        lock (_lock)
        {
            (_madeCount, _make) = (count, make);
            Signal();
        }
    }

    public long Append(HubEvent appended)
    {
        lock (_lock)
        {
            _appended.Add((appended, TimeProvider.System.GetUtcNow().UtcDateTime));
            Signal();
            return _madeCount + _appended.Count - 1;
        }
    }

    public (HubEvent Event, DateTime At) At(long sequence)
    {
        lock (_lock)
        {
            return sequence < _madeCount ? (_make!(sequence), _made) : _appended[(int)(sequence - _madeCount)];
        }
    }

    /// <summary>Completes when there is a message of this number.</summary>
    public async Task Wait(long sequence, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (sequence < _madeCount + _appended.Count)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellation);
        }
    }

    private void Signal()
    {
        _changed.SetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
