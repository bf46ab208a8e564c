using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Senders.Mapping;
using EcosystemSilo.Senders.Payloads;
using EcosystemSilo.Senders.Schemes;
using Microsoft.AspNetCore.Http;

namespace EcosystemSilo.Senders.Intake;

/// <summary>Which source a delivery came in by, and under which correlation it is handled.</summary>
/// <param name="Headers">As they came.</param>
public sealed record Arrival(
    EcosystemId Ecosystem,
    SourceId SourceId,
    SourceView Source,
    string Correlation,
    IHeaderDictionary Headers
)
{
    private IReadOnlyDictionary<string, string>? _headersKept;

    /// <summary>Those that are kept for whoever looks for a fault; most deliveries leave nothing to look at.</summary>
    public IReadOnlyDictionary<string, string> HeadersKept => _headersKept ??= KeptHeaders.Of(Headers);

    /// <summary>Reads the values of a wearable's sender; null for senders of other things.</summary>
    public IPayloadReader? Payload => WebhookSchemes.Find(Source.Scheme)?.Payload;

    public GrainKey KeyOf(string senderId) => DeliveryKey.Of(Ecosystem, DeliveryIds.Of(SourceId, senderId));

    public Ask Circumstances(string id, ReadOnlyMemory<byte> hash) =>
        new(SourceKey.Scope(Ecosystem, SourceId), id, SourceKey.Actor(SourceId), Correlation, hash);
}

/// <summary>
/// Takes a verified delivery into the journal. One event that maps to one command is that command, under the sender's
/// id: one append. Everything else (a batch, an unknown type, a dead letter) is kept whole as a delivery of its own.
/// </summary>
public sealed class DeliveryIntake(
    IGrains grains,
    DealRegistration registration,
    StreamIntake streams,
    KeptEvents events
)
{
    public Task<Taken> Take(Arrival arrival, Verified delivery, CancellationToken cancellation) =>
        delivery.Events.Count switch
        {
            0 => Task.FromResult(new Taken(Outcome.Received)),
            1 => TakeOne(arrival, delivery.Events[0], cancellation),
            _ when arrival.Payload is not null => TakeEach(arrival, delivery, cancellation),
            _ => TakeBatch(arrival, delivery, cancellation),
        };

    /// <summary>
    /// Asks the grain that an event is about. An event that cannot be mapped is refused; null when nothing is mapped to
    /// its type.
    /// </summary>
    public async Task<Reply?> Apply(
        EcosystemId ecosystem,
        SourceView source,
        InboundEvent inbound,
        Ask ask,
        CancellationToken cancellation
    )
    {
        switch (await Understand(ecosystem, source, inbound, cancellation))
        {
            case Mapped mapped:
                return await grains.Ask(mapped.Target, mapped.Command, ask, cancellation);
            case Unmappable unmappable:
                return new Refused(unmappable.Reason);
            default:
                return null;
        }
    }

    /// <summary>What an event means, after what can be known without its grain.</summary>
    public Task<Meaning> Understand(
        EcosystemId ecosystem,
        SourceView source,
        InboundEvent inbound,
        CancellationToken cancellation
    ) => Understand(ecosystem, source, inbound, [], cancellation);

    private async Task<Meaning> Understand(
        EcosystemId ecosystem,
        SourceView source,
        InboundEvent inbound,
        HashSet<GrainKey> partners,
        CancellationToken cancellation
    )
    {
        var meaning = EventMapping.Map(ecosystem, source, inbound);
        return
            meaning is Mapped { Command: RegisterDeal register } mapped
            && await registration.Check(mapped.Target, register, cancellation) is { } refusal
            && !(
                refusal.Code == Refusals.PartnerUnknown && partners.Contains(PartnerKey.Of(ecosystem, register.Partner))
            )
            ? new Unmappable(refusal)
            : meaning;
    }

    /// <summary>Takes an event that stands for itself.</summary>
    public async Task<Taken> TakeOne(Arrival arrival, InboundEvent inbound, CancellationToken cancellation)
    {
        if (arrival.Payload?.Read(inbound) is { } news)
        {
            return await streams.Take(arrival, inbound, news, cancellation);
        }

        var ask = arrival.Circumstances(inbound.Id, inbound.Hash);
        switch (await Apply(arrival.Ecosystem, arrival.Source, inbound, ask, cancellation))
        {
            case null:
                var ignore = new IgnoreDelivery(arrival.SourceId, await events.Keep(arrival, inbound, cancellation));
                return await Keep(arrival, inbound, ignore, Outcome.Ignored, cancellation);
            case Refused { Refusal.Code: Refusals.GrainPaused }:
                return await TakeForLater(arrival, inbound, cancellation);
            case Refused { Refusal: var reason } when reason.Code != Refusals.IdReused:
                var bury = new BuryDelivery(
                    arrival.SourceId,
                    await events.Keep(arrival, inbound, cancellation),
                    reason
                );
                return await Keep(arrival, inbound, bury, Outcome.DeadLettered, cancellation);
            case { } reply:
                return Taken.By(reply, Outcome.Applied);
        }
    }

    /// <summary>
    /// Each event by itself, all before the acknowledgement: what describes a person is never kept in a batch.
    /// </summary>
    private async Task<Taken> TakeEach(Arrival arrival, Verified delivery, CancellationToken cancellation) =>
        Taken.All(await Task.WhenAll(delivery.Events.Select(inbound => TakeOne(arrival, inbound, cancellation))));

    /// <summary>
    /// What comes for a grain that is paused is kept whole, as a batch of one: what follows from it waits until the
    /// grain is resumed. Its own command goes under the sender's id, so this goes under another one.
    /// </summary>
    private async Task<Taken> TakeForLater(Arrival arrival, InboundEvent inbound, CancellationToken cancellation)
    {
        var id = EventFields.JoinId('/', ["paused", inbound.Id]);
        var part = await ToPart(arrival, inbound, [], cancellation);
        var reply = await grains.Ask(
            arrival.KeyOf(id),
            new ReceiveDelivery(arrival.SourceId, [part]),
            arrival.Circumstances(id, inbound.Hash),
            cancellation
        );
        return Taken.By(reply, Outcome.Received);
    }

    private async Task<Taken> TakeBatch(Arrival arrival, Verified delivery, CancellationToken cancellation)
    {
        var parts = new List<DeliveryPart>(delivery.Events.Count);
        var partners = new HashSet<GrainKey>();
        foreach (var inbound in delivery.Events)
        {
            parts.Add(await ToPart(arrival, inbound, partners, cancellation));
        }

        var ask = arrival.Circumstances(delivery.DeliveryId, delivery.Hash);
        var reply = await grains.Ask(
            arrival.KeyOf(delivery.DeliveryId),
            new ReceiveDelivery(arrival.SourceId, parts),
            ask,
            cancellation
        );
        return Taken.By(reply, Outcome.Received);
    }

    /// <param name="partners">Partners that the batch itself registers; a part that does adds its own.</param>
    private async Task<DeliveryPart> ToPart(
        Arrival arrival,
        InboundEvent inbound,
        HashSet<GrainKey> partners,
        CancellationToken cancellation
    )
    {
        var sent = await events.Keep(arrival, inbound, cancellation);
        switch (await Understand(arrival.Ecosystem, arrival.Source, inbound, partners, cancellation))
        {
            case Mapped mapped:
                if (mapped.Command is RegisterPartner)
                {
                    partners.Add(mapped.Target);
                }

                return new DeliveryPart(sent, CommandEnvelope.Of(mapped.Target, mapped.Command), Reason: null);
            case Unmappable unmappable:
                return new DeliveryPart(sent, Command: null, unmappable.Reason);
            default:
                return new DeliveryPart(sent, Command: null, Reason: null);
        }
    }

    private async Task<Taken> Keep(
        Arrival arrival,
        InboundEvent inbound,
        ICommand command,
        Outcome outcome,
        CancellationToken cancellation
    ) =>
        Taken.By(
            await grains.Ask(
                arrival.KeyOf(inbound.Id),
                command,
                arrival.Circumstances(inbound.Id, inbound.Hash),
                cancellation
            ),
            outcome
        );
}
