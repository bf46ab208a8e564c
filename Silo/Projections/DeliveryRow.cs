using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Lists;

namespace EcosystemSilo.Silo.Projections;

/// <summary>
/// A dead letter or an ignored event. Batches are counted only; what fails of them is a dead letter itself.
/// </summary>
/// <param name="Born">Position of the first event, the order of lists.</param>
internal sealed record DeliveryRow(long Born, DeadLetterCard Card) : IRow
{
    public string Id => Card.Id;

    public static DeliveryRow? Fold(DeliveryRow? row, Fact fact) =>
        fact.Version <= row?.Card.Version
            ? row
            : (row, fact.Body) switch
            {
                (null, DeliveryIgnored e) => Start(fact, e.Source, e.Event, null, e.At, DeliveryStatus.Ignored),
                (null, DeliveryBuried e) => Start(fact, e.Source, e.Event, e.Reason, e.At, DeliveryStatus.Dead),
                (null, _) => null,
                (_, DeliveryReplayed) => Replay(row, fact, row.Card.Reason, DeliveryStatus.Replayed),
                (_, DeliveryReplayRefused e) => Replay(row, fact, e.Reason, row.Card.Status),
                _ => row,
            };

    private static DeliveryRow Start(
        Fact fact,
        SourceId source,
        SenderEvent sent,
        Refusal? reason,
        DateTimeOffset at,
        DeliveryStatus status
    ) =>
        new(
            fact.Position,
            new DeadLetterCard(fact.Grain.Id, fact.Version, source, sent.Type, sent.EventId, reason, at, status, 0)
        );

    private static DeliveryRow Replay(DeliveryRow row, Fact fact, Refusal? reason, DeliveryStatus status) =>
        row with
        {
            Card = row.Card with
            {
                Version = fact.Version,
                Reason = reason,
                Status = status,
                Replays = row.Card.Replays + 1,
            },
        };
}
