using EcosystemSilo.Senders.Schemes;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks;

public sealed class WebhookSchemesTests
{
    public static TheoryData<string> Names() => [.. WebhookSchemes.Names];

    [Theory]
    [InlineData("")]
    [InlineData("mysterious")]
    [InlineData("Standard-Webhooks")]
    public void AnUnknownScheme_IsNotFound(string name) => WebhookSchemes.Find(name).ShouldBeNull();

    [Theory]
    [MemberData(nameof(Names))]
    public void ANewSecret_IsReadable_DifferentEachTime_AndNeverPrinted(string name)
    {
        var scheme = WebhookSchemes.Find(name).ShouldNotBeNull();
        var text = scheme.NewSecret();

        scheme.NewSecret().ShouldNotBe(text);
        var secret = scheme.ReadSecret(text).ShouldNotBeNull();
        $"{secret}".ShouldBe("(secret)");
    }

    [Theory]
    [InlineData("cloudevents")]
    [InlineData("hubspot-v3")]
    [InlineData("standard-webhooks")]
    public void ABodyOf50Megabytes_IsRefusedAtNoCost(string name)
    {
        var scheme = WebhookSchemes.Find(name).ShouldNotBeNull();
        var secret = scheme.FreshSecret();
        var request = Deliveries.Signed(scheme, secret, "[]") with { Body = new byte[50 * 1024 * 1024] };
        scheme.Verify(request, [secret], Deliveries.Now);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var verdict = scheme.Verify(request, [secret], Deliveries.Now);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        verdict.Outcome().ShouldBe("413 webhook.body-too-large");
        allocated.ShouldBeLessThan(4 * 1024);
    }

    [Theory]
    [InlineData("eventemitter.example.com", "120", "120")]
    [InlineData("*.example.com", null, "60000")]
    [InlineData("example.com:8443", "999999999", "60000")]
    [InlineData("example.com", "0", "60000")]
    [InlineData("example.com", "many", "60000")]
    public void AHandshake_IsAnsweredWithOriginAndRate(string origin, string? asked, string granted)
    {
        var (request, response) = (new HeaderDictionary(), new HeaderDictionary());
        request["WebHook-Request-Origin"] = origin;
        request["WebHook-Request-Rate"] = asked;

        CloudEventsHandshake.TryAnswer(request, response).ShouldBeTrue();

        response["WebHook-Allowed-Origin"].ToString().ShouldBe(origin);
        response["WebHook-Allowed-Rate"].ToString().ShouldBe(granted);
        response["Allow"].ToString().ShouldBe("POST");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("<script>")]
    [InlineData("x\r\nSet-Cookie: a=b")]
    public void WhatIsNoHandshake_GetsNoPermission(string? origin)
    {
        var (request, response) = (new HeaderDictionary(), new HeaderDictionary());
        request["WebHook-Request-Origin"] = origin;

        CloudEventsHandshake.TryAnswer(request, response).ShouldBeFalse();

        response.Keys.ShouldBe(["Allow"]);
    }
}
