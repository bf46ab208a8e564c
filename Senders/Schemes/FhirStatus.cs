using System.Globalization;
using System.Text.Json;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>What the first entry of a FHIR notification says, however the release writes it.</summary>
/// <param name="EventsSinceStart">Events since the subscription began; null when it does not say.</param>
internal sealed record FhirStatus(
    string Type,
    string Subscription,
    string Topic,
    long? EventsSinceStart,
    IReadOnlyList<FhirEvent> Events
)
{
    /// <summary>Null when the resource is neither Parameters nor SubscriptionStatus.</summary>
    public static FhirStatus? Of(JsonElement resource) =>
        FhirNotification.Text(resource, "resourceType") switch
        {
            "SubscriptionStatus" => OfR5(resource),
            "Parameters" => OfR4(resource),
            _ => null,
        };

    /// <summary>R4B and R5: plain members.</summary>
    private static FhirStatus OfR5(JsonElement status) =>
        new(
            FhirNotification.Text(status, "type"),
            Reference(Member(status, "subscription")),
            FhirNotification.Text(status, "topic"),
            Number(Member(status, "eventsSinceSubscriptionStart")),
            [
                .. Items(Member(status, "notificationEvent"))
                    .Select(happened => new FhirEvent(
                        Number(Member(happened, "eventNumber")),
                        Time(Member(happened, "timestamp")),
                        Reference(Member(happened, "focus")) is { Length: > 0 } focus ? focus : null,
                        [.. Items(Member(happened, "additionalContext")).Select(Reference)]
                    )),
            ]
        );

    /// <summary>R4: a list of named parameters, whose values are members of many types.</summary>
    private static FhirStatus OfR4(JsonElement parameters) =>
        new(
            Reference(Value(Part(parameters, "type"))),
            Reference(Value(Part(parameters, "subscription"))),
            Reference(Value(Part(parameters, "topic"))),
            Number(Value(Part(parameters, "events-since-subscription-start"))),
            [
                .. Parts(parameters)
                    .Where(part => FhirNotification.Text(part, "name") == "notification-event")
                    .Select(happened => new FhirEvent(
                        Number(Value(Part(happened, "event-number"))),
                        Time(Value(Part(happened, "timestamp"))),
                        Reference(Value(Part(happened, "focus"))) is { Length: > 0 } focus ? focus : null,
                        [
                            .. Parts(happened)
                                .Where(part => FhirNotification.Text(part, "name") == "additional-context")
                                .Select(part => Reference(Value(part))),
                        ]
                    )),
            ]
        );

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    private static IEnumerable<JsonElement> Items(JsonElement array) =>
        array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : [];

    private static IEnumerable<JsonElement> Parts(JsonElement element) =>
        Items(Member(element, "parameter")).Concat(Items(Member(element, "part")));

    private static JsonElement Part(JsonElement element, string name) =>
        Parts(element).FirstOrDefault(part => FhirNotification.Text(part, "name") == name);

    private static JsonElement Value(JsonElement part) =>
        part.ValueKind == JsonValueKind.Object
            ? part.EnumerateObject()
                .FirstOrDefault(member => member.Name.StartsWith("value", StringComparison.Ordinal))
                .Value
            : default;

    /// <summary>A Reference, or the text itself.</summary>
    private static string Reference(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : FhirNotification.Text(value, "reference");

    /// <summary>Numbers of 64 bits are texts in R5 and R4; many senders write numbers.</summary>
    private static long? Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number
        : value.ValueKind == JsonValueKind.String
        && long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            ? number
        : null;

    private static DateTimeOffset? Time(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && Rfc3339.TryParse(value.GetString(), out var time) ? time : null;
}

/// <param name="Number">Unique within the subscription; a retry keeps it.</param>
/// <param name="Focus">The resource that it is about, for example <c>Observation/1</c>; null when not told.</param>
internal sealed record FhirEvent(long? Number, DateTimeOffset? At, string? Focus, IReadOnlyList<string> Context)
{
    public bool IsAbout(JsonElement resource)
    {
        var name = $"{FhirNotification.Text(resource, "resourceType")}/{FhirNotification.Text(resource, "id")}";
        return resource.ValueKind == JsonValueKind.Object
            && Context
                .Prepend(Focus ?? "")
                .Any(reference => reference == name || reference.EndsWith($"/{name}", StringComparison.Ordinal));
    }
}
