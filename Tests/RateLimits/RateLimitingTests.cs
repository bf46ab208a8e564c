using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Gateway.RateLimits;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Tests.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.RateLimits;

public sealed class RateLimitingTests
{
    [Fact]
    public async Task OneKeysFlood_IsRefusedAndLeavesTheOthersAlone()
    {
        using var gateway = new GatewayUnderTest()
            .With("RateLimits:RestPerSecond", "1")
            .With("RateLimits:RestBurst", "3");
        using var flood = gateway.As(await gateway.Key(Role.Viewer));
        using var other = gateway.As(await gateway.Key(Role.Viewer));
        (await flood.GetAsync("/api/ecosystems")).EnsureSuccessStatusCode();

        using var refused = await UntilRefused(() => flood.GetAsync("/api/ecosystems"));

        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await other.GetAsync("/api/ecosystems")).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task CallersWithoutCredentials_ShareABucketOfTheirOwn()
    {
        using var gateway = new GatewayUnderTest()
            .With("RateLimits:AnonymousPerSecond", "1")
            .With("RateLimits:AnonymousBurst", "2");
        using var nobody = gateway.As("wrong");
        using var somebody = gateway.AsBootstrap();

        using var refused = await UntilRefused(() => nobody.GetAsync("/api/ecosystems"));

        (await somebody.GetAsync("/api/ecosystems")).EnsureSuccessStatusCode();
        (await nobody.GetAsync("/health/live")).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task AWebhookSource_HasABucketOfItsOwn()
    {
        using var gateway = new GatewayUnderTest()
            .With("RateLimits:WebhooksBurst", "2")
            .With("RateLimits:WebhooksPerSecond", "1")
            .With("RateLimits:AnonymousPerSecond", "1")
            .With("RateLimits:AnonymousBurst", "1");
        using var sender = gateway.As(apiKey: null);
        using var taken = await sender.Post("/hooks/acme/crm", "{}");
        ((int)taken.StatusCode).ShouldBe(404);

        using var refused = await UntilRefused(() => sender.Post("/hooks/acme/crm", "{}"));

        using var other = await sender.Post("/hooks/acme/erp", "{}");
        ((int)other.StatusCode).ShouldBe(404);
    }

    [Theory]
    [InlineData("RestPerSecond", "0")]
    [InlineData("WebhooksBurst", "1000001")]
    public async Task ABadSetting_StopsTheStartWithItsFullName(string setting, string value)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration[$"RateLimits:{setting}"] = value;
        builder.AddRateLimits();
        await using var app = builder.Build();

        var start = await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync());

        start.Message.ShouldContain($"RateLimits:{setting} must be");
    }

    /// <summary>
    /// Buckets refill while a test runs, on a slow machine faster than it asks; so it asks until it is refused.
    /// </summary>
    private static async Task<HttpResponseMessage> UntilRefused(Func<Task<HttpResponseMessage>> ask)
    {
        for (var request = 0; request < 200; request++)
        {
            var response = await ask();
            if ((int)response.StatusCode == 429)
            {
                await response.ShouldBeProblem(429, EdgeCodes.RateExceeded);
                return response;
            }

            response.Dispose();
        }

        throw new TimeoutException("200 requests in a row were let through at one a second.");
    }
}
