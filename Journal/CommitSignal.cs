namespace EcosystemSilo.Journal;

/// <summary>
/// Wakes readers when there is something to read: at once for this instance's commits, by one shared poll for those of
/// other processes. It polls only while someone waits.
/// </summary>
/// <param name="lastPosition">What to poll; null when every writer publishes here.</param>
internal sealed class CommitSignal(Func<CancellationToken, Task<long>>? lastPosition, TimeProvider time)
{
    private readonly Lock gate = new();
    private TaskCompletionSource next = NewSource();
    private long newest;
    private int waiters;
    private bool polling;
    private bool closed;

    public void Publish(long position)
    {
        lock (gate)
        {
            if (position <= newest)
            {
                return;
            }
            newest = position;
        }
        WakeAll();
    }

    public async Task Wait(long afterPosition, CancellationToken cancellation)
    {
        Task wake;
        var startPolling = false;
        lock (gate)
        {
            if (closed)
            {
                throw new JournalUnavailableException("The journal is closed.");
            }
            if (newest > afterPosition)
            {
                return;
            }
            wake = next.Task;
            waiters++;
            if (!polling && lastPosition is not null)
            {
                startPolling = polling = true;
            }
        }
        try
        {
            if (startPolling)
            {
                _ = Scheduling.Loop(PollWhileAwaited);
            }
            await wake.WaitAsync(cancellation);
        }
        finally
        {
            lock (gate)
            {
                waiters--;
            }
        }
    }

    /// <summary>Wakes all who wait, for the last time.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
        }
        WakeAll();
    }

    private async Task PollWhileAwaited()
    {
        while (true)
        {
            try
            {
                Publish(await lastPosition!(CancellationToken.None));
            }
            catch (JournalUnavailableException)
            {
                // The readers find out for themselves, and their callers decide how to wait for the store.
                WakeAll();
            }
            await Task.Delay(JournalLimits.PollInterval, time);
            lock (gate)
            {
                if (waiters == 0 || closed)
                {
                    polling = false;
                    return;
                }
            }
        }
    }

    private void WakeAll()
    {
        TaskCompletionSource sleeping;
        lock (gate)
        {
            sleeping = next;
            next = NewSource();
        }
        sleeping.TrySetResult();
    }

    private static TaskCompletionSource NewSource() => new(Scheduling.Asynchronously);
}
