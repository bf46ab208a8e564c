namespace EcosystemSilo.Journal;

/// <summary>Forgets commands so old that no sender repeats them, a few at a time and beside the appends.</summary>
/// <param name="pruneStep">Removes at most <see cref="JournalLimits.InboxPrunedPerStep"/> entries decided before a
/// time.</param>
internal sealed class InboxPruning(Func<DateTimeOffset, Task<int>> pruneStep, TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private Task loop = Task.CompletedTask;
    private bool isStopped;

    public void Start() => loop = Scheduling.Loop(PruneUntilStopped);

    public async ValueTask DisposeAsync()
    {
        if (!Interlocked.Exchange(ref isStopped, true))
        {
            await stopping.CancelAsync();
            await loop;
            stopping.Dispose();
        }
    }

    private async Task PruneUntilStopped()
    {
        try
        {
            while (true)
            {
                await PruneAll();
                await Task.Delay(JournalLimits.InboxPruneInterval, time, stopping.Token);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The journal closes; what is left is pruned after the next start.
        }
    }

    private async Task PruneAll()
    {
        try
        {
            while (await pruneStep(time.GetUtcNow() - JournalLimits.InboxKept) == JournalLimits.InboxPrunedPerStep)
            {
                stopping.Token.ThrowIfCancellationRequested();
            }
        }
        catch (JournalUnavailableException)
        {
            // Entries kept a little longer do no harm; the next round tries again.
        }
    }
}
