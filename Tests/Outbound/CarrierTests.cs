using EcosystemSilo.Senders.Outbound;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Tests.Support;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Outbound;

/// <summary>One request on a real socket: what is sent, and what is made of any answer.</summary>
public sealed class CarrierTests
{
    private static readonly StandardWebhooksScheme Scheme = new();

    [Fact]
    public async Task WhatIsSent_IsTheBodyByteForByte_SignedForWhoeverKnowsAnyOfTheSecrets()
    {
        await using var receiver = new Receiver();
        using var carrier = Carriers.Of();
        var old = carrier.Secrets.Make(SignatureKind.Hmac, Carriers.Endpoint);
        var pair = carrier.Secrets.Make(SignatureKind.Ed25519, Carriers.Endpoint);
        const string Body = """{"type":"deal.won","data":{"name":"Sankt Märien"}}""";

        (await carrier.Post(receiver.Url, Body, pair, old)).Status.ShouldBe(204);

        var received = receiver.All.ShouldHaveSingleItem();
        received.Text.ShouldBe(Body);
        received.Id.ShouldBe("evt-7");
        received.Headers["Content-Type"].ShouldBe("application/json");
        received.Headers["webhook-signature"].Split(' ').Select(one => one.Split(',')[0]).ShouldBe(["v1a", "v1"]);
        received.Headers.Keys.ShouldNotContain("traceparent");
        foreach (var secret in new[] { old, pair })
        {
            var known = Scheme.ReadSecret(carrier.Secrets.Reveal(secret, Carriers.Endpoint)).ShouldNotBeNull();
            Verify(received, known).ShouldBeOfType<Verified>();
        }
    }

    [Fact]
    public async Task ASecretWhoseOverlapIsOver_SignsNoMore()
    {
        await using var receiver = new Receiver();
        using var carrier = Carriers.Of();
        var over = carrier.Secrets.Make(SignatureKind.Hmac, Carriers.Endpoint) with { ExpiresAt = Story.Morning };
        var now = carrier.Secrets.Make(SignatureKind.Hmac, Carriers.Endpoint);

        await carrier.Post(receiver.Url, "{}", now, over);

        receiver.All[0].Headers["webhook-signature"].Split(' ').Length.ShouldBe(1);
    }

    [Fact]
    public void ThePublicHalfOfAPair_IsShown_NeverThePrivateOne()
    {
        using var carrier = Carriers.Of();
        var pair = carrier.Secrets.Make(SignatureKind.Ed25519, Carriers.Endpoint);

        carrier.Secrets.Reveal(pair, Carriers.Endpoint).ShouldStartWith("whpk_");
    }

    /// <summary>The test vectors of RFC 8032, section 7.1: the public key belongs to the seed.</summary>
    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    )]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    )]
    public void ThePublicKey_BelongsToTheSeed(string seed, string publicKey) =>
        Convert.ToHexStringLower(Ed25519.PublicKey(Convert.FromHexString(seed))).ShouldBe(publicKey);

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(410)]
    [InlineData(500)]
    public async Task AnyStatus_IsReportedWithTheBeginningOfTheBody(int status)
    {
        await using var receiver = new Receiver(_ => HttpReply.Of(status, new string('x', 5_000) + "\0"));
        using var carrier = Carriers.Of();

        var attempt = await carrier.Post(receiver.Url);

        (attempt.Status, attempt.Error).ShouldBe((status, null));
        attempt.Response!.Length.ShouldBe(OutboundLimits.ResponseCharsMax);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task ARedirect_IsNotFollowed(int status)
    {
        await using var canary = new Receiver();
        await using var receiver = new Receiver(_ => HttpReply.Of(status, headers: $"Location: {canary.Url}\r\n"));
        using var carrier = Carriers.Of();

        var attempt = await carrier.Post(receiver.Url);

        attempt.Status.ShouldBe(status);
        attempt.IsSuccess().ShouldBeFalse();
        (await canary.Connections()).ShouldBe(0);
    }

    [Fact]
    public async Task AReceiverThatHangs_IsGivenUpInTime()
    {
        await using var receiver = new Receiver(_ => HttpReply.Hanging);
        using var carrier = Carriers.Of(timeout: TimeSpan.FromSeconds(1));

        (await carrier.Post(receiver.Url)).Error.ShouldBe("timeout");
    }

    [Fact]
    public async Task AnEndlessBody_IsCutOff_AndTheStatusCounts()
    {
        await using var receiver = new Receiver(_ => HttpReply.Endless);
        using var carrier = Carriers.Of();

        var attempt = await carrier.Post(receiver.Url);

        attempt.Status.ShouldBe(200);
        attempt.Response!.Length.ShouldBe(OutboundLimits.ResponseCharsMax);
    }

    [Theory]
    [InlineData("Retry-After: 120\r\n", 120)]
    [InlineData("Retry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n", null)]
    [InlineData("Retry-After: soon\r\n", null)]
    [InlineData("", null)]
    public async Task ARetryAfter_IsReadIfItMakesSense(string headers, int? seconds)
    {
        await using var receiver = new Receiver(_ => HttpReply.Of(429, headers: headers));
        using var carrier = Carriers.Of();

        (await carrier.Post(receiver.Url)).RetryAfterSeconds.ShouldBe(seconds);
    }

    [Fact]
    public async Task HeadersWithoutEnd_AreAFailure()
    {
        await using var receiver = new Receiver(_ => HttpReply.Of(200, headers: $"X: {new string('x', 100_000)}\r\n"));
        using var carrier = Carriers.Of();

        (await carrier.Post(receiver.Url)).Error.ShouldBe("answer-malformed");
    }

    [Fact]
    public async Task NobodyListening_IsAFailure()
    {
        string url;
        await using (var receiver = new Receiver())
        {
            url = receiver.Url;
        }

        using var carrier = Carriers.Of();

        (await carrier.Post(url)).Error.ShouldBe("connection-failed");
    }

    [Fact]
    public async Task AServerWithoutTls_IsAFailureOverHttps()
    {
        await using var receiver = new Receiver();
        using var carrier = Carriers.Of(timeout: TimeSpan.FromSeconds(3));

        var attempt = await carrier.Post(receiver.Url.Replace("http:", "https:", StringComparison.Ordinal));

        attempt.Error.ShouldBeOneOf("tls-failed", "timeout");
    }

    private static Verdict Verify(Received received, SourceSecret secret)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in received.Headers)
        {
            headers[name] = value;
        }

        var request = new InboundRequest("POST", "https://x.example/", headers, received.Body, "application/json");
        return Scheme.Verify(request, [secret], TimeProvider.System.GetUtcNow());
    }
}
