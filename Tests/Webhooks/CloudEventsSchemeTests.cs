using EcosystemSilo.Senders.Schemes;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks;

public sealed class CloudEventsSchemeTests
{
    private const string Structured = """
        {"specversion":"1.0","id":"e-1","source":"/partners/acme","type":"deal.won","time":"2018-04-05T19:56:24+02:00",
         "datacontenttype":"application/json","data":{"deal":"d-1"}}
        """;
    private const string Second = """{"specversion":"1.0","id":"e-2","source":"/partners/acme","type":"deal.lost"}""";
    private const string SignatureInvalid = "401 webhook.signature-invalid";
    private const string WrongType = "415 webhook.content-type-unsupported";

    private static readonly CloudEventsScheme Scheme = new();
    private static readonly SourceSecret Secret = Scheme.FreshSecret();
    private static readonly SourceSecret Other = Scheme.FreshSecret();

    [Fact]
    public void AStructuredEvent_IsRead()
    {
        var verified = Verify(Deliveries.Signed(Scheme, Secret, Structured)).ShouldBeVerified();

        var read = verified.Events.ShouldHaveSingleItem();
        read.Id.ShouldBe("/partners/acme e-1");
        verified.DeliveryId.ShouldBe(read.Id);
        read.Type.ShouldBe("deal.won");
        read.OccurredAt.ShouldBe(new DateTimeOffset(2018, 4, 5, 17, 56, 24, TimeSpan.Zero));
        read.Data.GetProperty("deal").GetString().ShouldBe("d-1");
    }

    [Fact]
    public void TheSameEventInEveryMode_HasTheSameIdAndHash()
    {
        var structured = Verify(Deliveries.Signed(Scheme, Secret, Structured)).ShouldBeVerified();
        var rewritten = Structured.Replace(
            "\"data\":{\"deal\":\"d-1\"}",
            "\"data_base64\":\"eyAiZGVhbCI6ICJkLTEiIH0=\""
        );
        var base64 = Verify(Deliveries.Signed(Scheme, Secret, rewritten)).ShouldBeVerified();
        var batch = Verify(Batch($"[{Structured}]")).ShouldBeVerified();
        var binary = Verify(
                Binary(
                    """{ "deal": "d-1" }""",
                    "application/json",
                    ("ce-specversion", "1.0"),
                    ("CE-ID", "e-1"),
                    ("Ce-Source", "/partners/acme"),
                    ("ce-type", "deal.won"),
                    ("ce-time", "2018-04-05T19:56:24+02:00")
                )
            )
            .ShouldBeVerified();

        foreach (var other in new[] { base64, batch, binary })
        {
            other.DeliveryId.ShouldBe(structured.DeliveryId);
            other.Hash.ToArray().ShouldBe(structured.Hash.ToArray());
        }

        var changed = Structured.Replace("d-1", "d-2");
        Verify(Deliveries.Signed(Scheme, Secret, changed))
            .ShouldBeVerified()
            .Hash.ToArray()
            .ShouldNotBe(structured.Hash.ToArray());
    }

    [Fact]
    public void ABatch_IsRead_AndItsRetryIsTheSameDelivery()
    {
        var first = Verify(Batch($"[{Structured},{Second}]")).ShouldBeVerified();
        var retried = Verify(Batch($"[{Second},{Structured}]")).ShouldBeVerified();

        first.Events.Select(e => e.Type).ShouldBe(["deal.won", "deal.lost"]);
        retried.DeliveryId.ShouldBe(first.DeliveryId);
        retried.Hash.ToArray().ShouldBe(first.Hash.ToArray());
    }

    [Theory]
    [InlineData(0, "200")]
    [InlineData(100, "200")]
    [InlineData(101, "413 webhook.batch-too-large")]
    public void ABatch_HoldsUpToAHundredEvents(int count, string outcome)
    {
        var events = Enumerable.Range(0, count).Select(i => Second.Replace("e-2", $"e-{i}"));

        var verdict = Verify(Batch($"[{string.Join(',', events)}]"));

        verdict.Outcome().ShouldBe(outcome);
        ((verdict as Verified)?.Events.Count ?? 101).ShouldBe(count);
    }

    public static TheoryData<string, Func<InboundRequest, InboundRequest>, string> Altered() =>
        new()
        {
            { "nothing altered", r => r, "200" },
            { "scheme in capitals", r => Token(r, t => t.Replace("Bearer", "BEARER")), "200" },
            { "no token", r => r.WithHeader("Authorization", null), "401 webhook.signature-missing" },
            { "token cut short", r => Token(r, t => t[..^1]), SignatureInvalid },
            { "token with a tail", r => Token(r, t => t + "A"), SignatureInvalid },
            { "token in other letters", r => Token(r, t => t[..7] + Swap(t[7..])), SignatureInvalid },
            { "token in the middle", r => Token(r, t => t.Replace("Bearer ", "Bearer  ")), SignatureInvalid },
            { "token without its scheme", r => Token(r, t => t[7..]), SignatureInvalid },
            { "another scheme", r => Token(r, t => t.Replace("Bearer", "Basic")), SignatureInvalid },
            { "an empty token", r => Token(r, _ => "Bearer "), SignatureInvalid },
            { "an endless token", r => Token(r, t => t + new string('x', 5_000)), SignatureInvalid },
            { "a foreign character", r => Token(r, t => t[..^1] + "é"), SignatureInvalid },
            { "the token in the query", QueryToken, "401 webhook.signature-missing" },
            {
                "batch in another format",
                r => r.WithHeader("Content-Type", "application/cloudevents-batch+avro"),
                WrongType
            },
            {
                "event in another format",
                r => r.WithHeader("Content-Type", "application/cloudevents+protobuf"),
                WrongType
            },
            { "event in no format", r => r.WithHeader("Content-Type", "application/cloudevents"), WrongType },
            {
                "another charset",
                r => r.WithHeader("Content-Type", "application/cloudevents+json;charset=utf-16"),
                WrongType
            },
            {
                "capitals in the type",
                r => r.WithHeader("Content-Type", "APPLICATION/CloudEvents+JSON; Charset=UTF-8"),
                "200"
            },
            {
                "an event sent as batch",
                r => r.WithHeader("Content-Type", "application/cloudevents-batch+json"),
                BodyMalformed
            },
            {
                "binary without attributes",
                r => r.WithHeader("Content-Type", "application/json"),
                "400 webhook.attribute-missing"
            },
            { "compressed", r => r.WithHeader("Content-Encoding", "gzip"), "415 webhook.content-encoding-unsupported" },
            { "body cut short", r => r with { Body = r.Body[..^1] }, "400 json.malformed" },
            { "body empty", r => r with { Body = default }, "400 json.empty" },
        };

    private const string BodyMalformed = "400 webhook.body-malformed";

    [Theory]
    [MemberData(nameof(Altered), DisableDiscoveryEnumeration = true)]
    public void AnAlteredDelivery_EndsInStatusAndCode(
        string situation,
        Func<InboundRequest, InboundRequest> alter,
        string outcome
    )
    {
        var request = alter(Deliveries.Signed(Scheme, Secret, Structured));

        Scheme.Verify(request, [Other, Secret], Deliveries.Now).Outcome().ShouldBe(outcome, situation);
    }

    [Fact]
    public void DuringARotation_EitherTokenPasses_AndTheOldOneIsDeadAfter()
    {
        var request = Deliveries.Signed(Scheme, Secret, Structured);

        Scheme.Verify(request, [Secret, Other], Deliveries.Now).Outcome().ShouldBe("200");
        Scheme.Verify(request, [Other], Deliveries.Now).Outcome().ShouldBe(SignatureInvalid);
        Scheme.Verify(request, [], Deliveries.Now).Outcome().ShouldBe(SignatureInvalid);
    }

    [Fact]
    public void TheBodyIsNotRead_BeforeTheTokenIsRight()
    {
        var request = Deliveries.Signed(Scheme, Other, "this is no JSON");

        Verify(request).Outcome().ShouldBe(SignatureInvalid);
    }

    [Theory]
    [InlineData("application/json", """{"a":1}""", """{"a":1}""")]
    [InlineData("application/vnd.acme+json; charset=utf-8", "[1]", "[1]")]
    [InlineData(null, "[1]", "[1]")]
    [InlineData("application/json", "", "null")]
    [InlineData("text/plain; charset=utf-8", "Hello, \"🌎\"!\n", "Hello, \"🌎\"!\n")]
    [InlineData("application/xml", "<msg/>", "PG1zZy8+")]
    [InlineData("text/plain; charset=utf-16", "<msg/>", "PG1zZy8+")]
    [InlineData("text/plain", "a\0b", "YQBi")]
    public void TheDataOfABinaryEvent_FollowsItsContentType(string? contentType, string body, string data)
    {
        var read = Verify(Binary(body, contentType, Minimal())).ShouldBeVerified().Events[0];

        read.Data.ToString().ShouldBe(data == "null" ? "" : data);
    }

    [Fact]
    public void MalformedDataOfABinaryEvent_IsRefused() =>
        Verify(Binary("{", "application/json", Minimal())).Outcome().ShouldBe("400 json.malformed");

    [Theory]
    [InlineData("Euro%20%E2%82%AC%20%F0%9F%98%80", "Euro € 😀")]
    [InlineData("%41%7a%7A", "Azz")]
    [InlineData("100%2525", "100%25")]
    [InlineData("\"a b \\\"c\\\" \\\\\"", "a b \"c\" \\")]
    [InlineData("\"%C3%A4\"", "ä")]
    [InlineData("\"", "\"")]
    public void AHeaderValue_IsUnquotedAndDecodedOnce(string header, string value)
    {
        var type = Verify(Binary("", null, [.. Minimal()[..3], ("ce-type", header)])).ShouldBeVerified().Events[0].Type;

        type.ShouldBe(value);
    }

    [Theory]
    [InlineData("ce-type", "%C0%A0")]
    [InlineData("ce-type", "%ED%A0%80")]
    [InlineData("ce-type", "%FF")]
    [InlineData("ce-type", "%4")]
    [InlineData("ce-type", "%zz")]
    [InlineData("ce-subject", "a%00b")]
    [InlineData("ce-subject", "a%0Ab")]
    [InlineData("ce-datacontenttype", "application/json")]
    public void AHeaderThatNoSenderMayWrite_IsRefused(string header, string value)
    {
        var verdict = Verify(Binary("", null, [.. Minimal().Where(h => h.Name != header), (header, value)]));

        verdict.Outcome().ShouldBe("400 webhook.attribute-invalid");
        ((Rejected)verdict).Field.ShouldBe(header);
    }

    [Theory]
    [InlineData("ce-my.extension")]
    [InlineData("ce-my-extension")]
    [InlineData("ce-data")]
    [InlineData("ce-")]
    public void AnAttributeNameThatTheSpecificationForbids_IsRefused(string header) =>
        Verify(Binary("", null, [.. Minimal(), (header, "x")]))
            .Outcome()
            .ShouldBe("400 webhook.attribute-name-invalid");

    [Fact]
    public void AFloodOfAttributes_OrALongOne_IsRefused()
    {
        var flood = Enumerable.Range(0, 100).Select(i => ($"ce-x{i}", "v"));

        Verify(Binary("", null, [.. Minimal(), .. flood])).Outcome().ShouldBe("400 webhook.attribute-invalid");
        Verify(Binary("", null, [.. Minimal(), ("ce-x", new string('v', 3_000))]))
            .Outcome()
            .ShouldBe("400 webhook.attribute-invalid");
    }

    [Fact]
    public void AnAttributeSentTwice_IsRefused()
    {
        var request = Binary("", null, Minimal());
        request.Headers.Append("ce-id", "other");

        Verify(request).Outcome().ShouldBe("400 webhook.header-repeated");
    }

    private static (string Name, string Value)[] Minimal() =>
        [("ce-specversion", "1.0"), ("ce-id", "e-1"), ("ce-source", "#here"), ("ce-type", "a")];

    private static Verdict Verify(InboundRequest request) => Scheme.Verify(request, [Secret], Deliveries.Now);

    private static InboundRequest Batch(string body) =>
        Deliveries.Signed(Scheme, Secret, body).WithHeader("Content-Type", "application/cloudevents-batch+json");

    private static InboundRequest Binary(
        string body,
        string? contentType,
        params ReadOnlySpan<(string Name, string Value)> headers
    )
    {
        var request = Deliveries.Signed(Scheme, Secret, body).WithHeader("Content-Type", contentType);
        foreach (var (name, value) in headers)
        {
            request = request.WithHeader(name, value);
        }

        return request;
    }

    private static InboundRequest Token(InboundRequest request, Func<string, string> alter) =>
        request.WithHeader("Authorization", alter(request.Headers.Authorization.ToString()));

    private static InboundRequest QueryToken(InboundRequest request)
    {
        var token = request.Headers.Authorization.ToString()["Bearer ".Length..];
        return request.WithHeader("Authorization", null) with { Url = $"{request.Url}?access_token={token}" };
    }

    private static string Swap(string text) =>
        string.Concat(text.Select(c => char.IsLower(c) ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c)));
}
