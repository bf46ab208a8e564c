using System.Text.Json;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>Reads the events of a JSON body of ordinary size, once its sender is known.</summary>
internal static class JsonEvents
{
    /// <param name="path">Where the element stands, for a refusal.</param>
    public delegate Rejected? ReadEvent(JsonElement element, string path, out InboundEvent read);

    /// <summary>A body that is one event: an object.</summary>
    public static Verdict ReadOne(InboundRequest request, ReadEvent readEvent) =>
        Parse(request, out var body) ?? ReadOne(body, readEvent);

    /// <summary>A body that is an array of events.</summary>
    public static Verdict ReadArray(InboundRequest request, ReadEvent readEvent) =>
        Parse(request, out var body) ?? ReadArray(body, readEvent);

    public static Verdict ReadOne(JsonElement body, ReadEvent readEvent) =>
        ReadObject(body, "$", readEvent, out var read) ?? (Verdict)Verified.Of([read]);

    public static Verdict ReadArray(JsonElement body, ReadEvent readEvent)
    {
        if (body.ValueKind != JsonValueKind.Array)
        {
            return Rejections.BodyMalformed("$", "an array of events");
        }

        var count = body.GetArrayLength();
        if (count > WebhookLimits.EventsPerDeliveryMax)
        {
            return Rejections.BatchTooLarge(count);
        }

        var events = new List<InboundEvent>(count);
        foreach (var element in body.EnumerateArray())
        {
            if (ReadObject(element, $"$[{events.Count}]", readEvent, out var read) is { } refused)
            {
                return refused;
            }

            events.Add(read);
        }

        return Verified.Of(events);
    }

    /// <summary>JSON in UTF-8, read strictly.</summary>
    public static Rejected? Parse(InboundRequest request, out JsonElement body)
    {
        body = default;
        return Admission.CheckJson(request.ContentType)
            ?? (StrictJson.Parse(request.Body.Span, out body) is { } fault ? Rejections.Json(fault) : null);
    }

    private static Rejected? ReadObject(JsonElement element, string path, ReadEvent readEvent, out InboundEvent read)
    {
        read = null!;
        return element.ValueKind == JsonValueKind.Object
            ? readEvent(element, path, out read)
            : Rejections.BodyMalformed(path, "an object");
    }
}
