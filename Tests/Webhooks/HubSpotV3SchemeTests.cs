using System.Text.Json;
using EcosystemSilo.Senders.Schemes;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks;

public sealed class HubSpotV3SchemeTests
{
    private const string Signature = "X-HubSpot-Signature-v3";
    private const string Timestamp = "X-HubSpot-Request-Timestamp";
    private const string SignatureInvalid = "401 webhook.signature-invalid";
    private const string SignatureMissing = "401 webhook.signature-missing";
    private const string BodyMalformed = "400 webhook.body-malformed";

    private const string StageChange =
        """{"eventId":1,"subscriptionId":2,"portalId":3,"appId":4,"occurredAt":1770000000000,"""
        + """
            "subscriptionType":"deal.propertyChange","attemptNumber":0,"objectId":5,"propertyName":"dealstage",
            """
        + """
            "propertyValue":"closedwon","changeSource":"CRM"}
            """;
    private const string Creation =
        """{"eventId":2,"subscriptionId":7,"portalId":3,"appId":4,"occurredAt":1770000000001,"""
        + """
            "subscriptionType":"deal.creation","attemptNumber":0,"objectId":6,"changeFlag":"CREATED"}
            """;

    private static readonly HubSpotV3Scheme Scheme = new();
    private static readonly SourceSecret Secret = Scheme.FreshSecret();
    private static readonly SourceSecret Other = Scheme.FreshSecret();

    /// <summary>
    /// HubSpot publishes no v3 vector. This one was computed with openssl and with Python's hmac over the text that its
    /// documentation prescribes: POST, the URL with the twelve characters decoded, the body, the timestamp.
    /// </summary>
    [Theory]
    [InlineData("https://silo.example/hooks/acme/hubspot?to=a:b/c@d&x=%20y")]
    [InlineData("https://silo.example/hooks/acme/hubspot?to=a%3Ab%2Fc%40d&x=%20y")]
    [InlineData("https://silo.example/hooks/acme/hubspot?to=a%3ab%2fc%40d&x=%20y")]
    public void TheFrozenVector_IsSignedAndVerified(string url)
    {
        var secret = Scheme.ReadSecret("7f3b1c52-9f0e-4c1e-8b6a-2d1f5a9c0e44").ShouldNotBeNull();
        var sent = DateTimeOffset.FromUnixTimeMilliseconds(1770000001234);
        var request = Deliveries.Signed(Scheme, secret, $"[{StageChange}]", at: sent, url: url);

        request.Headers[Signature].ToString().ShouldBe("y0ZzMqfVMR8nU5VtTzMBkA94FJH9hsTFKayfB5Qiy78=");
        Scheme.Verify(request, [secret], sent).Outcome().ShouldBe("200");
    }

    [Theory]
    [InlineData("https://h/p?a=%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B", "https://h/p?a=:/?@!$'()*,;")]
    [InlineData("https://h/p?a=%3a%2f%2a%2c%3b", "https://h/p?a=:/*,;")]
    [InlineData("https://h/p?a=%20%25%26%2B%3D%23%C3%A4", "https://h/p?a=%20%25%26%2B%3D%23%C3%A4")]
    [InlineData("https://h/p?a=%253A", "https://h/p?a=%253A")]
    [InlineData("https://h/p?a=%3", "https://h/p?a=%3")]
    [InlineData("https://h/p?a=%", "https://h/p?a=%")]
    [InlineData("https://h/p?a=%zz%3A", "https://h/p?a=%zz:")]
    public void TheUrl_IsSignedWithTwelveCharactersDecoded(string sent, string signed) =>
        HubSpotUrl.Decode(sent).ShouldBe(signed);

    public static TheoryData<string, Func<InboundRequest, InboundRequest>, string> Altered() =>
        new()
        {
            { "nothing altered", r => r, "200" },
            { "no content type", r => r.WithHeader("Content-Type", null), "200" },
            { "no signature", r => r.WithHeader(Signature, null), SignatureMissing },
            { "no timestamp", r => r.WithHeader(Timestamp, null), SignatureMissing },
            {
                "signature cut short",
                r => r.WithHeader(Signature, r.Headers[Signature].ToString()[..^1]),
                SignatureInvalid
            },
            { "signature with a tail", r => r.WithHeader(Signature, r.Headers[Signature] + "="), SignatureInvalid },
            { "signature in lower case", r => r.WithHeader(Signature, new string('a', 44)), SignatureInvalid },
            { "another method", r => r with { Method = "PUT" }, SignatureInvalid },
            { "another path", r => r with { Url = r.Url + "2" }, SignatureInvalid },
            { "a query added", r => r with { Url = r.Url + "?a=1" }, SignatureInvalid },
            { "http for https", r => r with { Url = r.Url.Replace("https", "http") }, SignatureInvalid },
            { "an endless URL", r => r with { Url = r.Url + new string('x', 3_000) }, SignatureInvalid },
            { "re-serialised body", r => r.WithBody(r.BodyText().Replace(",", ", ")), SignatureInvalid },
            { "body cut short", r => r with { Body = r.Body[..^1] }, SignatureInvalid },
            { "body empty", r => r with { Body = default }, SignatureInvalid },
            { "another value", r => r.WithBody(r.BodyText().Replace("closedwon", "closedlost")), SignatureInvalid },
            { "the next attempt by hand", r => r.WithBody(r.BodyText().Replace("er\":0", "er\":1")), SignatureInvalid },
            { "timestamp a millisecond off", r => r.WithHeader(Timestamp, Milliseconds(1)), SignatureInvalid },
            {
                "timestamp in seconds",
                r => r.WithHeader(Timestamp, Milliseconds(0)[..^3]),
                "401 webhook.timestamp-stale"
            },
            { "timestamp in words", r => r.WithHeader(Timestamp, "noon"), "401 webhook.timestamp-malformed" },
            {
                "timestamp at the end of time",
                r => r.WithHeader(Timestamp, $"{long.MaxValue}"),
                "401 webhook.timestamp-future"
            },
            // Nothing separates what is signed, so a text may be moved over a boundary; none of the moves gets through.
            {
                "the body's bracket moved to the URL",
                r => (r with { Url = r.Url + "[", Body = r.Body[1..] }),
                "400 json.malformed"
            },
            { "a digit moved from timestamp to body", MoveDigit, "401 webhook.timestamp-stale" },
            { "compressed", r => r.WithHeader("Content-Encoding", "br"), "415 webhook.content-encoding-unsupported" },
            {
                "form content type",
                r => r.WithHeader("Content-Type", "text/plain"),
                "415 webhook.content-type-unsupported"
            },
        };

    [Theory]
    [MemberData(nameof(Altered), DisableDiscoveryEnumeration = true)]
    public void AnAlteredDelivery_EndsInStatusAndCode(
        string situation,
        Func<InboundRequest, InboundRequest> alter,
        string outcome
    )
    {
        var request = alter(Deliveries.Signed(Scheme, Secret, $"[{StageChange},{Creation}]"));

        Scheme.Verify(request, [Other, Secret], Deliveries.Now).Outcome().ShouldBe(outcome, situation);
    }

    [Theory]
    [InlineData(-300_000, "200")]
    [InlineData(-300_001, "401 webhook.timestamp-stale")]
    [InlineData(300_000, "200")]
    [InlineData(300_001, "401 webhook.timestamp-future")]
    public void TheTimestamp_MayBeFiveMinutesOffBothWays(int milliseconds, string outcome)
    {
        var sent = Deliveries.Now.AddMilliseconds(milliseconds);
        var request = Deliveries.Signed(Scheme, Secret, $"[{StageChange}]", at: sent);

        Scheme.Verify(request, [Secret], Deliveries.Now).Outcome().ShouldBe(outcome);
    }

    [Fact]
    public void TheEventsOfABatch_KeepTheirOrderAndTheirOwnIds()
    {
        var verified = Verify($"[{StageChange},{Creation}]");

        verified.Events.Select(e => e.Type).ShouldBe(["deal.propertyChange", "deal.creation"]);
        verified.Events.Select(e => e.Id).ShouldBe(["1:2:3:5:::1770000000000:dealstage", "2:7:3:6:::1770000000001:"]);
        verified.Events[0].OccurredAt.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(1770000000000));
        verified.Events[0].Data.GetProperty("propertyValue").GetString().ShouldBe("closedwon");
        verified.DeliveryId.ShouldStartWith("batch-");
    }

    [Theory]
    [InlineData("eventId", "9")]
    [InlineData("subscriptionId", "9")]
    [InlineData("portalId", "9")]
    [InlineData("objectId", "9")]
    [InlineData("occurredAt", "1770000000009")]
    [InlineData("propertyName", "\"amount\"")]
    public void EventsThatDifferInOneOfTheirIds_AreDifferentEvents(string member, string value)
    {
        var twin = StageChange.Replace(RawMember(member), $"\"{member}\":{value}");

        Verify($"[{StageChange},{twin}]").Events.Select(e => e.Id).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void ARetriedBatch_IsTheSameDelivery_HoweverItIsOrderedAndNumbered()
    {
        var first = Verify($"[{StageChange},{Creation}]");
        var retried = Verify($"[{Creation},{StageChange}]".Replace("\"attemptNumber\":0", "\"attemptNumber\": 3"));
        var changed = Verify($"[{StageChange},{Creation}]".Replace("closedwon", "closedlost"));
        var other = Verify($"[{StageChange},{Creation.Replace("\"eventId\":2", "\"eventId\":3")}]");

        retried.DeliveryId.ShouldBe(first.DeliveryId);
        retried.Hash.ToArray().ShouldBe(first.Hash.ToArray());
        retried.Events[1].Hash.ToArray().ShouldBe(first.Events[0].Hash.ToArray());
        changed.DeliveryId.ShouldBe(first.DeliveryId);
        changed.Hash.ToArray().ShouldNotBe(first.Hash.ToArray());
        other.DeliveryId.ShouldNotBe(first.DeliveryId);
    }

    [Fact]
    public void AnEventWrittenDifferently_HasTheSameHash()
    {
        var plain = Verify("""[{"eventId":1,"subscriptionType":"deal.creation","name":"Yllä","n":{"a":1,"b":2}}]""");
        var rewritten = Verify(
            """
            [ {"n":{"b":2,"a":1},"attemptNumber":2,"name":"Yll\u00e4","subscriptionType":"deal.creation","eventId":1} ]
            """
        );

        rewritten.Events[0].Hash.ToArray().ShouldBe(plain.Events[0].Hash.ToArray());
    }

    [Fact]
    public void ADeliveryOfOneEvent_IsThatEvent_AlsoWhenItStandsTwice()
    {
        var once = Verify($"[{StageChange}]");
        var twice = Verify($"[{StageChange},{StageChange.Replace("\"attemptNumber\":0", "\"attemptNumber\":1")}]");

        once.DeliveryId.ShouldBe(once.Events[0].Id);
        twice.DeliveryId.ShouldBe(once.DeliveryId);
        twice.Events.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(0, "200")]
    [InlineData(100, "200")]
    [InlineData(101, "413 webhook.batch-too-large")]
    public void ABatch_HoldsUpToAHundredEvents(int count, string outcome)
    {
        var events = Enumerable.Range(1, count).Select(i => StageChange.Replace("\"eventId\":1", $"\"eventId\":{i}"));
        var request = Deliveries.Signed(Scheme, Secret, $"[{string.Join(',', events)}]");

        var verdict = Scheme.Verify(request, [Secret], Deliveries.Now);

        verdict.Outcome().ShouldBe(outcome);
        ((verdict as Verified)?.Events.Count ?? 101).ShouldBe(count);
    }

    [Theory]
    [InlineData("""{"eventId":1}""", BodyMalformed, "$")]
    [InlineData("""[1]""", BodyMalformed, "$[0]")]
    [InlineData("""[{"eventId":1,"subscriptionType":"a"},null]""", BodyMalformed, "$[1]")]
    [InlineData("""[{"eventId":1}]""", BodyMalformed, "$[0].subscriptionType")]
    [InlineData("""[{"subscriptionType":"a"}]""", BodyMalformed, "$[0].eventId")]
    [InlineData("""[{"eventId":1.5,"subscriptionType":"a"}]""", BodyMalformed, "$[0].eventId")]
    [InlineData("""[{"eventId":{},"subscriptionType":"a"}]""", BodyMalformed, "$[0].eventId")]
    [InlineData("""[{"eventId":1,"subscriptionType":"a","occurredAt":"now"}]""", BodyMalformed, "$[0].occurredAt")]
    [InlineData("""[{"eventId":1,"subscriptionType":"a","occurredAt":-1}]""", BodyMalformed, "$[0].occurredAt")]
    [InlineData("""[{"eventId":1,"subscriptionType":"a","occurredAt":9e18}]""", BodyMalformed, "$[0].occurredAt")]
    [InlineData("""[{"eventId":1,"eventId":1}]""", "400 json.duplicate-key", "$[0].eventId")]
    public void ASignedBodyOfTheWrongShape_IsRefusedWithItsField(string body, string outcome, string field)
    {
        var verdict = Scheme.Verify(Deliveries.Signed(Scheme, Secret, body), [Secret], Deliveries.Now);

        verdict.Outcome().ShouldBe(outcome);
        ((Rejected)verdict).Field.ShouldBe(field);
    }

    [Fact]
    public void EventTypeStandsInForSubscriptionType_AndAssociationsHaveTwoObjects()
    {
        var verified = Verify(
            """
            [{"eventId":1,"eventType":"deal.associationChange","fromObjectId":7,"toObjectId":8},
             {"eventId":1,"eventType":"deal.associationChange","fromObjectId":7,"toObjectId":9}]
            """
        );

        verified.Events.Select(e => e.Type).Distinct().ShouldBe(["deal.associationChange"]);
        verified.Events.Select(e => e.Id).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void AnEndlessId_IsReplacedByItsHash()
    {
        var name = new string('p', 2_000);
        var verified = Verify($$"""[{"eventId":1,"subscriptionType":"a","propertyName":"{{name}}"}]""");

        verified.DeliveryId.ShouldStartWith("sha256-");
        verified.DeliveryId.Length.ShouldBe(71);
    }

    [Fact]
    public void DuringARotation_EitherSecretPasses_AndTheOldOneIsDeadAfter()
    {
        var request = Deliveries.Signed(Scheme, Secret, $"[{StageChange}]");

        Scheme.Verify(request, [Secret, Other], Deliveries.Now).Outcome().ShouldBe("200");
        Scheme.Verify(request, [Other, Secret], Deliveries.Now).Outcome().ShouldBe("200");
        Scheme.Verify(request, [Other], Deliveries.Now).Outcome().ShouldBe(SignatureInvalid);
        Scheme.Verify(request, [], Deliveries.Now).Outcome().ShouldBe(SignatureInvalid);
    }

    [Theory]
    [InlineData("7f3b1c52-9f0e-4c1e-8b6a-2d1f5a9c0e44", true)]
    [InlineData("too short", false)]
    [InlineData("7f3b1c52-9f0e-4c1e-8b6a-2d1f5a9c0e44 ", false)]
    public void ASecret_IsAtLeast32VisibleCharacters(string text, bool valid) =>
        (Scheme.ReadSecret(text) is not null).ShouldBe(valid);

    private static Verified Verify(string body) =>
        Scheme.Verify(Deliveries.Signed(Scheme, Secret, body), [Secret], Deliveries.Now).ShouldBeVerified();

    private static string RawMember(string name)
    {
        var value = JsonDocument.Parse(StageChange).RootElement.GetProperty(name).GetRawText();
        return $"\"{name}\":{value}";
    }

    private static InboundRequest MoveDigit(InboundRequest request)
    {
        var timestamp = request.Headers[Timestamp].ToString();
        return request.WithBody(request.BodyText() + timestamp[0]).WithHeader(Timestamp, timestamp[1..]);
    }

    private static string Milliseconds(int offset) => $"{Deliveries.Now.ToUnixTimeMilliseconds() + offset}";
}
