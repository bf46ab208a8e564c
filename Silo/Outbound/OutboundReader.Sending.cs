using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Notifications;
using EcosystemSilo.Silo.Reactions;

namespace EcosystemSilo.Silo.Outbound;

/// <summary>How commands go out, and what becomes of those that cannot.</summary>
internal sealed partial class OutboundReader
{
    /// <summary>
    /// Sends what can be sent; notes to a grain that is paused or out of reach wait for it, behind one another.
    /// </summary>
    /// <returns>Notifications that could not be asked for.</returns>
    private async Task<IReadOnlyList<StuckLane>> SendAll(
        IReadOnlyList<Sending> sendings,
        TimeSpan patience,
        CancellationToken over
    )
    {
        foreach (var late in sendings.Where(sending => _parked.Holds(sending.FollowUp.Target) && !_parked.Add(sending)))
        {
            Log.NotesFull(_logger, late.FollowUp.Target.ToString(), OutboundLimits.NotesParkedMax);
        }

        var ready = sendings.Where(sending => !_parked.Holds(sending.FollowUp.Target)).ToList();
        var stuck = await _sender.SendAll(ready, LaneOf, patience, over);
        foreach (var lane in stuck.Where(lane => lane.Left[0].FollowUp.Command is not SendNotification))
        {
            _parked.Park(lane);
        }

        return [.. stuck.Where(lane => lane.Left[0].FollowUp.Command is SendNotification)];
    }

    private async Task SendParked(CancellationToken over)
    {
        var due = _parked.Due();
        var stuck = await _sender.SendAll(due, LaneOf, Limits.ParkedPatience, over);
        foreach (var target in due.Select(sending => sending.FollowUp.Target).Distinct())
        {
            if (stuck.FirstOrDefault(lane => lane.Left[0].FollowUp.Target == target) is { } again)
            {
                _parked.Park(again);
            }
            else
            {
                _parked.Remove(target);
            }
        }
    }

    /// <summary>An endpoint that could not be told takes the event up again from the journal.</summary>
    private void FallBehind(Sending missed)
    {
        var send = (SendNotification)missed.FollowUp.Command;
        if (_subscribers.Find(EndpointKey.Of(missed.FollowUp.Target.Ecosystem, send.Endpoint)) is not { } subscriber)
        {
            return;
        }

        var behind = missed.Cause.Position - 1;
        subscriber.FallBehind(Math.Min(behind, subscriber.Row.Behind ?? behind));
        subscriber.Rest(Clock.GetUtcNow() + Limits.ParkedPauseMin);
        _subscribers.NoteChanged(subscriber);
        Log.EndpointBehind(_logger, subscriber.Key.ToString(), behind);
    }

    /// <summary>What is told in order is also asked for in order.</summary>
    private static object LaneOf(Sending sending) =>
        sending.FollowUp.Command is SendNotification { Lane: { } lane } send
            ? (send.Endpoint, lane)
            : sending.FollowUp.Target;
}
