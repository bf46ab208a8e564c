using System.Text.Json;

namespace EcosystemSilo.Grains.Interfaces.Deliveries;

/// <summary>A command as it is stored inside a delivery.</summary>
public sealed record CommandEnvelope(string Target, string Name, int Version, JsonElement Body)
{
    public static CommandEnvelope Of(GrainKey target, ICommand command)
    {
        var wire = Wire.Of(command);
        return new(target.ToString(), wire.Name, wire.Version, JsonSerializer.SerializeToElement(command, wire.Json));
    }
}

/// <summary>What the sender sent, for the dead letter's inspector and for a replay.</summary>
/// <param name="Body">The event's own JSON text.</param>
/// <param name="Hash">SHA-256 in base64 that tells a repeat from another event under the same id.</param>
public sealed record SenderEvent(string EventId, string Type, DateTimeOffset? OccurredAt, string Body, string Hash);

/// <summary>One event of a batch: the command it was mapped to, or why it could not be mapped.</summary>
public sealed record DeliveryPart(SenderEvent Event, CommandEnvelope? Command, Refusal? Reason);

public enum DeliveryStatus
{
    /// <summary>A batch, journalled whole; its parts are handed on by a reaction.</summary>
    Received,

    /// <summary>An event of a type that nothing is mapped to: counted and visible, nothing to do.</summary>
    Ignored,

    /// <summary>Could not be mapped, or was refused for good; waits for somebody to mend and replay it.</summary>
    Dead,

    /// <summary>A dead letter whose replay took effect.</summary>
    Replayed,

    /// <summary>
    /// About somebody who is unknown here, or has not agreed: counted, and nothing of it is kept.
    /// </summary>
    Refused,
}

[Wire("delivery.receive")]
public sealed record ReceiveDelivery(SourceId Source, IReadOnlyList<DeliveryPart> Parts) : ICommand;

[Wire("delivery.ignore")]
public sealed record IgnoreDelivery(SourceId Source, SenderEvent Event) : ICommand;

[Wire("delivery.bury")]
public sealed record BuryDelivery(SourceId Source, SenderEvent Event, Refusal Reason) : ICommand;

/// <summary>Counts what may not be stored.</summary>
/// <param name="Type">The sender's word for what it was about.</param>
/// <param name="Reason">Stable, for example <c>user-unknown</c>.</param>
[Wire("delivery.refuse")]
public sealed record RefuseDelivery(SourceId Source, string Type, string Reason) : ICommand;

/// <summary>A replay was tried: it took effect, or was refused again for the reason given.</summary>
[Wire("delivery.record-replay")]
public sealed record RecordReplay(Refusal? Reason) : ICommand;

[Wire("delivery.received")]
public sealed record DeliveryReceived(SourceId Source, IReadOnlyList<DeliveryPart> Parts, DateTimeOffset At) : IEvent;

[Wire("delivery.ignored")]
public sealed record DeliveryIgnored(SourceId Source, SenderEvent Event, DateTimeOffset At) : IEvent;

[Wire("delivery.buried")]
public sealed record DeliveryBuried(SourceId Source, SenderEvent Event, Refusal Reason, DateTimeOffset At) : IEvent;

[Wire("delivery.refused")]
public sealed record DeliveryRefused(SourceId Source, string Type, string Reason, DateTimeOffset At) : IEvent;

[Wire("delivery.replayed")]
public sealed record DeliveryReplayed(DateTimeOffset At, string By) : IEvent;

[Wire("delivery.replay-refused")]
public sealed record DeliveryReplayRefused(Refusal Reason, DateTimeOffset At, string By) : IEvent;

/// <param name="Event">The event, unless the delivery is a batch.</param>
/// <param name="Replays">How often a replay was tried.</param>
[Wire("delivery.view")]
public sealed record DeliveryView(
    SourceId Source,
    DeliveryStatus Status,
    SenderEvent? Event,
    IReadOnlyList<DeliveryPart> Parts,
    Refusal? Reason,
    DateTimeOffset ReceivedAt,
    int Replays
) : IView;
