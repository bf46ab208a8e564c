using System.Collections.Concurrent;
using System.Diagnostics;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Telemetry;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Reactions;

/// <summary>
/// Sends the commands that follow from events, again until each is taken or refused for good, or the sender's patience
/// with its lane ends. One that fails for a reason nobody foresaw is passed over after a few attempts, so that it does
/// not hold up the others.
/// </summary>
/// <param name="reader">Who reads the events, for the log.</param>
/// <param name="box">Opens commands about people that waited.</param>
internal sealed class FollowUpSender(
    string reader,
    IGrains grains,
    ISubjectBox box,
    TimeProvider clock,
    SiloMetrics metrics,
    ILogger logger
)
{
    /// <summary>Those in one lane keep their order; lanes go at the same time.</summary>
    /// <param name="patience">How long, from now on, for grains that cannot be reached. Every lane gets an attempt,
    /// and one to a grain that is paused gives up at once.</param>
    /// <returns>The lanes in which something is left.</returns>
    public async Task<IReadOnlyList<StuckLane>> SendAll(
        IEnumerable<Sending> sendings,
        Func<Sending, object> laneOf,
        TimeSpan patience,
        CancellationToken cancellation
    )
    {
        var lanes = sendings.GroupBy(laneOf).ToList();
        if (lanes.Count == 0)
        {
            return [];
        }

        var since = clock.GetTimestamp();
        var stuck = new ConcurrentQueue<StuckLane>();
        await Parallel.ForEachAsync(
            lanes,
            Scheduling.Parallel(Limits.FollowUpsAtOnce, cancellation),
            async (lane, stop) =>
            {
                var left = lane.ToList();
                while (left.Count > 0)
                {
                    var (isDone, paused) = await Send(left[0], since, patience, stop);
                    if (!isDone)
                    {
                        stuck.Enqueue(new StuckLane(left, paused));
                        return;
                    }

                    left.RemoveAt(0);
                }
            }
        );
        return [.. stuck];
    }

    /// <summary>Whether it is over; and if it is not because a grain is paused, which one.</summary>
    private async Task<(bool IsDone, GrainKey? Paused)> Send(
        Sending sending,
        long since,
        TimeSpan patience,
        CancellationToken cancellation
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Ask(sending, Left(since, patience), cancellation) is { } paused
                    ? (false, paused)
                    : (true, null);
            }
            catch (Exception fault)
                when (fault is GrainUnavailableException or TimeoutException or JournalUnavailableException)
            {
                Log.ReaderWaits(logger, reader, sending.Cause.Position, fault);
                if (clock.GetElapsedTime(since) + Limits.RetryDelay >= patience)
                {
                    return (false, null);
                }
            }
            catch (Exception bug) when (bug is not OperationCanceledException)
            {
                if (attempt >= Limits.PoisonAttemptsMax)
                {
                    Log.FollowUpFailed(logger, sending.Cause.Position, sending.FollowUp.Target.ToString(), bug);
                    if (sending.FollowUp.IfRefused is null)
                    {
                        return (true, null);
                    }

                    (sending, attempt) = (sending.Otherwise(Poisonous(sending)), 0);
                }
            }

            await Task.Delay(Limits.RetryDelay, clock, cancellation);
        }
    }

    /// <summary>How long one attempt may take: until the patience ends, and long enough to be one.</summary>
    private TimeSpan Left(long since, TimeSpan patience)
    {
        var left = patience - clock.GetElapsedTime(since);
        return left > Limits.CallPatience ? Limits.CallPatience
            : left < Limits.FollowUpAttemptMin ? Limits.FollowUpAttemptMin
            : left;
    }

    /// <returns>The grain that is paused; null when the command was taken, or refused for good.</returns>
    private async Task<GrainKey?> Ask(Sending sending, TimeSpan patience, CancellationToken cancellation)
    {
        var (followUp, cause, id) = sending;
        var command = followUp.Command is SealedCommand waited
            ? await SealedCommands.Open(waited, box, cancellation)
            : followUp.Command;
        if (command is null)
        {
            return null;
        }

        using var span = Traces.Follow(reader, ActivityKind.Consumer, cause.Correlation);
        metrics.FollowUps.Add(1);
        var ask = followUp.Identity is { } given
            ? new Ask(given.Scope, given.Id, cause.Actor, cause.Correlation, given.Hash)
            : new Ask($"{followUp.Target.Ecosystem}/reaction", id, cause.Actor, cause.Correlation);
        var reply = await grains
            .Ask(followUp.Target, command, ask with { Patience = patience }, cancellation)
            .WaitAsync(patience, clock, cancellation);
        if (reply is not Refused { Refusal: var refusal })
        {
            return null;
        }

        if (refusal.Code == Refusals.GrainPaused)
        {
            return followUp.Target;
        }

        if (followUp.IfRefused is null)
        {
            Log.FollowUpRefused(logger, cause.Position, followUp.Target.ToString(), refusal.Code);
            return null;
        }

        return await Ask(sending.Otherwise(refusal), patience, cancellation);
    }

    private static Refusal Poisonous(Sending sending) =>
        new(
            Refusals.Invalid,
            $"{Wire.Of(sending.FollowUp.Command).Name} failed at {sending.FollowUp.Target}; the log tells why."
        );
}
