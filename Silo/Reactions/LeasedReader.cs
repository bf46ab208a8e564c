using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Pauses;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Leases;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Reactions;

/// <summary>
/// Follows the journal in one process at a time, from a checkpoint that may lag: what is done again after a crash is
/// recognised by ids that derive from positions. The process with the lease does it; another one goes on from the
/// checkpoint.
/// </summary>
internal abstract class LeasedReader : BackgroundService
{
    private static readonly string GrainResumedName = Wire.Of(typeof(GrainResumed)).Name;

    private readonly string reader;
    private readonly IJournal journal;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly Lease _lease;
    private long _savedPosition;
    private long _savedAt;

    /// <summary>Events were begun and not finished: rows that they changed are those of no position.</summary>
    private bool _isTorn;

    protected LeasedReader(
        string reader,
        IJournal journal,
        LeaseHolder leases,
        TimeProvider clock,
        SiloMetrics metrics,
        ILogger logger
    )
    {
        (this.reader, this.journal, this.clock, this.logger) = (reader, journal, clock, logger);
        _lease = leases.Of(reader);
        metrics.ObserveReader(reader, () => _lease.IsHeld ? Position : null);
    }

    /// <summary>Everything up to here was followed.</summary>
    protected long Position
    {
        get => _lease.Position;
        private set => _lease.Position = value;
    }

    protected IJournal Journal => journal;

    protected TimeProvider Clock => clock;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (Position > _savedPosition && (!_isTorn || ChangedRows().Count == 0))
        {
            await Save(cancellationToken);
        }
    }

    /// <summary>Follows the events after <see cref="Position"/>, all of them unless it is cancelled.</summary>
    protected abstract Task Follow(IReadOnlyList<RecordedEvent> events, CancellationToken over);

    /// <summary>Reads the rows that belong to the checkpoint, when this process has got the lease.</summary>
    protected virtual Task Load(CancellationToken over) => Task.CompletedTask;

    /// <summary>Takes up the work at the checkpoint.</summary>
    protected virtual Task Begin(CancellationToken over) => Task.CompletedTask;

    /// <summary>How long until there is something to do besides following events; null when there is nothing.</summary>
    protected virtual TimeSpan? ContinuesIn() => null;

    /// <summary>What is to be done besides following events.</summary>
    protected virtual Task Continue(CancellationToken over) => Task.CompletedTask;

    /// <summary>The rows that belong to the checkpoint and changed since they were last saved.</summary>
    protected virtual IReadOnlyList<ReaderRow> ChangedRows() => [];

    protected virtual void NoteSaved() { }

    /// <summary>The grains that were resumed from a pause.</summary>
    protected static IEnumerable<string> Resumed(IReadOnlyList<RecordedEvent> events) =>
        events.Where(recorded => recorded.Name == GrainResumedName).Select(recorded => recorded.Grain);

    /// <summary>The lease is lost, or the process stops.</summary>
    protected virtual Task End() => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Without this, the host would not finish starting before the first wait.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var lost = await _lease.Taken().WaitAsync(stoppingToken);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(lost, stoppingToken);
            await FollowUntil(either.Token);
            await End();
        }
    }

    private async Task FollowUntil(CancellationToken over)
    {
        // To start anywhere else would send all of history again, beyond what the inbox still remembers.
        while (!await Persist(() => ReadCheckpoint(over), over)) { }

        while (!over.IsCancellationRequested)
        {
            await Persist(() => Step(over), over);
        }
    }

    /// <summary>
    /// Whoever had the lease before may still save, not knowing that it is lost. Rows that were read while the
    /// checkpoint moved may be of either, and are read again.
    /// </summary>
    private async Task ReadCheckpoint(CancellationToken over)
    {
        long after;
        do
        {
            Position = _savedPosition = await journal.ReadCheckpoint(reader, over);
            await Load(over);
            after = await journal.ReadCheckpoint(reader, over);
        } while (after != Position);

        await Begin(over);
        _isTorn = false;
    }

    /// <summary>Completes when there may be something to do.</summary>
    private async Task Wait(CancellationToken over)
    {
        if (ContinuesIn() is not { } pause)
        {
            await journal.WaitForEvents(Position, over);
        }
        else if (pause > TimeSpan.Zero)
        {
            try
            {
                await journal.WaitForEvents(Position, over).WaitAsync(pause, clock, over);
            }
            catch (TimeoutException)
            {
                // Something else is to be done now.
            }
        }
    }

    private async Task Step(CancellationToken over)
    {
        await Wait(over);
        var events = await journal.ReadAll(Position, Limits.EventsPerRead, over);
        if (events.Count > 0)
        {
            _isTorn = true;
            await Follow(events, over);
            Position = events[^1].Position;
            _isTorn = false;
        }

        await Continue(over);
        if (Position > _savedPosition && clock.GetElapsedTime(_savedAt) >= Limits.CheckpointInterval)
        {
            await Save(over);
        }
    }

    private async Task Save(CancellationToken cancellation)
    {
        await journal.SaveReader(new ReaderProgress(reader, Position, ChangedRows()), cancellation);
        (_savedPosition, _savedAt) = (Position, clock.GetTimestamp());
        NoteSaved();
    }

    /// <summary>The journal may be away for a while; the reader waits for it and never gives up.</summary>
    /// <returns>Whether the step is over: it was done, or this process is no longer to follow.</returns>
    private async Task<bool> Persist(Func<Task> step, CancellationToken over)
    {
        try
        {
            await step();
            return true;
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return true;
        }
        catch (JournalUnavailableException fault)
        {
            Log.ReaderWaits(logger, reader, Position, fault);
            await Task.Delay(Limits.RetryDelay, clock, over).ConfigureAwait(Scheduling.Quietly);
            return over.IsCancellationRequested;
        }
    }
}
