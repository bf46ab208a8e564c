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
            { Command: { } envelope } => Open(envelope) is var (target, command)
                ? new FollowUp(target, command, identity, Bury)
                : Bury(Unreadable(envelope)),
            { Reason: { } reason } => Bury(reason),
            _ => new FollowUp(own, new IgnoreDelivery(source, part.Event), identity),
        };

        // An id that was used for another event cannot name the dead letter too, so that one gets its own.
        FollowUp Bury(Refusal reason) =>
            new(own, new BuryDelivery(source, part.Event, reason), reason.Code == Refusals.IdReused ? null : identity);
    }

    /// <summary>The command and its target; null when this build cannot read them.</summary>
    private static (GrainKey Target, ICommand Command)? Open(CommandEnvelope envelope)
    {
        try
        {
            return
                Wire.Find(envelope.Name, envelope.Version) is { } wire
                && envelope.Body.Deserialize(wire.Json) is ICommand command
                ? (GrainKey.Parse(envelope.Target), command)
                : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException)
        {
            return null;
        }
    }

    private static Refusal Unreadable(CommandEnvelope envelope) =>
        new(
            Refusals.Invalid,
            $"{envelope.Name} v{envelope.Version} for '{envelope.Target}' cannot be read; mend the mapping and replay."
        );
}
