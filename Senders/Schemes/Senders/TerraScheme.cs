using System.Text.Json;
using EcosystemSilo.Senders.Payloads;

namespace EcosystemSilo.Senders.Schemes.Senders;

/// <summary>
/// Terra (github.com/tryterra/openapi): data and connection events of many vendors, signed <c>t=..,v1=..</c> with
/// HMAC-SHA256 over <c>t.body</c>. Chunks of large requests have up to 10 MB; all share one terra-reference, so a
/// delivery is known by its trace id.
/// </summary>
public sealed class TerraScheme : IWebhookScheme
{
    private const string SignatureHeader = "X-Terra-Signature";

    /// <summary>The same, under the name it had before.</summary>
    private const string OldSignatureHeader = "Terra-Signature";

    private const string TraceHeader = "X-Terra-Trace-Id";

    public string Name => "terra";

    public SchemeFacts Facts { get; } =
        new(
            "Terra",
            $"{SignatureHeader}: HMAC-SHA256 over time and body",
            "In Terra's dashboard, add a webhook destination with the address, and copy its signing secret."
        )
        {
            Identity = TraceHeader,
            Secret = SecretOrigin.Sender,
            SecretLabel = "Signing secret",
            AnswerWithin = TimeSpan.FromSeconds(8),
            Acknowledgement = Answer.Ok,
            BodyBytesMax = 10 * 1024 * 1024,
            Settings = [SharedSettings.Tolerance, SharedSettings.EventHub],
        };

    public IPayloadReader Payload { get; } = new TerraPayload();

    public Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now)
    {
        var header =
            request.Headers.ContainsKey(OldSignatureHeader) && !request.Headers.ContainsKey(SignatureHeader)
                ? OldSignatureHeader
                : SignatureHeader;
        return Admission.CheckBody(request, Facts.BodyBytesMax)
            ?? TimedSignature.Check(request, header, secrets, SharedSettings.ToleranceOf(request), now)
            ?? Admission.CheckJson(request.ContentType)
            ?? ReadAny(request, request.Headers[TraceHeader].ToString());
    }

    public Verdict Read(InboundRequest request, string id) =>
        Admission.CheckBody(request, Facts.BodyBytesMax)
        ?? Admission.CheckJson(request.ContentType)
        ?? ReadAny(request, id);

    public IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, SourceSecret secret) =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            [TraceHeader] = delivery.Id,
            [SignatureHeader] = TimedSignature.Sign(delivery, secret),
        };

    /// <summary>
    /// What fits is one event; a large delivery is taken apart, each part with what is around its data.
    /// </summary>
    private static Verdict ReadAny(InboundRequest request, string trace)
    {
        if (trace.Length > WebhookLimits.IdCharsMax)
        {
            return Rejections.IdMalformed(TraceHeader);
        }

        if (request.Body.Length <= WebhookLimits.BodyBytesMax)
        {
            return JsonEvents.ReadOne(
                request,
                (JsonElement element, string path, out InboundEvent read) => ReadEvent(element, path, trace, out read)
            );
        }

        if (JsonHead.Read(request.Body.Span, except: "data") is not { } head)
        {
            return Rejections.BodyMalformed("$.data", "an array, and nearly all of a large body");
        }

        return EventFields.TryReadType(head, "type", out var type)
            ? new Parted(
                new PartShape((_, part, number) => ToEvent(head, type, trace, part, number)) { Only = "data" },
                request.Body.ToArray()
            )
            : Rejections.BodyMalformed("$.type", EventFields.TypeExpected);
    }

    private static Rejected? ReadEvent(JsonElement element, string path, string trace, out InboundEvent read)
    {
        var fields = new EventReader(element, path);
        var type = fields.Scalar("type");
        return fields.Finish(trace.Length > 0 ? trace : EventFields.ContentId(type, element), type, null, out read);
    }

    private static InboundEvent ToEvent(JsonElement head, string type, string trace, JsonElement part, int number)
    {
        var whole = JsonHead.Join(head, part);
        var id = trace.Length > 0 ? EventFields.JoinId(':', [trace, $"{number}"]) : EventFields.ContentId(type, whole);
        return new InboundEvent(id, type, OccurredAt: null, whole, ContentHash.Of(whole));
    }
}
