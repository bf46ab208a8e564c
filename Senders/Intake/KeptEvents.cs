using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Intake;

/// <summary>What a sender sent, as it can be read again.</summary>
/// <param name="Headers">Those that help to find a fault; never a signature or a credential.</param>
/// <param name="Body">The event's own JSON text.</param>
public sealed record KeptEvent(IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>
/// Keeps events that did not become a command so that they can be inspected and replayed, and no longer than needed:
/// nobody knows whom their words describe, so they are encrypted under a key of the month in which they came, and that
/// key is destroyed when it is too old.
/// </summary>
public sealed class KeptEvents(ISubjectBox box, TimeProvider clock)
{
    /// <summary>No JSON begins so. Events from before this was encrypted are JSON.</summary>
    private const string Mark = "sealed:";

    private const string MonthForm = "yyyy-MM";

    public async ValueTask<SenderEvent> Keep(Arrival arrival, InboundEvent inbound, CancellationToken cancellation)
    {
        var kept = new KeptEvent(arrival.HeadersKept, BodyOf(arrival, inbound));
        var text = JsonSerializer.Serialize(kept, KeptEventJson.Default.KeptEvent);
        var month = clock.GetUtcNow().ToString(MonthForm, CultureInfo.InvariantCulture);
        var sealedText = await box.Seal(Subject(arrival.Ecosystem, month), inbound.Id, text, cancellation);
        return new SenderEvent(
            inbound.Id,
            inbound.Type,
            inbound.OccurredAt,
            // The key of this month was destroyed only if the clock went back by months.
            sealedText is null
                ? "null"
                : $"{Mark}{month}:{sealedText}",
            Convert.ToBase64String(inbound.Hash.Span)
        );
    }

    /// <summary>Null when it was kept for its time and is gone.</summary>
    public async ValueTask<KeptEvent?> Open(EcosystemId ecosystem, SenderEvent sent, CancellationToken cancellation)
    {
        if (!sent.Body.StartsWith(Mark, StringComparison.Ordinal))
        {
            return new KeptEvent(KeptHeaders.None, sent.Body);
        }

        var month = sent.Body.Substring(Mark.Length, MonthForm.Length);
        var sealedText = sent.Body[(Mark.Length + MonthForm.Length + 1)..];
        return await box.Open(Subject(ecosystem, month), sent.EventId, sealedText, cancellation) is { } text
            ? JsonSerializer.Deserialize(text, KeptEventJson.Default.KeptEvent)
            : null;
    }

    /// <summary>Makes what came in a month unreadable, for good.</summary>
    public Task Forget(EcosystemId ecosystem, DateTimeOffset month, CancellationToken cancellation) =>
        box.Forget(Subject(ecosystem, month.ToString(MonthForm, CultureInfo.InvariantCulture)), cancellation);

    /// <summary>
    /// What a wearable's sender says may describe a person, so its words are not kept where no stream takes them.
    /// </summary>
    private static string BodyOf(Arrival arrival, InboundEvent inbound) =>
        inbound.Data.ValueKind == JsonValueKind.Undefined || arrival.Payload is not null
            ? "null"
            : inbound.Data.GetRawText();

    private static string Subject(EcosystemId ecosystem, string month) => $"{ecosystem}/kept-events/{month}";
}

[JsonSerializable(typeof(KeptEvent))]
internal sealed partial class KeptEventJson : JsonSerializerContext;
