using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcosystemSilo.LoadTests.Baselines;

/// <summary>A checked and read <c>deal.amount.changed</c> or <c>partner.registered</c>.</summary>
/// <param name="Subject">The deal, or the partner.</param>
/// <param name="Name">Of a partner that is registered; null for a deal.</param>
/// <param name="Hash">SHA-256 of the body, which tells a repeat from another delivery under the same id.</param>
/// <param name="Data">The event's data as it came, for the event's row.</param>
internal sealed record PeerDelivery(
    string Id,
    string Type,
    string Subject,
    string? Name,
    long Minor,
    string Currency,
    byte[] Hash,
    string Data
)
{
    public const string Applied = "applied";
    public const string Repeated = "repeated";
    public const string Reused = "idReused";
    public const string DeadLettered = "deadLettered";

    /// <summary>Null when the body is not such an event.</summary>
    public static PeerDelivery? Read(string id, byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            var data = root.GetProperty("data");
            root.GetProperty("timestamp").GetDateTimeOffset();
            var type = root.GetProperty("type").GetString()!;
            var isPartner = type == "partner.registered";
            var amount = isPartner ? default : data.GetProperty("amount");
            return new PeerDelivery(
                id,
                type,
                data.GetProperty(isPartner ? "partner" : "deal").GetString()!,
                isPartner ? data.GetProperty("name").GetString()! : null,
                isPartner ? 0 : amount.GetProperty("minor").GetInt64(),
                isPartner ? "" : amount.GetProperty("currency").GetString()!,
                SHA256.HashData(body),
                data.GetRawText()
            );
        }
        catch (Exception malformed)
            when (malformed is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}

internal sealed record PeerAnswer(string Delivery, string Outcome);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PeerAnswer))]
internal sealed partial class PeerJson : JsonSerializerContext;
