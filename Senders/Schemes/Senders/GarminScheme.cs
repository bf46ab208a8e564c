using EcosystemSilo.Senders.Payloads;

namespace EcosystemSilo.Senders.Schemes.Senders;

/// <summary>
/// Garmin's Health and Activity API, push and ping. Its specification is open to partners alone; what is known here is
/// what public integrations show: nothing is signed, one body may mix many types and users, and a push of a backfill
/// has up to 100 MB. So the secret stands in the address, and the body is taken apart while it arrives.
/// </summary>
public sealed class GarminScheme : IWebhookScheme
{
    private const string ClientHeader = "garmin-client-id";
    private const string ClientId = "clientId";

    private static readonly PartShape Shape = new(PartShape.ByContent) { Subject = "userId" };

    public string Name => "garmin";

    public SchemeFacts Facts { get; } =
        new(
            "Garmin Health and Activity API",
            "secret address, list of addresses and client id",
            "In the endpoint configuration of Garmin's developer portal, enter the address for every summary type."
        )
        {
            Identity = "content, part by part",
            Secret = SecretOrigin.Address,
            SecretLabel = "Secret of the address",
            AnswerWithin = TimeSpan.FromSeconds(30),
            Acknowledgement = Answer.Ok,
            BodyBytesMax = 128 * 1024 * 1024,
            IsStreamed = true,
            Settings =
            [
                SharedSettings.Addresses,
                new(ClientId, "Client id", $"Only deliveries with this {ClientHeader} are taken. Empty: any."),
                .. SharedSettings.Api,
            ],
        };

    public IPayloadReader Payload { get; } = new GarminPayload();

    public Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now) =>
        AddressToken.Check(request, secrets)
        ?? CheckClient(request)
        ?? Admission.CheckBody(request)
        ?? Admission.CheckJson(request.ContentType)
        ?? (Verdict)new Parted(Shape);

    public string NewSecret() => AddressToken.New();

    public SourceSecret? ReadSecret(string text) => AddressToken.Read(text);

    public IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, SourceSecret secret) =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json" };

    private static Rejected? CheckClient(InboundRequest request) =>
        request.Settings[ClientId] is { } expected
        && !TokenText.AreEqual(expected, request.Headers[ClientHeader].ToString())
            ? Rejections.NotOfThisSource(ClientHeader, ClientId)
            : null;
}
