using System.Net;
using EcosystemSilo.Tests.Http;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Health;

public sealed class HealthApiTests
{
    [Fact]
    public async Task BeforeTheListsHaveCaughtUp_TheProcessIsAliveAndNotReady()
    {
        // Nothing follows the journal here, so the lists never catch up.
        using var gateway = new GatewayUnderTest();
        using var probe = gateway.As(apiKey: null);

        (await probe.GetAsync("/health/live")).EnsureSuccessStatusCode();
        using var ready = await probe.GetAsync("/health/ready");

        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var health = await ready.Body();
        health.GetProperty("status").GetString().ShouldBe("not-ready");
        health.GetProperty("checks").GetProperty("read-models").GetString().ShouldBe("not-ready");
    }
}
