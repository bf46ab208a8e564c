using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Senders.Intake;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Gateway.DeadLetters;

/// <summary>Which dead letters are meant.</summary>
/// <param name="Ids">1 to 100.</param>
public sealed record DeadLettersRequest(IReadOnlyList<DeliveryId> Ids) : IRequest<DeadLettersRequest>
{
    public static DeadLettersRequest Read(Fields fields) =>
        new(fields.IdList<DeliveryId>("ids", GatewayLimits.DeadLettersAtOnceMax));
}

/// <param name="Refusal">Why it failed again; left out when it took effect.</param>
public sealed record ReplayedResponse(DeliveryId Id, Refusal? Refusal);

/// <summary>A webhook event that did not become a command, with all that the sender said.</summary>
/// <param name="EventId">The sender's id of the event.</param>
/// <param name="Body">The event's own JSON, as text; left out when it is no longer kept.</param>
/// <param name="Headers">The request's headers, without signatures and credentials.</param>
/// <param name="IsMasked">Whether words that describe a person are hidden from the caller's role.</param>
/// <param name="Reason">Why it could not be applied, the last time it was tried; absent for an ignored event.</param>
/// <param name="Replays">How often a replay was tried.</param>
public sealed record DeadLetterResponse(
    DeliveryId Id,
    long Version,
    SourceId Source,
    string Type,
    string EventId,
    string? Body,
    IReadOnlyDictionary<string, string> Headers,
    bool IsMasked,
    Refusal? Reason,
    DateTimeOffset ReceivedAt,
    DeliveryStatus Status,
    int Replays
)
{
    internal static DeadLetterResponse Of(
        GrainKey key,
        Versioned<DeliveryView> delivery,
        KeptEvent? kept,
        bool isMasked
    )
    {
        var view = delivery.View;
        return new DeadLetterResponse(
            new DeliveryId(key.Id),
            delivery.Version,
            view.Source,
            view.Event?.Type ?? "",
            view.Event?.EventId ?? "",
            isMasked && kept is not null ? PersonalFields.Mask(kept.Body) : kept?.Body,
            kept?.Headers ?? KeptHeaders.None,
            isMasked,
            PlainReason.Of(view.Reason),
            view.ReceivedAt,
            view.Status,
            view.Replays
        );
    }
}
