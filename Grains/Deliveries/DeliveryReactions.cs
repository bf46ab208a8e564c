using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Grains.Reactions;

namespace EcosystemSilo.Grains.Deliveries;

/// <summary>
/// Hands the parts of a batch on, each as the command it was mapped to. A part that could not be mapped, or that is
/// refused for good, becomes a dead letter of its own.
/// </summary>
internal static class DeliveryReactions
{
    public static Reaction Reaction { get; } = new([typeof(DeliveryReceived)], React);

    private static IEnumerable<FollowUp> React(GrainKey grain, IEvent happened) =>
        happened is DeliveryReceived received
            ? received.Parts.Select((part, index) => HandOn(grain, received.Source, part, index))
            : [];

    private static FollowUp HandOn(GrainKey delivery, SourceId source, DeliveryPart part, int index)
    {
        var own = delivery with { Id = $"{delivery.Id}.{index}" };
        var identity = new CommandIdentity(
            SourceKey.Scope(delivery.Ecosystem, source),
            part.Event.EventId,
            Convert.FromBase64String(part.Event.Hash)
        );
        return part switch
        {
            { Command: { } command } => new FollowUp(
                GrainKey.Parse(command.Target),
                Open(command),
                identity,
                refusal => Bury(own, source, part, refusal, identity)
            ),
            { Reason: { } reason } => Bury(own, source, part, reason, identity),
            _ => new FollowUp(own, new IgnoreDelivery(source, part.Event), identity),
        };
    }

    /// <summary>An id that was used for another event cannot name the dead letter too, so that one gets its own.</summary>
    private static FollowUp Bury(
        GrainKey own,
        SourceId source,
        DeliveryPart part,
        Refusal reason,
        CommandIdentity identity
    ) => new(own, new BuryDelivery(source, part.Event, reason), reason.Code == Refusals.IdReused ? null : identity);

    private static ICommand Open(CommandEnvelope envelope)
    {
        var wire =
            Wire.Find(envelope.Name, envelope.Version)
            ?? throw new InvalidOperationException($"There is no command {envelope.Name} v{envelope.Version}.");
        return (ICommand)(
            envelope.Body.Deserialize(wire.Json)
            ?? throw new InvalidOperationException($"A stored {envelope.Name} is null.")
        );
    }
}
