using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Leases;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Projections;

/// <summary>
/// Follows the journal by position and keeps the read models a fold of it. Rows and checkpoint are saved behind, in one
/// transaction; after a crash the events since the last save are simply read again. Every process follows for its own
/// lists and boards; the one with the lease saves.
/// </summary>
internal sealed class ReadModelReader(
    IJournal journal,
    ReadModels models,
    LeaseHolder leases,
    BoardPulse pulse,
    ReadModelMetrics metrics,
    TimeProvider time,
    ILogger<ReadModelReader> log
) : BackgroundService, IReadModels
{
    /// <summary>
    /// Under this name rows and checkpoint are saved. A row of another shape needs another name: a rebuild.
    /// </summary>
    public const string Name = "read-models-2";

    private readonly TaskCompletionSource caughtUp = NewSource();
    private readonly SemaphoreSlim saving = new(1);
    private readonly Lease lease = leases.Of(Name);
    private readonly Lock gate = new();
    private TaskCompletionSource moved = NewSource();
    private UnsavedRows? left;
    private long saved;

    public long Position => models.Position;

    internal ReadModels Models => models;

    public Task CaughtUp => caughtUp.Task;

    public Exception? Fault { get; private set; }

    public async Task WaitFor(long position, CancellationToken cancellation)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                next = moved.Task;
            }

            if (Position >= position)
            {
                return;
            }

            if (Fault is { } fault)
            {
                throw new InvalidOperationException("Lists and boards have stopped following the journal.", fault);
            }

            await next.WaitAsync(cancellation);
        }
    }

    /// <summary>
    /// What starts after this, above all the listening for requests, finds lists and boards as far as they were before
    /// a restart: no viewer sees a board go back. A long rebuild must not keep commands and webhooks waiting, though.
    /// </summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        await Task.WhenAny(CaughtUp, Task.Delay(ProjectionLimits.StartPatience, time, cancellationToken));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Save(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var behind = Task.CompletedTask;
        try
        {
            var end = await Start(stoppingToken);
            behind = SaveBehind(stoppingToken);
            await Follow(end, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            caughtUp.TrySetCanceled(stoppingToken);
        }
        // The outermost loop: whatever is wrong here, commands and webhooks must go on; readiness tells.
        catch (Exception fault)
        {
            log.ReaderFailed(Position, fault);
            Fault = fault;
            caughtUp.TrySetException(fault);
            Wake();
            if (fault is UnknownEventException)
            {
                // Another build can go on; this process ends for it.
                throw;
            }
        }

        await behind;
    }

    /// <summary>Loads what was saved, and returns where the journal ended at that moment.</summary>
    private async Task<long> Start(CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var (end, rows) = await Patiently(Load, cancellation);
        log.RowsLoaded(rows, saved, end, time.GetElapsedTime(started).TotalMilliseconds);
        return end;
    }

    private async Task<(long End, int Rows)> Load(CancellationToken cancellation)
    {
        var end = await journal.LastPosition(cancellation);
        var checkpoint = await journal.ReadCheckpoint(Name, cancellation);
        // Most of a start with many rows is to understand them, which goes on beside the reading.
        var reading = new List<Task<SavedRow[]>>();
        await foreach (var some in journal.ReadRows(Name, cancellation).Chunk(ProjectionLimits.RowsPerReading))
        {
            reading.Add(Scheduling.Run(() => Task.FromResult(Array.ConvertAll(some, ReadModels.Read))));
        }

        var read = await Task.WhenAll(reading);
        models.Load(checkpoint, read.SelectMany(rows => rows));
        lease.Position = checkpoint;
        saved = checkpoint;
        Wake();
        return (end, read.Sum(rows => rows.Length));
    }

    private async Task Follow(long end, CancellationToken cancellation)
    {
        while (true)
        {
            if (Position >= end && caughtUp.TrySetResult())
            {
                log.CaughtUp(Position);
            }

            // Waits first: what there is to read is known without asking the store.
            await Patiently(Wait, cancellation);
            var events = await Patiently(
                stop => journal.ReadAll(Position, ProjectionLimits.EventsPerReadMax, stop),
                cancellation
            );
            if (events.Count == 0)
            {
                continue;
            }

            models.Fold(events);
            lease.Position = models.Position;
            metrics.Folded(events, time.GetUtcNow());
            pulse.Touch();
            Wake();
            if (models.UnsavedCount > ProjectionLimits.UnsavedRowsMax && lease.IsHeld)
            {
                await Save(cancellation);
            }
        }
    }

    private async Task<bool> Wait(CancellationToken cancellation)
    {
        await journal.WaitForEvents(Position, cancellation);
        return true;
    }

    /// <summary>Sleeps while there is nothing to save.</summary>
    private async Task SaveBehind(CancellationToken cancellation)
    {
        try
        {
            while (Fault is null)
            {
                await WaitFor(saved + 1, cancellation);
                await Task.Delay(ProjectionLimits.SaveInterval, time, cancellation);
                await (lease.IsHeld ? Save(cancellation) : LeaveToHolder(cancellation));
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Stopping: the last save is made by StopAsync.
        }
        catch (InvalidOperationException) when (Fault is not null)
        {
            // Nothing will move any more.
        }
    }

    internal async Task Save(CancellationToken cancellation)
    {
        await saving.WaitAsync(cancellation);
        try
        {
            // After a fault an event may be half folded, which must not be saved.
            if (Position == saved || Fault is not null)
            {
                return;
            }

            if (left is not null)
            {
                // Left to another process, which may have died before it saved them.
                models.PutBack(left);
                left = null;
            }

            await Save(models.TakeUnsaved(), cancellation);
        }
        finally
        {
            saving.Release();
        }
    }

    /// <summary>
    /// Another process saves. What changed is kept until that has happened, in case the process dies first.
    /// </summary>
    private async Task LeaveToHolder(CancellationToken cancellation)
    {
        await saving.WaitAsync(cancellation);
        try
        {
            left ??= models.TakeUnsaved();
            if (await journal.ReadCheckpoint(Name, cancellation) >= left.Position)
            {
                saved = left.Position;
                left = null;
            }
        }
        catch (JournalUnavailableException fault)
        {
            log.SaveFailed(Position, fault);
        }
        finally
        {
            saving.Release();
        }
    }

    internal async Task Save(UnsavedRows unsaved, CancellationToken cancellation)
    {
        try
        {
            ReaderRow[] rows = [.. unsaved.Rows.Select(row => new ReaderRow(row.Key, RowJson.WriteIfAny(row.Value)))];
            // False says that another process saved as much or more already: the rows are covered by its own.
            await journal.SaveReader(new ReaderProgress(Name, unsaved.Position, rows), cancellation);
            saved = unsaved.Position;
        }
        catch (Exception fault) when (fault is JournalUnavailableException or OperationCanceledException)
        {
            models.PutBack(unsaved);
            if (fault is OperationCanceledException)
            {
                throw;
            }

            log.SaveFailed(unsaved.Position, fault);
        }
    }

    /// <summary>
    /// Asks the journal until it answers; lists and boards stand still meanwhile, and go on by themselves.
    /// </summary>
    private async Task<T> Patiently<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await ask(cancellation);
            }
            catch (JournalUnavailableException fault)
            {
                log.JournalAway(Position, fault);
                await Task.Delay(ProjectionLimits.RetryPause, time, cancellation);
            }
        }
    }

    private void Wake()
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            waiting = moved;
            moved = NewSource();
        }

        waiting.TrySetResult();
    }

    private static TaskCompletionSource NewSource() => new(Scheduling.Asynchronously);
}
