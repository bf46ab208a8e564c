using System.Text.Json;
using System.Text.Json.Nodes;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>
/// The Bundle of a FHIR notification. Its first entry is the status: a Parameters resource in R4, a SubscriptionStatus
/// in R4B and R5; the others are the resources, when the subscription's payload has them.
/// </summary>
internal static class FhirNotification
{
    public static Verdict Read(JsonElement bundle)
    {
        if (
            Text(bundle, "resourceType") != "Bundle"
            || !bundle.TryGetProperty("entry", out var entries)
            || entries.ValueKind != JsonValueKind.Array
            || entries.GetArrayLength() == 0
        )
        {
            return Rejections.BodyMalformed("$", "a Bundle with entries");
        }

        if (entries.GetArrayLength() > WebhookLimits.FhirEntriesMax)
        {
            return Rejections.BatchTooLarge(entries.GetArrayLength());
        }

        var status = FhirStatus.Of(Resource(entries[0]));
        return status?.Type switch
        {
            "handshake" or "heartbeat" => new Greeted(Answer.Ok),
            "event-notification" when status.Subscription.Length > 0 => ReadEvents(status, entries),
            _ => Rejections.BodyMalformed(
                "$.entry[0].resource",
                "a status of type handshake, heartbeat or event-notification, with its subscription"
            ),
        };
    }

    private static Verdict ReadEvents(FhirStatus status, JsonElement entries)
    {
        if (status.Events.Count > WebhookLimits.EventsPerDeliveryMax)
        {
            return Rejections.BatchTooLarge(status.Events.Count);
        }

        var resources = entries.EnumerateArray().Skip(1).Select(Resource).ToList();
        // With the payload "empty" only the count of events since the start is known.
        var events = status.Events.Count > 0 ? status.Events : [new FhirEvent(status.EventsSinceStart, null, null, [])];
        return events.FirstOrDefault(happened => happened.Number is null) is null
            ? Verified.Of([.. events.Select(happened => ToInbound(status, happened, resources))])
            : Rejections.BodyMalformed("$.entry[0].resource.notificationEvent.eventNumber", "a whole number");
    }

    /// <summary>
    /// A retry keeps the event's number but may carry a newer version of the resource, so the resource is no part of
    /// what tells a repeat from another event.
    /// </summary>
    private static InboundEvent ToInbound(FhirStatus status, FhirEvent happened, List<JsonElement> resources)
    {
        var known = new JsonObject
        {
            ["subscription"] = status.Subscription,
            ["topic"] = status.Topic,
            ["eventNumber"] = happened.Number,
            ["focus"] = happened.Focus,
        };
        var hash = ContentHash.Of(JsonSerializer.SerializeToElement(known));
        known["timestamp"] = happened.At?.ToString("O");
        known["resources"] = new JsonArray([
            .. resources.Where(happened.IsAbout).Select(resource => (JsonNode?)JsonObject.Create(resource)),
        ]);
        var type = happened.Focus?.Split('/') is [.., { Length: > 0 } kind, _] ? kind : "event-notification";
        return new InboundEvent(
            EventFields.JoinId('#', [status.Subscription, $"{happened.Number}"]),
            type.Length <= WebhookLimits.TypeCharsMax ? type : "event-notification",
            happened.At,
            JsonSerializer.SerializeToElement(known),
            hash
        );
    }

    private static JsonElement Resource(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("resource", out var resource)
            ? resource
            : default;

    internal static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
