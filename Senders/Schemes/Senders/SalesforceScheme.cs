using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Senders.Schemes.Senders;

/// <summary>
/// Salesforce's outbound messages (developer.salesforce.com, SOAP API, outbound messaging): SOAP 1.1 with up to 100
/// notifications, answered by an Ack; any other answer, also a plain 200, makes Salesforce send it again. Nothing is
/// signed, so the secret stands in the address. The session id in the message is not kept.
/// </summary>
public sealed class SalesforceScheme : IWebhookScheme
{
    private const string OrganizationId = "organizationId";

    private const string Ack =
        """<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>""";

    private static readonly XNamespace Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    private static readonly XNamespace Outbound = "http://soap.sforce.com/2005/09/outbound";
    private static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";

    public string Name => "salesforce";

    public SchemeFacts Facts { get; } =
        new(
            "Salesforce outbound messages",
            "secret address, list of addresses and organization",
            "In Salesforce's Setup, create an outbound message with the address as endpoint URL, and without a session "
                + "id. Salesforce publishes the addresses it posts from."
        )
        {
            Identity = "the notification's Id and its content",
            Secret = SecretOrigin.Address,
            SecretLabel = "Secret of the address",
            Acknowledgement = new Answer(200, "text/xml; charset=utf-8", Ack),
            Settings =
            [
                SharedSettings.Addresses,
                new(OrganizationId, "Organization id", "Only its messages are taken. Empty: any organization's.")
                {
                    IsValid = text => text.Length is 15 or 18 && text.All(char.IsAsciiLetterOrDigit),
                    Rule = "the 15 or 18 letters and digits of an organization's id",
                },
            ],
        };

    public Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now)
    {
        var refused =
            AddressToken.Check(request, secrets)
            ?? Admission.CheckBody(request)
            ?? (IsXml(request.ContentType) ? null : Rejections.ContentTypeUnsupported("text/xml"));
        return refused
            ?? StrictXml.Parse(request.Body, out var root)
            ?? ReadMessage(root, request.Settings[OrganizationId]);
    }

    public string NewSecret() => AddressToken.New();

    public SourceSecret? ReadSecret(string text) => AddressToken.Read(text);

    public IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, SourceSecret secret) =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "text/xml; charset=utf-8",
        };

    private static bool IsXml(string? contentType) =>
        contentType?.StartsWith("text/xml", StringComparison.OrdinalIgnoreCase) == true
        || contentType?.StartsWith("application/xml", StringComparison.OrdinalIgnoreCase) == true;

    private static Verdict ReadMessage(XElement root, string? organization)
    {
        var message =
            root.Name == Soap + "Envelope" ? root.Element(Soap + "Body")?.Element(Outbound + "notifications") : null;
        if (message is null)
        {
            return Rejections.BodyMalformed("Envelope.Body.notifications", "present, in SOAP 1.1");
        }

        // 15 characters are the id; the 18 of the longer form begin with them.
        var from = message.Element(Outbound + "OrganizationId")?.Value ?? "";
        if (organization is not null && (from.Length < 15 || from[..15] != organization[..15]))
        {
            return Rejections.NotOfThisSource("notifications.OrganizationId", OrganizationId);
        }

        var events = new List<InboundEvent>();
        foreach (var notification in message.Elements(Outbound + "Notification"))
        {
            if (events.Count == WebhookLimits.EventsPerDeliveryMax)
            {
                return Rejections.BatchTooLarge(message.Elements().Count());
            }

            if (ReadNotification(notification, $"Notification[{events.Count}]", out var read) is { } refused)
            {
                return refused;
            }

            events.Add(read);
        }

        return events.Count > 0
            ? Verified.Of(events)
            : Rejections.BodyMalformed("notifications.Notification", "present, once or more");
    }

    /// <summary>
    /// A retry has the same Id and the newest state of the object, which may have changed since: so both tell it apart.
    /// </summary>
    private static Rejected? ReadNotification(XElement notification, string path, out InboundEvent read)
    {
        read = null!;
        var id = notification.Element(Outbound + "Id")?.Value;
        if (notification.Element(Outbound + "sObject") is not { } changed || string.IsNullOrEmpty(id))
        {
            return Rejections.BodyMalformed(path, "an Id and an sObject");
        }

        var type = changed.Attribute(Instance + "type")?.Value.Split(':')[^1] ?? "";
        if (type.Length is 0 or > WebhookLimits.TypeCharsMax || !CleanText.IsClean(type))
        {
            return Rejections.BodyMalformed($"{path}.sObject.type", EventFields.TypeExpected);
        }

        var fields = new JsonObject();
        foreach (var field in changed.Elements())
        {
            if (!fields.TryAdd(field.Name.LocalName, field.Attribute(Instance + "nil") is null ? field.Value : null))
            {
                return Rejections.BodyMalformed($"{path}.sObject.{field.Name.LocalName}", "there once");
            }
        }

        var data = JsonSerializer.SerializeToElement(fields);
        read = new InboundEvent(EventFields.ContentId(id, data), type, null, data, ContentHash.Of(data));
        return null;
    }
}
