using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Deadlines;

/// <summary>
/// Delivers deadlines whose time has come, as commands. A deadline stays stored until the command that handles it
/// clears it in the same transaction, so one that came due during an outage is delivered on return, and one that is
/// delivered twice has one effect. Processes share the due ones by claims; one that failed waits until its claim ends,
/// behind those that were never tried.
/// </summary>
internal sealed class DeadlineClock(
    IJournal journal,
    IGrains grains,
    SiloOptions options,
    TimeProvider clock,
    SiloMetrics metrics,
    ILogger<DeadlineClock> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(options.DeadlineInterval, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await TryDue(stoppingToken) == Limits.DeadlinesPerBatch) { }

                await ticks.WaitForNextTickAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
            catch (JournalUnavailableException fault)
            {
                Log.ReaderWaits(logger, "deadlines", 0, fault);
                await Task.Delay(Limits.RetryDelay, clock, stoppingToken).ConfigureAwait(Scheduling.Quietly);
            }
        }
    }

    /// <summary>Returns how many were tried; those that failed must not keep the others from their turn.</summary>
    private async Task<int> TryDue(CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        var due = await journal.ClaimDeadlines(now, Limits.DeadlinesPerBatch, stopping);
        metrics.DeadlinesDue(due.Count == 0 ? TimeSpan.Zero : now - due.Min(deadline => deadline.Due));
        var delivered = 0;
        await Parallel.ForEachAsync(
            due.GroupBy(deadline => deadline.Grain, StringComparer.Ordinal),
            Scheduling.Parallel(Limits.FollowUpsAtOnce, stopping),
            async (ofGrain, cancellation) => Interlocked.Add(ref delivered, await DeliverInOrder(ofGrain, cancellation))
        );
        metrics.Deadlines.Add(delivered);
        return due.Count;
    }

    /// <summary>
    /// A grain takes its deadlines in the order in which they came due. One that it cannot take now keeps those behind
    /// it waiting; one that fails for good does not.
    /// </summary>
    private async Task<int> DeliverInOrder(IEnumerable<Deadline> ofGrain, CancellationToken cancellation)
    {
        var delivered = 0;
        foreach (var deadline in ofGrain.OrderBy(deadline => deadline.Due))
        {
            switch (await Deliver(deadline, cancellation))
            {
                case Fate.Delivered:
                    delivered++;
                    break;
                case Fate.Waits:
                    return delivered;
            }
        }

        return delivered;
    }

    private async Task<Fate> Deliver(Deadline deadline, CancellationToken cancellation)
    {
        var key = GrainKey.Parse(deadline.Grain);
        var id = $"{deadline.Grain}/{deadline.Name}/{deadline.Due.UtcTicks}";
        try
        {
            var reply = await grains.Ask(
                key,
                new DeadlineReached(deadline.Name, deadline.Due),
                new Ask($"{key.Ecosystem}/deadline", id, "deadline", id),
                cancellation
            );
            // Paused since it was claimed, which has parked it.
            return reply is Refused { Refusal.Code: Refusals.GrainPaused } ? Fate.Waits : Fate.Delivered;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.DeadlineFailed(logger, deadline.Name, deadline.Grain, fault);
            return fault is GrainUnavailableException ? Fate.Waits : Fate.Failed;
        }
    }

    private enum Fate
    {
        Delivered,
        Waits,
        Failed,
    }
}
