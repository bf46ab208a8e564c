using EcosystemSilo.Senders.Payloads;

namespace EcosystemSilo.Senders.Schemes.Senders;

/// <summary>
/// Apps on a person's phone that post what they read there: an object of arrays of samples, with a bearer token in a
/// header that the user enters. The periods of two uploads overlap and samples seldom have ids, so parts are recognised
/// by their content.
/// </summary>
public sealed class AppUploadScheme : IWebhookScheme
{
    private readonly string? _parent;

    private AppUploadScheme(string name, string label, string setup, IPayloadReader payload, string? parent = null)
    {
        (Name, Payload, _parent) = (name, payload, parent);
        Facts = new SchemeFacts(label, "Authorization: Bearer token", setup + AddressedUser.Setup)
        {
            Identity = "content, part by part",
            SecretLabel = "Bearer token",
            BodyBytesMax = 32 * 1024 * 1024,
            IsStreamed = true,
            Settings = [SharedSettings.EventHub],
        };
    }

    /// <summary>
    /// Health Auto Export (github.com/Lybron/health-auto-export): the arrays are in <c>data</c>, which may be null.
    /// </summary>
    public static AppUploadScheme HealthAutoExport { get; } =
        new(
            "health-auto-export",
            "Health Auto Export",
            "In the app, create a REST API automation of format JSON with the address as URL, and add the header "
                + "Authorization with \"Bearer \" and the secret.",
            new HealthAutoExportPayload(),
            parent: "data"
        );

    /// <summary>Health Connect, as github.com/mcnaveen/health-connect-webhook posts it: one array a type.</summary>
    public static AppUploadScheme HealthConnect { get; } =
        new(
            "health-connect",
            "Health Connect app",
            "Health Connect has no webhooks. Let the app post to the address, with one array of records a type, and the "
                + "header Authorization with \"Bearer \" and the secret.",
            new HealthConnectPayload()
        );

    /// <summary>HealthKit, in the same form: for example <c>samples</c> and <c>deleted</c>.</summary>
    public static AppUploadScheme HealthKit { get; } =
        new(
            "healthkit",
            "Apple HealthKit app",
            "HealthKit has no webhooks. Let the app post to the address, with the arrays samples and deleted, and the "
                + "header Authorization with \"Bearer \" and the secret.",
            new HealthKitPayload()
        );

    public string Name { get; }

    public SchemeFacts Facts { get; }

    public IPayloadReader Payload { get; }

    public Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now) =>
        BearerToken.Check(request, secrets)
        ?? Admission.CheckBody(request)
        ?? Admission.CheckJson(request.ContentType)
        ?? AddressedUser.Check(request, out var user)
        ?? (Verdict)new Parted(ShapeOf(user));

    /// <summary>Parts are recognised by their content, so the delivery's id is of no use.</summary>
    public Verdict Read(InboundRequest request, string id) =>
        Admission.CheckBody(request, Facts.BodyBytesMax)
        ?? Admission.CheckJson(request.ContentType)
        ?? AddressedUser.Check(request, out var user)
        ?? (Verdict)new Parted(ShapeOf(user), request.Body.ToArray());

    public string NewSecret() => BearerToken.New();

    public SourceSecret? ReadSecret(string text) => BearerToken.Read(text);

    public IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, SourceSecret secret) =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            [BearerToken.Header] = BearerToken.Of(secret),
        };

    private PartShape ShapeOf(string? user) =>
        new((array, part, _) => AddressedUser.ByContent(array, part, user)) { Parent = _parent };
}
