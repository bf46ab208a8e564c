using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>Every refusal of a webhook, in one list. Codes are stable; senders and dashboards rely on them.</summary>
public static class Rejections
{
    public static Rejected BodyTooLarge(int bytesMax = WebhookLimits.BodyBytesMax) =>
        new(413, "webhook.body-too-large", $"A body may have {bytesMax} bytes.", null);

    public static Rejected ElementTooLarge(string path) =>
        new(413, "webhook.element-too-large", $"{path} is larger than {WebhookLimits.ElementBytesMax} bytes.", path);

    public static Rejected XmlMalformed(int line, int column) =>
        new(
            400,
            "webhook.xml-malformed",
            $"The body stops being XML without a document type at line {line}, column {column}.",
            null
        );

    public static Rejected MethodNotAllowed() =>
        new(405, "webhook.method-not-allowed", "Senders of this source's scheme only POST.", null);

    /// <summary>Says no more than an address without a source does: the secret is in the address.</summary>
    public static Rejected AddressUnknown() =>
        new(404, "webhook.address-unknown", "There is no webhook source at this address.", null);

    public static Rejected SenderNotListed() =>
        new(403, "webhook.sender-not-listed", "The sender's address is not in the source's list.", "addresses");

    public static Rejected HandshakeRefused(string field, string rule) =>
        new(403, "webhook.handshake-refused", $"{field} must be {rule}.", field);

    public static Rejected NotOfThisSource(string path, string setting) =>
        new(403, "webhook.other-subscription", $"{path} is not the source's setting '{setting}'.", path);

    public static Rejected BatchTooLarge(int count) =>
        new(
            413,
            "webhook.batch-too-large",
            $"The delivery holds {count} events; {WebhookLimits.EventsPerDeliveryMax} are allowed.",
            "$"
        );

    public static Rejected EncodingUnsupported() =>
        new(415, "webhook.content-encoding-unsupported", "Send the body uncompressed.", "Content-Encoding");

    public static Rejected ContentTypeUnsupported(string expected) =>
        new(415, "webhook.content-type-unsupported", $"The content type must be {expected}.", "Content-Type");

    public static Rejected SignatureMissing(string header) =>
        new(401, "webhook.signature-missing", $"The header {header} is missing.", header);

    public static Rejected SignatureInvalid(string header) =>
        new(401, "webhook.signature-invalid", "No signature matches this request and a secret of this source.", header);

    public static Rejected TimestampMalformed(string header, string unit) =>
        new(401, "webhook.timestamp-malformed", $"{header} must be a whole number of Unix {unit}.", header);

    public static Rejected TimestampStale(string header, TimeSpan tolerance) =>
        new(401, "webhook.timestamp-stale", $"The request is older than {tolerance.TotalMinutes} minutes.", header);

    public static Rejected TimestampFuture(string header, TimeSpan tolerance) =>
        new(
            401,
            "webhook.timestamp-future",
            $"The request is dated more than {tolerance.TotalMinutes} minutes ahead.",
            header
        );

    public static Rejected HeaderRepeated(string header) =>
        new(400, "webhook.header-repeated", $"The header {header} may stand once.", header);

    public static Rejected IdMalformed(string header) =>
        new(
            400,
            "webhook.id-malformed",
            $"An id has 1 to {WebhookLimits.IdCharsMax} visible ASCII characters and no full stop.",
            header
        );

    public static Rejected NotByHub() =>
        new(403, "webhook.not-by-hub", "Deliveries of this source's scheme do not come by an event hub.", "source");

    public static Rejected Json(JsonFault fault) => new(400, fault.Code, fault.Message, fault.Path);

    /// <summary>Well-formed JSON that is not what the scheme sends.</summary>
    public static Rejected BodyMalformed(string path, string expected) =>
        new(400, "webhook.body-malformed", $"{path} must be {expected}.", path);

    public static Rejected AttributeMissing(string field) =>
        new(400, "webhook.attribute-missing", $"{field} is required.", field);

    public static Rejected AttributeInvalid(string field, string expected) =>
        new(400, "webhook.attribute-invalid", $"{field} must be {expected}.", field);

    public static Rejected AttributeNameInvalid(string field) =>
        new(400, "webhook.attribute-name-invalid", "Attribute names are lower-case letters and digits.", field);
}
