using System.Diagnostics;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Reactions;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Telemetry;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Reactions;

/// <summary>A follow-up on its way.</summary>
/// <param name="Cause">The event that it follows from.</param>
/// <param name="Id">Names event, target and command, so that a repeat is recognised.</param>
internal sealed record Sending(FollowUp FollowUp, RecordedEvent Cause, string Id)
{
    public static string Stem(RecordedEvent cause, FollowUp followUp) =>
        $"{cause.Position}/{followUp.Target}/{Wire.Of(followUp.Command).Name}";

    /// <summary>What is sent instead, when this is refused for good.</summary>
    public Sending Otherwise(Refusal refusal) =>
        this with
        {
            FollowUp = FollowUp.IfRefused!(refusal),
            Id = $"{Id}.refused",
        };
}

/// <summary>
/// Sends the commands that follow from events, again until each is taken or refused for good. One that fails for a
/// reason nobody foresaw is passed over after a few attempts, so that it does not hold up the others.
/// </summary>
/// <param name="reader">Who reads the events, for the log.</param>
internal sealed class FollowUpSender(
    string reader,
    IGrains grains,
    TimeProvider clock,
    SiloMetrics metrics,
    ILogger logger
)
{
    /// <summary>Those in one lane keep their order; lanes go at the same time.</summary>
    public async Task SendAll(
        IEnumerable<Sending> sendings,
        Func<Sending, object> laneOf,
        CancellationToken cancellation
    )
    {
        var lanes = sendings.GroupBy(laneOf).ToList();
        if (lanes.Count == 0)
        {
            return;
        }

        await Parallel.ForEachAsync(
            lanes,
            Scheduling.Parallel(Limits.FollowUpsAtOnce, cancellation),
            async (lane, stop) =>
            {
                foreach (var sending in lane)
                {
                    await Send(sending, stop);
                }
            }
        );
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
                Log.ReaderWaits(logger, reader, sending.Cause.Position, fault);
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
        using var span = Traces.Follow(reader, ActivityKind.Consumer, cause.Correlation);
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
}
