using System.Text;
using EcosystemSilo.Senders.Schemes;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks;

public sealed class StandardWebhooksSchemeTests
{
    private const string Body = """
        {"type":"partner.registered","timestamp":"2026-11-21T11:59:59.5Z","data":{"partner":"p-1","name":"Ärzte"}}
        """;

    private static readonly StandardWebhooksScheme Scheme = new();
    private static readonly SourceSecret Secret = Scheme.FreshSecret();
    private static readonly SourceSecret Other = Scheme.FreshSecret();

    /// <summary>The vectors of the specification's own libraries: JS, C#, Go, Python and PHP; then Rust.</summary>
    [Theory]
    [InlineData(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        """{"test": 2432232314}""",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )]
    [InlineData(
        "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
        "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
        1649367553,
        """{"email":"test@example.com","username":"test_user"}""",
        "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw="
    )]
    public void APublishedVector_IsSignedAndVerified(string text, string id, long at, string body, string signature)
    {
        var secret = Scheme.ReadSecret(text).ShouldNotBeNull();
        var sent = DateTimeOffset.FromUnixTimeSeconds(at);
        var request = Deliveries.Signed(Scheme, secret, body, id, sent);

        request.Headers["webhook-signature"].ToString().ShouldBe(signature);
        // The vectors' bodies are not the specification's payload, so the refusal that comes after the signature shows
        // that the signature was right, and a wrong one is refused before the body is read.
        Scheme.Verify(request, [secret], sent).Outcome().ShouldBe("400 webhook.body-malformed");
        var tampered = request.WithBody(body.Replace('t', 'T'));
        Scheme.Verify(tampered, [secret], sent).Outcome().ShouldBe("401 webhook.signature-invalid");
    }

    [Fact]
    public void AValidDelivery_GivesItsOneEvent()
    {
        var verified = Scheme
            .Verify(Deliveries.Signed(Scheme, Secret, Body), [Secret], Deliveries.Now)
            .ShouldBeVerified();

        var read = verified.Events.ShouldHaveSingleItem();
        verified.DeliveryId.ShouldBe("msg_1");
        read.Id.ShouldBe("msg_1");
        read.Type.ShouldBe("partner.registered");
        read.OccurredAt.ShouldBe(new DateTimeOffset(2026, 11, 21, 11, 59, 59, 500, TimeSpan.Zero));
        read.Data.GetProperty("name").GetString().ShouldBe("Ärzte");
        read.Hash.ToArray().ShouldBe(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Body)));
        verified.Hash.ToArray().ShouldBe(read.Hash.ToArray());
    }

    public static TheoryData<string, Func<InboundRequest, InboundRequest>, string> Altered() =>
        new()
        {
            { "nothing altered", r => r, "200" },
            { "no content type", r => r.WithHeader("Content-Type", null), "200" },
            { "charset stated", r => r.WithHeader("Content-Type", "application/json; charset=utf-8"), "200" },
            { "an unknown version first", r => Sign(r, s => $"v1a,AAAA {s}"), "200" },
            { "a wrong signature first", r => Sign(r, s => $"v1,{new string('A', 43)}= {s}"), "200" },
            { "a valid signature first", r => Sign(r, s => $"{s} v1,rubbish v9,x"), "200" },
            { "only an unknown version", r => Sign(r, s => s.Replace("v1,", "v1a,")), SignatureInvalid },
            { "version left out", r => Sign(r, s => s[3..]), SignatureInvalid },
            { "signature cut short", r => Sign(r, s => s[..^1]), SignatureInvalid },
            { "signature with a tail", r => Sign(r, s => $"{s}A"), SignatureInvalid },
            { "spare bits of base64 set", r => Sign(r, s => $"{s[..^2]}{(char)(s[^2] + 1)}="), SignatureInvalid },
            { "a comma between signatures", r => Sign(r, s => $"v1,x,{s}"), SignatureInvalid },
            { "a flood of signatures", r => Sign(r, s => $"{Flood(17)}{s}"), SignatureInvalid },
            { "a huge signature header", r => Sign(r, s => $"{s} {new string('x', 5_000)}"), SignatureInvalid },
            { "re-serialised body", r => r.WithBody(Body.Replace(":", ": ")), SignatureInvalid },
            { "body cut short", r => r with { Body = r.Body[..^1] }, SignatureInvalid },
            { "body empty", r => r with { Body = default }, SignatureInvalid },
            { "one bit of the body", r => r.WithBody(Body.Replace("p-1", "p-0")), SignatureInvalid },
            { "another id", r => r.WithHeader("webhook-id", "msg_2"), SignatureInvalid },
            { "another timestamp", r => r.WithHeader("webhook-timestamp", Seconds(1)), SignatureInvalid },
            { "id with a full stop", r => r.WithHeader("webhook-id", "msg.1"), "400 webhook.id-malformed" },
            { "id with a space", r => r.WithHeader("webhook-id", "msg 1"), "400 webhook.id-malformed" },
            { "id too long", r => r.WithHeader("webhook-id", new string('i', 257)), "400 webhook.id-malformed" },
            { "no id", r => r.WithHeader("webhook-id", null), SignatureMissing },
            { "no timestamp", r => r.WithHeader("webhook-timestamp", null), SignatureMissing },
            { "no signature", r => r.WithHeader("webhook-signature", null), SignatureMissing },
            { "empty signature", r => r.WithHeader("webhook-signature", ""), SignatureMissing },
            { "timestamp in words", r => r.WithHeader("webhook-timestamp", "noon"), TimestampMalformed },
            { "timestamp with a sign", r => r.WithHeader("webhook-timestamp", $"+{Seconds(0)}"), TimestampMalformed },
            {
                "timestamp with a fraction",
                r => r.WithHeader("webhook-timestamp", $"{Seconds(0)}.0"),
                TimestampMalformed
            },
            {
                "timestamp beyond 64 bits",
                r => r.WithHeader("webhook-timestamp", new string('9', 30)),
                TimestampMalformed
            },
            {
                "timestamp at the end of time",
                r => r.WithHeader("webhook-timestamp", $"{long.MaxValue}"),
                TimestampFuture
            },
            { "timestamp zero", r => r.WithHeader("webhook-timestamp", "0"), "401 webhook.timestamp-stale" },
            { "form content type", r => r.WithHeader("Content-Type", "application/x-www-form-urlencoded"), WrongType },
            { "another charset", r => r.WithHeader("Content-Type", "application/json; charset=utf-16"), WrongType },
            { "compressed", r => r.WithHeader("Content-Encoding", "gzip"), "415 webhook.content-encoding-unsupported" },
            { "two timestamps", r => Twice(r, "webhook-timestamp"), "400 webhook.header-repeated" },
            { "two signature headers", r => Twice(r, "webhook-signature"), "400 webhook.header-repeated" },
        };

    private const string SignatureInvalid = "401 webhook.signature-invalid";
    private const string SignatureMissing = "401 webhook.signature-missing";
    private const string TimestampMalformed = "401 webhook.timestamp-malformed";
    private const string TimestampFuture = "401 webhook.timestamp-future";
    private const string WrongType = "415 webhook.content-type-unsupported";

    [Theory]
    [MemberData(nameof(Altered), DisableDiscoveryEnumeration = true)]
    public void AnAlteredDelivery_EndsInStatusAndCode(
        string situation,
        Func<InboundRequest, InboundRequest> alter,
        string outcome
    )
    {
        var request = alter(Deliveries.Signed(Scheme, Secret, Body));

        Scheme.Verify(request, [Secret], Deliveries.Now).Outcome().ShouldBe(outcome, situation);
    }

    [Theory]
    [InlineData(-300, "200")]
    [InlineData(-301, "401 webhook.timestamp-stale")]
    [InlineData(300, "200")]
    [InlineData(301, TimestampFuture)]
    public void TheTimestamp_MayBeFiveMinutesOffBothWays(int seconds, string outcome)
    {
        var request = Deliveries.Signed(Scheme, Secret, Body, at: Deliveries.Now.AddSeconds(seconds));

        Scheme.Verify(request, [Secret], Deliveries.Now).Outcome().ShouldBe(outcome);
    }

    [Theory]
    [InlineData("""[]""", "400 webhook.body-malformed", "$")]
    [InlineData("""{"data":{}}""", "400 webhook.body-malformed", "$.type")]
    [InlineData("""{"type":5,"data":{}}""", "400 webhook.body-malformed", "$.type")]
    [InlineData("""{"type":"","data":{}}""", "400 webhook.body-malformed", "$.type")]
    [InlineData("""{"type":"a\nb","data":{}}""", "400 webhook.body-malformed", "$.type")]
    [InlineData("""{"type":"a"}""", "400 webhook.body-malformed", "$.data")]
    [InlineData("""{"type":"a","timestamp":"noon","data":{}}""", "400 webhook.body-malformed", "$.timestamp")]
    [InlineData("""{"type":"a","timestamp":17,"data":{}}""", "400 webhook.body-malformed", "$.timestamp")]
    [InlineData("""{"type":"a","data":{"n":"\ud800"}}""", "400 json.lone-surrogate", "$.data.n")]
    [InlineData("""{"type":"a","type":"b","data":{}}""", "400 json.duplicate-key", "$.type")]
    [InlineData("", "400 json.empty", "$")]
    public void ASignedBodyOfTheWrongShape_IsRefusedWithItsField(string body, string outcome, string field)
    {
        var verdict = Scheme.Verify(Deliveries.Signed(Scheme, Secret, body), [Secret], Deliveries.Now);

        verdict.Outcome().ShouldBe(outcome);
        ((Rejected)verdict).Field.ShouldBe(field);
    }

    [Fact]
    public void ABodyWithoutTimestamp_IsAnEventWithoutTime()
    {
        var request = Deliveries.Signed(Scheme, Secret, """{"type":"deal.won","data":null}""");

        var verified = Scheme.Verify(request, [Secret], Deliveries.Now).ShouldBeVerified();

        verified.Events[0].OccurredAt.ShouldBeNull();
    }

    [Fact]
    public void DuringARotation_EitherSecretOrBothSignaturesPass_AndTheOldOneIsDeadAfter()
    {
        var (old, current) = (Secret, Other);
        var byOld = Deliveries.Signed(Scheme, old, Body);
        var byNew = Deliveries.Signed(Scheme, current, Body);
        var byBoth = Sign(byOld, s => $"{s} {byNew.Headers["webhook-signature"]}");

        foreach (var request in new[] { byOld, byNew, byBoth })
        {
            Scheme.Verify(request, [old, current], Deliveries.Now).Outcome().ShouldBe("200");
            Scheme.Verify(request, [current, old], Deliveries.Now).Outcome().ShouldBe("200");
        }

        Scheme.Verify(byOld, [current], Deliveries.Now).Outcome().ShouldBe(SignatureInvalid);
        Scheme.Verify(byNew, [current], Deliveries.Now).Outcome().ShouldBe("200");
        Scheme.Verify(byNew, [], Deliveries.Now).Outcome().ShouldBe(SignatureInvalid);
    }

    [Fact]
    public void SvixHeaders_AreTheSameScheme_ButTheTwoAreNotMixed()
    {
        var standard = Deliveries.Signed(Scheme, Secret, Body);
        var svix = new HeaderDictionary();
        foreach (var name in (string[])["id", "timestamp", "signature"])
        {
            svix[$"Svix-{name}"] = standard.Headers[$"webhook-{name}"];
        }

        Scheme.Verify(standard with { Headers = svix }, [Secret], Deliveries.Now).Outcome().ShouldBe("200");

        svix["webhook-id"] = "msg_1";
        var mixed = Scheme.Verify(standard with { Headers = svix }, [Secret], Deliveries.Now);
        mixed.Outcome().ShouldBe(SignatureMissing);
        ((Rejected)mixed).Field.ShouldBe("webhook-timestamp");
    }

    [Fact]
    public void ABodyOverTheLimit_IsRefusedBeforeAnythingElse()
    {
        var request = new InboundRequest(
            "POST",
            Deliveries.Url,
            new HeaderDictionary(),
            new byte[WebhookLimits.BodyBytesMax + 1],
            "text/plain"
        );

        Scheme.Verify(request, [Secret], Deliveries.Now).Outcome().ShouldBe("413 webhook.body-too-large");
    }

    [Theory]
    [InlineData("whsec_", false)]
    [InlineData("", false)]
    [InlineData("whsec_no base64 at all!", false)]
    [InlineData("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==", false)] // 22 bytes
    [InlineData("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", true)] // 24 bytes
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", true)]
    public void ASecret_IsBase64Of24To64Bytes(string text, bool valid) =>
        (Scheme.ReadSecret(text) is not null).ShouldBe(valid);

    [Fact]
    public void ASecretOf65Bytes_IsRefused_AndOneOf64IsTaken()
    {
        Scheme.ReadSecret(Convert.ToBase64String(new byte[65])).ShouldBeNull();
        Scheme.ReadSecret(Convert.ToBase64String(new byte[64])).ShouldNotBeNull();
    }

    private static InboundRequest Sign(InboundRequest request, Func<string, string> alter) =>
        request.WithHeader("webhook-signature", alter(request.Headers["webhook-signature"].ToString()));

    private static InboundRequest Twice(InboundRequest request, string name)
    {
        request.Headers.Append(name, request.Headers[name].ToString());
        return request;
    }

    private static string Flood(int count) => string.Concat(Enumerable.Repeat($"v1,{new string('A', 43)}= ", count));

    private static string Seconds(int offset) => $"{Deliveries.Now.ToUnixTimeSeconds() + offset}";
}
