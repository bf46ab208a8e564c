using System.Text.Json;
using EcosystemSilo.Senders.Payloads;

namespace EcosystemSilo.Senders.Schemes.Senders;

/// <summary>
/// Glucose readings in the form of Dexcom's API (developer.dexcom.com, v3 egvs, and v2). Dexcom posts nothing itself:
/// whatever polls it hands the answers on here with a bearer token.
/// </summary>
public sealed class DexcomScheme : IWebhookScheme
{
    public string Name => "dexcom";

    public SchemeFacts Facts { get; } =
        new(
            "Dexcom readings",
            "Authorization: Bearer token",
            "Dexcom has no webhooks. Let the program that polls /v3/users/self/egvs post each answer to the address, "
                + "with the secret as bearer token."
                + AddressedUser.Setup
        )
        {
            Identity = "content",
            SecretLabel = "Bearer token",
        };

    public IPayloadReader Payload { get; } = new DexcomPayload();

    public Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now) =>
        Admission.CheckBody(request)
        ?? BearerToken.Check(request, secrets)
        ?? AddressedUser.Check(request, out var user)
        ?? JsonEvents.ReadOne(
            request,
            (JsonElement element, string path, out InboundEvent read) => ReadEvent(element, path, user, out read)
        );

    public string NewSecret() => BearerToken.New();

    public SourceSecret? ReadSecret(string text) => BearerToken.Read(text);

    public IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, SourceSecret secret) =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            [BearerToken.Header] = BearerToken.Of(secret),
        };

    /// <summary>v3 has <c>records</c> and says of which type; v2 has <c>egvs</c>.</summary>
    private static Rejected? ReadEvent(JsonElement element, string path, string? user, out InboundEvent read)
    {
        var fields = new EventReader(element, path);
        var type = fields.OptionalScalar("recordType") ?? "egv";
        read = AddressedUser.ByContent(type, element, user);
        var hasRecords =
            (element.TryGetProperty("records", out var records) || element.TryGetProperty("egvs", out records))
            && records.ValueKind == JsonValueKind.Array;
        return hasRecords ? null : Rejections.BodyMalformed($"{path}.records", "an array of records");
    }
}
