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

    [Fact]
    public async Task AnAddressThatGuessesSources_IsRefused()
    {
        using var gateway = FewGuesses();
        using var sender = gateway.As(apiKey: null);
        var guess = 0;

        using var refused = await UntilRefused(() => sender.Post($"/hooks/acme/guess-{++guess}", "{}"));

        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        using var greeted = await sender.GetAsync($"/hooks/acme/guess-{++guess}");
        ((int)greeted.StatusCode).ShouldBe(429);
    }

    [Theory]
    [InlineData("header")]
    [InlineData("sign-in")]
    public async Task AnAddressThatGuessesKeys_IsRefused_AndAKnownKeyBehindItIsNot(string way)
    {
        using var gateway = FewGuesses();
        using var known = gateway.As(await gateway.Key(Role.Viewer));
        (await known.GetAsync("/api/ecosystems")).EnsureSuccessStatusCode();
        using var nobody = gateway.As(apiKey: null);
        var guess = 0;

        using var refused = await UntilRefused(() => Guess($"esk_acme_guess{++guess}_secret"));

        (await known.GetAsync("/api/ecosystems")).EnsureSuccessStatusCode();

        Task<HttpResponseMessage> Guess(string key) =>
            way == "header"
                ? gateway.As(key).GetAsync("/api/ecosystems")
                : nobody.Post("/api/session", $$"""{"key":"{{key}}"}""");
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

    private static GatewayUnderTest FewGuesses() =>
        new GatewayUnderTest().With("RateLimits:UnknownPerSecond", "1").With("RateLimits:UnknownBurst", "3");

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
