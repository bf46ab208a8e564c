using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Senders.Schemes.Senders;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks.Senders;

/// <summary>What single senders have beside the table: settings, published vectors, and their own forms.</summary>
public sealed class SenderDetailTests
{
    /// <summary>HubSpot's documentation, request validation, v2: a GET of this address has this signature.</summary>
    [Fact]
    public void HubSpotsVectorOfV2_IsVerified()
    {
        IWebhookScheme scheme = new HubSpotLegacyScheme(2);
        var secret = scheme.ReadSecret("yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy").ShouldNotBeNull();

        var signed = scheme.Sign(
            new OutboundDelivery("GET", "https://www.example.com/webhook_uri", default, "", Deliveries.Now),
            secret
        );

        signed["X-HubSpot-Signature"].ShouldBe("eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e");
    }

    [Theory]
    [InlineData("untouched", "200")]
    [InlineData("another body", "401 webhook.signature-invalid")]
    [InlineData("another key's id", "401 webhook.signature-invalid")]
    [InlineData("a bit off", "401 webhook.signature-invalid")]
    [InlineData("cut short", "401 webhook.signature-invalid")]
    [InlineData("missing", "401 webhook.signature-missing")]
    [InlineData("under the old name", "200")]
    public void GooglesSignature_IsCheckedWhenItsKeysAreSet(string situation, string outcome)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        IWebhookScheme scheme = new GoogleHealthScheme();
        var secret = scheme.FreshSecret();
        var request = Deliveries.Signed(scheme, secret, SenderSample.Of("google-health").Body);
        var signature = new byte[5];
        signature[0] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(signature.AsSpan(1), situation == "another key's id" ? 8u : 7u);
        var body = request.Body.ToArray();
        signature =
        [
            .. signature,
            .. pair.SignData(body, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
        ];
        signature[^1] ^= situation == "a bit off" ? (byte)1 : (byte)0;
        var name = situation == "under the old name" ? "X-HEALTHAPI-SIGNATURE" : "GOOGLE-HEALTH-API-SIGNATURE";
        var text = Convert.ToBase64String(situation == "cut short" ? signature[..^9] : signature);
        request = situation == "missing" ? request : request.WithHeader(name, text);
        request = situation == "another body" ? request.WithBody(request.BodyText() + " ") : request;

        var verdict = scheme.Verify(With(request, ("keyset", Keyset(pair))), [secret], Deliveries.Now);

        verdict.Outcome().ShouldBe(outcome);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><x>&b;</x>")]
    public void ADocumentType_IsRefusedUnread(string xml) =>
        AtAddress("salesforce", xml).Outcome().ShouldBe("400 webhook.xml-malformed");

    [Fact]
    public void DeepXml_IsRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 10_000)) + string.Concat(Enumerable.Repeat("</a>", 10_000));

        AtAddress("salesforce", deep).Outcome().ShouldBe("400 webhook.body-malformed");
    }

    [Theory]
    [InlineData("00D000000000001", "200")]
    [InlineData("00D000000000001EAA", "200")]
    [InlineData("00D000000000002", "403 webhook.other-subscription")]
    public void SalesforcesOrganization_MustBeTheOneThatIsSet(string organization, string outcome) =>
        AtAddress("salesforce", SenderSamples.Salesforce, ("organizationId", organization)).Outcome().ShouldBe(outcome);

    [Fact]
    public void SalesforcesSessionId_IsNotKept()
    {
        var read = AtAddress("salesforce", SenderSamples.Salesforce).ShouldBeVerified().Events.ShouldHaveSingleItem();

        read.Type.ShouldBe("Opportunity");
        read.Data.GetRawText().ShouldBe("""{"Id":"006000000000001AAA","StageName":"Closed Won","Amount":null}""");
    }

    [Theory]
    [InlineData("192.0.2.7", "200")]
    [InlineData("::ffff:192.0.2.7", "200")]
    [InlineData("198.51.100.1", "403 webhook.sender-not-listed")]
    [InlineData(null, "403 webhook.sender-not-listed")]
    public void ASenderOutsideTheList_IsRefused(string? from, string outcome)
    {
        var sample = SenderSample.Of("withings");
        var secret = sample.Kind.FreshSecret();
        var request = With(
            Deliveries.Signed(sample.Kind, secret, sample.Body),
            ("addresses", "192.0.2.0/24, 2001:db8::1")
        ) with
        {
            AddressToken = Encoding.ASCII.GetString(secret.Key),
            From = from is null ? null : IPAddress.Parse(from),
        };

        sample.Kind.Verify(request, [secret], Deliveries.Now).Outcome().ShouldBe(outcome);
    }

    [Theory]
    [InlineData(SenderSamples.FhirR4)]
    [InlineData(SenderSamples.FhirR5)]
    public void AFhirEvent_IsKnownByItsNumber_AlsoWhenItsResourceIsNewer(string bundle)
    {
        var read = Fhir(bundle);
        var again = Fhir(bundle.Replace("\"final\"", "\"amended\"", StringComparison.Ordinal));

        (read.Id, read.Type).ShouldBe(("https://ehr.example/Subscription/s-1#7", "Observation"));
        read.Data.GetProperty("resources")[0].GetProperty("id").GetString().ShouldBe("o-1");
        again.Hash.ToArray().ShouldBe(read.Hash.ToArray());
    }

    [Fact]
    public void StravasSignature_IsRequiredOnceItsSecretIsSet()
    {
        var body = SenderSample.Of("strava").Body;

        AtAddress("strava", body, ("clientSecret", new string('s', 40)))
            .Outcome()
            .ShouldBe("401 webhook.signature-missing");
        AtAddress("strava", body, ("subscriptionId", "2")).Outcome().ShouldBe("403 webhook.other-subscription");
        AtAddress("strava", body, ("subscriptionId", "1")).Outcome().ShouldBe("200");
    }

    private static InboundEvent Fhir(string bundle)
    {
        IWebhookScheme scheme = new FhirScheme();
        var secret = scheme.FreshSecret();
        var verdict = scheme.Verify(Deliveries.Signed(scheme, secret, bundle), [secret], Deliveries.Now);
        return verdict.ShouldBeVerified().Events.ShouldHaveSingleItem();
    }

    private static Verdict AtAddress(string name, string body, params (string Name, string Text)[] settings)
    {
        var scheme = WebhookSchemes.Find(name).ShouldNotBeNull();
        var secret = scheme.FreshSecret();
        var request = With(Deliveries.Signed(scheme, secret, body), settings) with
        {
            AddressToken = Encoding.ASCII.GetString(secret.Key),
        };
        return scheme.Verify(request, [secret], Deliveries.Now);
    }

    private static InboundRequest With(InboundRequest request, params (string Name, string Text)[] settings) =>
        request with
        {
            Settings = new SourceSettings(settings.ToDictionary(setting => setting.Name, setting => setting.Text)),
        };

    /// <summary>The key as Tink writes it: version, parameters, and the coordinates with a zero in front.</summary>
    private static string Keyset(ECDsa pair)
    {
        var point = pair.ExportParameters(includePrivateParameters: false).Q;
        byte[] message = [8, 0, 18, 2, 8, 3, 26, 33, 0, .. point.X!, 34, 33, 0, .. point.Y!];
        return $$"""{"primaryKeyId":7,"key":[{"keyData":{"value":"{{Convert.ToBase64String(message)}}"},"keyId":7}]}""";
    }
}
