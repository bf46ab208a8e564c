namespace EcosystemSilo.Journal;

/// <summary>Reads several histories in one round trip, as <see cref="IJournal.LoadMany"/> describes.</summary>
internal delegate Task<IReadOnlyList<GrainHistory?>> LoadMany(
    IReadOnlyList<string> grains,
    CancellationToken cancellation
);

/// <summary>
/// Gathers the loads that wait while others are under way into the next read, so that grains which start at the same
/// time share a round trip. A load that meets no others goes alone, as soon as the thread pool has a
/// moment.
/// </summary>
/// <remarks>A load never joins a read that has begun, which may not see what was committed before the load.</remarks>
internal sealed class GroupLoading(
    LoadMany loadMany,
    Func<string, CancellationToken, Task<GrainHistory>> loadAlone,
    TimeProvider time
) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly Queue<PendingLoad> waiting = new();
    private readonly TaskCompletionSource ended = new(Scheduling.Asynchronously);
    private int underWay;
    private bool closed;
    private long reads;

    /// <summary>How often the store was asked, for tests.</summary>
    public long Reads => Volatile.Read(ref reads);

    public async Task<GrainHistory> Load(string grain, CancellationToken cancellation)
    {
        var pending = new PendingLoad(grain);
        Enqueue(pending);
        try
        {
            return await pending.Task.WaitAsync(JournalLimits.ReadPatience, time, cancellation);
        }
        catch (TimeoutException late)
        {
            throw new JournalUnavailableException("The journal did not answer in time.", late);
        }
        finally
        {
            // Nobody waits for it any more: it need not be read.
            pending.TrySetCanceled(CancellationToken.None);
        }
    }

    /// <summary>Answers those who wait, and refuses the rest.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            closed = true;
            if (underWay == 0)
            {
                ended.TrySetResult();
            }
        }
        await ended.Task;
    }

    private void Enqueue(PendingLoad pending)
    {
        lock (gate)
        {
            if (closed || waiting.Count >= JournalLimits.LoadsWaitingMax)
            {
                throw new JournalUnavailableException(
                    closed ? "The journal is closed." : "Too many loads are waiting."
                );
            }
            waiting.Enqueue(pending);
            if (underWay == JournalLimits.LoadsAtOnceMax)
            {
                return;
            }
            underWay++;
        }
        _ = Scheduling.Loop(ReadWhileAwaited);
    }

    private async Task ReadWhileAwaited()
    {
        // Who starts at this moment joins, behind the work already queued: a read of one costs as much as one of many.
        await Task.Yield();
        while (NextBatch() is { Length: > 0 } batch)
        {
            await Settle(batch);
        }
    }

    private PendingLoad[] NextBatch()
    {
        var batch = new List<PendingLoad>();
        lock (gate)
        {
            while (batch.Count < JournalLimits.GrainsPerLoadMax && waiting.TryDequeue(out var next))
            {
                if (!next.Task.IsCompleted)
                {
                    batch.Add(next);
                }
            }
            if (batch.Count == 0 && --underWay == 0 && closed)
            {
                ended.TrySetResult();
            }
        }
        return [.. batch];
    }

    private async Task Settle(PendingLoad[] batch)
    {
        // Longer than its callers wait, a read is of no use; the next one finds a connection that answers.
        using var patience = new CancellationTokenSource(JournalLimits.ReadPatience, time);
        PendingLoad[] left = [];
        try
        {
            var since = time.GetTimestamp();
            left = await Read(batch, patience.Token);
            JournalMetrics.Loaded(time.GetElapsedTime(since), batch.Length - left.Length);
        }
        catch (JournalUnavailableException fault)
        {
            Fail(batch, fault.Message, fault);
        }
        catch (OperationCanceledException late) when (patience.IsCancellationRequested)
        {
            Fail(batch, "The journal did not answer in time.", late);
        }
        catch (Exception bug)
        {
            // One load's bug must not fail its neighbours: each is tried alone, and only the guilty one hears of it.
            left = batch.Length > 1 ? batch : [];
            if (batch is [var guilty])
            {
                guilty.TrySetException(bug);
            }
        }
        foreach (var one in left)
        {
            if (!one.Task.IsCompleted)
            {
                await Settle([one]);
            }
        }
    }

    /// <summary>Returns what is to be loaded alone.</summary>
    private async Task<PendingLoad[]> Read(PendingLoad[] batch, CancellationToken cancellation)
    {
        Interlocked.Increment(ref reads);
        if (batch is [var alone])
        {
            alone.TrySetResult(await loadAlone(alone.Grain, cancellation));
            return [];
        }
        var histories = await loadMany(Array.ConvertAll(batch, pending => pending.Grain), cancellation);
        for (var i = 0; i < batch.Length; i++)
        {
            if (histories[i] is { } history)
            {
                batch[i].TrySetResult(history);
            }
        }
        return [.. batch.Where((_, i) => histories[i] is null)];
    }

    private static void Fail(PendingLoad[] batch, string message, Exception cause)
    {
        foreach (var pending in batch)
        {
            pending.TrySetException(new JournalUnavailableException(message, cause));
        }
    }

    /// <summary>A grain and the task its caller awaits; continuations never run in the read.</summary>
    private sealed class PendingLoad(string grain) : TaskCompletionSource<GrainHistory>(Scheduling.Asynchronously)
    {
        public string Grain => grain;
    }
}
