using System.Collections.Frozen;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Reactions;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Leases;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Reactions;

/// <summary>
/// Follows the journal and sends the commands that events give rise to. Ids derive from positions, so that events read
/// again after a crash have no second effect; the checkpoint therefore may lag. Of several processes the one with the
/// lease does it; another one goes on from the checkpoint.
/// </summary>
internal sealed class ReactionRunner(
    IJournal journal,
    IGrains grains,
    IReadOnlyList<Reaction> reactions,
    LeaseHolder leases,
    TimeProvider clock,
    SiloMetrics metrics,
    ILogger<ReactionRunner> logger
) : BackgroundService
{
    private const string Reader = "reactions";

    private readonly FrozenDictionary<string, Reaction[]> _byEvent = reactions
        .SelectMany(reaction => reaction.On.Select(type => (Name: EventName(type), reaction)))
        .GroupBy(pair => pair.Name, pair => pair.reaction, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    private readonly Lease _lease = leases.Of(Reader);

    private long _position;
    private long _savedPosition;
    private long _savedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Without this, the host would not finish starting before the first wait.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var lost = await _lease.Taken().WaitAsync(stoppingToken);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(lost, stoppingToken);
            await FollowUntil(either.Token);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_position > _savedPosition)
        {
            await journal.SaveReader(new ReaderProgress(Reader, _position, []), cancellationToken);
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

    private async Task ReadCheckpoint(CancellationToken over) =>
        _position = _savedPosition = await journal.ReadCheckpoint(Reader, over);

    private async Task Step(CancellationToken over)
    {
        await journal.WaitForEvents(_position, over);
        var events = await journal.ReadAll(_position, Limits.EventsPerRead, over);
        if (events.Count == 0)
        {
            return;
        }

        // Follow-ups to one grain keep the order of their events; different grains go at the same time.
        var byTarget = events.SelectMany(FollowUpsOf).GroupBy(sending => sending.FollowUp.Target).ToList();
        if (byTarget.Count > 0)
        {
            await Parallel.ForEachAsync(
                byTarget,
                Scheduling.Parallel(Limits.FollowUpsAtOnce, over),
                async (sendings, cancellation) =>
                {
                    foreach (var sending in sendings)
                    {
                        await Send(sending, cancellation);
                    }
                }
            );
        }

        _position = events[^1].Position;
        await SaveCheckpointNowAndThen(over);
    }

    /// <summary>
    /// The follow-ups of one event. Their ids name the event, the target and the command, so that a reaction added
    /// later does not change the ids of the others.
    /// </summary>
    private IReadOnlyList<Sending> FollowUpsOf(RecordedEvent recorded)
    {
        if (!_byEvent.TryGetValue(recorded.Name, out var interested))
        {
            return [];
        }

        var key = GrainKey.Parse(recorded.Grain);
        var happened = GrainCodec.Decode(recorded);
        var sendings = new List<Sending>();
        foreach (var followUp in interested.SelectMany(reaction => reaction.React(key, happened)))
        {
            var stem = $"{recorded.Position}/{followUp.Target}/{Wire.Of(followUp.Command).Name}";
            var twins = sendings.Count(other => other.Id.StartsWith($"{stem}/", StringComparison.Ordinal));
            sendings.Add(new Sending(followUp, recorded, $"{stem}/{twins}"));
        }

        return sendings;
    }

    private async Task Send(Sending sending, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Ask(sending, cancellation);
                return;
            }
            catch (GrainUnavailableException fault)
            {
                Log.ReaderWaits(logger, Reader, sending.Cause.Position, fault);
            }
            catch (Exception bug) when (bug is not OperationCanceledException)
            {
                if (attempt >= Limits.PoisonAttemptsMax)
                {
                    Log.FollowUpFailed(logger, sending.Cause.Position, sending.FollowUp.Target.ToString(), bug);
                    if (sending.FollowUp.IfRefused is null)
                    {
                        return;
                    }

                    (sending, attempt) = (sending.Otherwise(Poisonous(sending)), 0);
                }
            }

            await Task.Delay(Limits.RetryDelay, clock, cancellation);
        }
    }

    private async Task Ask(Sending sending, CancellationToken cancellation)
    {
        var (followUp, cause, id) = sending;
        metrics.FollowUps.Add(1);
        var ask = followUp.Identity is { } given
            ? new Ask(given.Scope, given.Id, cause.Actor, cause.Correlation, given.Hash)
            : new Ask($"{followUp.Target.Ecosystem}/reaction", id, cause.Actor, cause.Correlation);
        var reply = await grains.Ask(followUp.Target, followUp.Command, ask, cancellation);
        if (reply is not Refused { Refusal: var refusal })
        {
            return;
        }

        if (followUp.IfRefused is null)
        {
            Log.FollowUpRefused(logger, cause.Position, followUp.Target.ToString(), refusal.Code);
            return;
        }

        await Ask(sending.Otherwise(refusal), cancellation);
    }

    private static Refusal Poisonous(Sending sending) =>
        new(
            Refusals.Invalid,
            $"{Wire.Of(sending.FollowUp.Command).Name} failed at {sending.FollowUp.Target}; the log tells why."
        );

    private async Task SaveCheckpointNowAndThen(CancellationToken over)
    {
        if (clock.GetElapsedTime(_savedAt) < Limits.CheckpointInterval)
        {
            return;
        }

        await journal.SaveReader(new ReaderProgress(Reader, _position, []), over);
        (_savedPosition, _savedAt) = (_position, clock.GetTimestamp());
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
            Log.ReaderWaits(logger, Reader, _position, fault);
            await Task.Delay(Limits.RetryDelay, clock, over).ConfigureAwait(Scheduling.Quietly);
            return over.IsCancellationRequested;
        }
    }

    private static string EventName(Type type) => Wire.Of(type).Name;

    private sealed record Sending(FollowUp FollowUp, RecordedEvent Cause, string Id)
    {
        /// <summary>What is sent instead, when this is refused for good.</summary>
        public Sending Otherwise(Refusal refusal) =>
            this with
            {
                FollowUp = FollowUp.IfRefused!(refusal),
                Id = $"{Id}.refused",
            };
    }
}
