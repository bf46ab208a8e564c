using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>What HubSpot's signature versions have in common: the events and the app's client secret.</summary>
internal static class HubSpotEvents
{
    public const string IdentityInWords = "eventId with its subscription, portal, objects and time";

    /// <summary>Which attempt this is: the one member of an event that a retry changes.</summary>
    private const string AttemptNumber = "attemptNumber";

    /// <summary>
    /// What makes an event unique. HubSpot does not promise that eventId alone does, one app's subscription serves many
    /// portals, and an event about an association has two objects instead of one.
    /// </summary>
    private static readonly string[] Identity =
    [
        "eventId",
        "subscriptionId",
        "portalId",
        "objectId",
        "fromObjectId",
        "toObjectId",
        "occurredAt",
        "propertyName",
    ];

    /// <summary>
    /// A stand-in in the form of HubSpot's own; the real one comes from the app's settings at HubSpot.
    /// </summary>
    public static string NewSecret() => new Guid(RandomNumberGenerator.GetBytes(16)).ToString();

    /// <summary>The app's client secret: HubSpot shows a UUID, of which the text is the key.</summary>
    public static SourceSecret? ReadSecret(string text) =>
        text.Length is >= 32 and <= 256 && text.All(c => c is > ' ' and <= '~')
            ? new SourceSecret(Encoding.ASCII.GetBytes(text))
            : null;

    public static Rejected? Read(JsonElement element, string path, out InboundEvent read)
    {
        read = null!;
        // The documentation's own examples have eventType in places.
        if (
            !EventFields.TryReadType(element, "subscriptionType", out var type)
            && !EventFields.TryReadType(element, "eventType", out type)
        )
        {
            return Rejections.BodyMalformed($"{path}.subscriptionType", EventFields.TypeExpected);
        }

        if (!EventFields.TryReadUnixTime(element, "occurredAt", TimeSpan.FromMilliseconds(1), out var occurredAt))
        {
            return Rejections.BodyMalformed($"{path}.occurredAt", "a time in Unix milliseconds");
        }

        if (!TryReadId(element, out var id))
        {
            return Rejections.BodyMalformed($"{path}.eventId", "a whole number or a text");
        }

        read = new InboundEvent(id, type, occurredAt, element, ContentHash.Of(element, AttemptNumber));
        return null;
    }

    private static bool TryReadId(JsonElement element, out string id)
    {
        var parts = Identity.Select(name =>
            element.TryGetProperty(name, out var part) && part.ValueKind != JsonValueKind.Null ? part.ToString() : ""
        );
        id = EventFields.JoinId(':', parts);
        return element.TryGetProperty(Identity[0], out var eventId)
            && (
                (eventId.ValueKind == JsonValueKind.Number && eventId.TryGetInt64(out _))
                || (eventId.ValueKind == JsonValueKind.String && eventId.GetString()!.Length > 0)
            );
    }
}
