using System.Globalization;
using System.Text.Json;
using EcosystemSilo.Senders.Payloads;
using Microsoft.AspNetCore.Http;

namespace EcosystemSilo.Senders.Schemes.Senders;

/// <summary>
/// Withings (developer.withings.com, notifications): a form with the user, the kind of data and seldom more. Withings
/// signs nothing, so the secret stands in the address; it asks with HEAD whether the address is there.
/// </summary>
public sealed class WithingsScheme : IWebhookScheme
{
    public string Name => "withings";

    public SchemeFacts Facts { get; } =
        new(
            "Withings",
            "secret address and list of addresses",
            "Use the address as callbackurl of every notify-subscribe. Withings publishes the addresses it posts from as "
                + "TXT records of ipblock-notify.withings.net."
        )
        {
            Handshake = "HEAD or an empty POST, 200",
            Identity = "none: the same news within 10 seconds is one",
            Secret = SecretOrigin.Address,
            SecretLabel = "Secret of the address",
            AnswerWithin = TimeSpan.FromSeconds(2),
            Acknowledgement = Answer.Ok,
            Settings = [SharedSettings.Addresses, .. SharedSettings.Api],
        };

    public IPayloadReader Payload { get; } = new WithingsPayload();

    public Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now)
    {
        if ((AddressToken.Check(request, secrets) ?? Admission.CheckBody(request)) is { } refused)
        {
            return refused;
        }

        return request.Body.IsEmpty
            ? new Greeted(Answer.Ok)
            : FormBody.Parse(request, out var form)
                ?? JsonEvents.ReadOne(
                    form,
                    (JsonElement element, string path, out InboundEvent read) => ReadEvent(element, path, now, out read)
                );
    }

    public Verdict Greet(InboundRequest request, IReadOnlyList<SourceSecret> secrets) =>
        AddressToken.Check(request, secrets)
        ?? (request.Method == HttpMethods.Options ? Rejections.MethodNotAllowed() : (Verdict)new Greeted(Answer.Ok));

    public string NewSecret() => AddressToken.New();

    public SourceSecret? ReadSecret(string text) => AddressToken.Read(text);

    public IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, SourceSecret secret) =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/x-www-form-urlencoded",
        };

    /// <summary>The type has the number of the kind of data: 1 weight, 4 blood pressure, 16 activity, 44
    /// sleep.</summary>
    private static Rejected? ReadEvent(JsonElement element, string path, DateTimeOffset now, out InboundEvent read)
    {
        var fields = new EventReader(element, path);
        var kind = fields.Scalar("appli");
        fields.Scalar("userid");
        string[] identity = [fields.Id("userid", "appli", "startdate", "enddate", "date", "action", "deviceid")];
        var fault = fields.Finish(EventFields.NewsId(identity, now), $"appli.{kind}", null, out read);
        return int.TryParse(kind, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? fault
            : Rejections.BodyMalformed($"{path}.appli", "a whole number");
    }
}
