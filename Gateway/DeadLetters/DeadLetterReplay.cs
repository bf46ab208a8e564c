using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Senders.Intake;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Gateway.DeadLetters;

/// <summary>
/// Applies a dead letter again. Its command carries an id made from the letter's own, so that two people who replay it
/// at once, or one who repeats it after a lost answer, have one effect.
/// </summary>
internal sealed class DeadLetterReplay(IGrains grains, DeliveryIntake intake, KeptEvents events)
{
    /// <summary>Tries it, and returns what is to be recorded of it; null when there is no such letter.</summary>
    public async Task<RecordReplay?> Try(GrainKey key, Exchange exchange)
    {
        if (
            await grains.Read<DeliveryView>(key, ReadAt.Newest, exchange.Aborted) is not { View.Event: { } sent } letter
        )
        {
            return null;
        }

        if (letter.View.Status == DeliveryStatus.Replayed)
        {
            return new RecordReplay(Reason: null);
        }

        var sourceKey = SourceKey.Of(key.Ecosystem, letter.View.Source);
        var source = await grains.Read<SourceView>(sourceKey, ReadAt.Newest, exchange.Aborted);
        return source is null
            ? new RecordReplay(Refusals.Missing(sourceKey))
            : new RecordReplay(await Apply(key, letter.View.Source, source.View, sent, exchange));
    }

    /// <summary>Null when the event has taken effect, now or by an earlier replay.</summary>
    private async Task<Refusal?> Apply(
        GrainKey letter,
        SourceId sourceId,
        SourceView source,
        SenderEvent sent,
        Exchange exchange
    )
    {
        if (await events.Open(letter.Ecosystem, sent, exchange.Aborted) is not { } kept)
        {
            return Gone();
        }

        var ask = new Ask(
            SourceKey.Scope(letter.Ecosystem, sourceId),
            $"replay/{letter.Id}",
            SourceKey.Actor(sourceId),
            exchange.Circumstances().Correlation,
            Convert.FromBase64String(sent.Hash)
        );
        return await intake.Apply(letter.Ecosystem, source, ToInbound(sent, kept), ask, exchange.Aborted) switch
        {
            null => NothingMapped(sent),
            var reply => (reply as Refused)?.Refusal,
        };
    }

    internal static Refusal NothingMapped(SenderEvent sent) =>
        new(Refusals.MappingInvalid, $"Nothing is mapped to the type '{sent.Type}'.", "type");

    internal static Refusal Gone() =>
        new(Refusals.NoLongerKept, "The event was kept for its time and is gone; have its sender send it again.");

    internal static InboundEvent ToInbound(SenderEvent sent, KeptEvent kept) =>
        StrictJson.Parse(System.Text.Encoding.UTF8.GetBytes(kept.Body), out var data) is { } fault
            ? throw new InvalidOperationException($"The stored event {sent.EventId} is not JSON: {fault.Message}")
            : new InboundEvent(sent.EventId, sent.Type, sent.OccurredAt, data, Convert.FromBase64String(sent.Hash));
}
