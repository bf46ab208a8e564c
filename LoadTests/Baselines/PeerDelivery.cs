using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcosystemSilo.LoadTests.Baselines;

/// <summary>A checked and read <c>deal.amount.changed</c>.</summary>
/// <param name="Hash">SHA-256 of the body, which tells a repeat from another delivery under the same id.</param>
/// <param name="Data">The event's data as it came, for the event's row.</param>
internal sealed record PeerDelivery(
    string Id,
    string Type,
    string Deal,
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
            var amount = data.GetProperty("amount");
            root.GetProperty("timestamp").GetDateTimeOffset();
            return new PeerDelivery(
                id,
                root.GetProperty("type").GetString()!,
                data.GetProperty("deal").GetString()!,
                amount.GetProperty("minor").GetInt64(),
                amount.GetProperty("currency").GetString()!,
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
