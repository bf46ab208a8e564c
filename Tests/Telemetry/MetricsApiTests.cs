using System.Net;
using EcosystemSilo.Tests.Http;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Telemetry;

public sealed class MetricsApiTests
{
    private const string Key = "key-of-the-metrics-0123456789";

    [Fact]
    public async Task WithoutAKey_TheProcesssOwnMachineReadsThem()
    {
        using var gateway = new GatewayUnderTest();
        using var here = gateway.As(apiKey: null);

        var text = await here.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        text.ShouldContain("target_info");
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("Forwarded")]
    public async Task WithoutAKey_AProxyOnTheMachineDoesNotReadThemForOthers(string header)
    {
        using var gateway = new GatewayUnderTest();
        using var proxy = gateway.AsBootstrap();
        proxy.DefaultRequestHeaders.Add(header, "198.51.100.7");

        (await Asked(proxy)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData($"Bearer {Key}", HttpStatusCode.OK)]
    [InlineData($"Bearer {Key}0", HttpStatusCode.Unauthorized)]
    [InlineData($"Basic {Key}", HttpStatusCode.Unauthorized)]
    [InlineData("", HttpStatusCode.Unauthorized)]
    public async Task WithAKey_OnlyTheKeyCounts(string authorization, HttpStatusCode expected)
    {
        using var gateway = new GatewayUnderTest().With("Telemetry:MetricsKey", Key);
        using var client = gateway.As(apiKey: null);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        (await Asked(client)).ShouldBe(expected);
    }

    private static async Task<HttpStatusCode> Asked(HttpClient client)
    {
        using var answer = await client.GetAsync("/metrics", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
