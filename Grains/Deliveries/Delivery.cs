using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deliveries;

namespace EcosystemSilo.Grains.Deliveries;

/// <summary>A webhook delivery that was kept whole: a batch, an event of unknown type, or a dead letter.</summary>
public static class Delivery
{
    public static GrainKind<DeliveryView> Kind { get; } =
        new(DeliveryKey.Kind, stateShape: 2, Decide, Apply, isKept: false);

    public static Decision Decide(DeliveryView? delivery, ICommand command, DecisionContext context) =>
        (delivery, command) switch
        {
            (null, ReceiveDelivery c) => Decision.Accept(new DeliveryReceived(c.Source, Plain(c.Parts), context.Now)),
            (null, IgnoreDelivery c) => Decision.Accept(new DeliveryIgnored(c.Source, c.Event, context.Now)),
            (null, BuryDelivery c) => Decision.Accept(
                new DeliveryBuried(c.Source, c.Event, PlainReason.Of(c.Reason), context.Now)
            ),
            (null, RefuseDelivery c) => Decision.Accept(new DeliveryRefused(c.Source, c.Type, c.Reason, context.Now)),
            (null, _) => Decision.Refuse(Refusals.Missing(context.Key)),
            (_, RecordReplay c) => Replay(delivery, c, context),
            _ => Decision.Refuse(Refusals.Exists(context.Key)),
        };

    public static DeliveryView Apply(DeliveryView? delivery, IEvent happened) =>
        (delivery, happened) switch
        {
            (null, DeliveryReceived e) => New(e.Source, DeliveryStatus.Received, e.At) with { Parts = e.Parts },
            (null, DeliveryIgnored e) => New(e.Source, DeliveryStatus.Ignored, e.At) with { Event = e.Event },
            (null, DeliveryBuried e) => New(e.Source, DeliveryStatus.Dead, e.At) with
            {
                Event = e.Event,
                Reason = e.Reason,
            },
            (null, DeliveryRefused e) => New(e.Source, DeliveryStatus.Refused, e.At),
            ({ }, DeliveryReplayed) => delivery with
            {
                Status = DeliveryStatus.Replayed,
                Replays = delivery.Replays + 1,
            },
            ({ }, DeliveryReplayRefused e) => delivery with { Reason = e.Reason, Replays = delivery.Replays + 1 },
            _ => throw Unhandled.Event(DeliveryKey.Kind, happened),
        };

    private static Decision Replay(DeliveryView delivery, RecordReplay command, DecisionContext context) =>
        (delivery.Status, command.Reason) switch
        {
            (DeliveryStatus.Replayed, _) => Decision.Nothing,
            (DeliveryStatus.Refused, _) => Decision.Refuse(
                Refusals.StatusForbids,
                "Nothing was kept of this delivery, so there is nothing to replay."
            ),
            (DeliveryStatus.Received, _) => Decision.Refuse(
                Refusals.StatusForbids,
                "A batch is handed on by itself; only its dead letters can be replayed."
            ),
            (_, null) => Decision.Accept(new DeliveryReplayed(context.Now, context.Actor)),
            (_, { } reason) => Decision.Accept(
                new DeliveryReplayRefused(PlainReason.Of(reason), context.Now, context.Actor)
            ),
        };

    private static IReadOnlyList<DeliveryPart> Plain(IReadOnlyList<DeliveryPart> parts) =>
        [.. parts.Select(part => part with { Reason = PlainReason.Of(part.Reason) })];

    private static DeliveryView New(SourceId source, DeliveryStatus status, DateTimeOffset at) =>
        new(source, status, Event: null, [], Reason: null, at, Replays: 0);
}
