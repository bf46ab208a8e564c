using EcosystemSilo.Gateway.Board;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Tests.Http;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Board;

/// <summary>What SignalR's clients send where a browser lets them set no header.</summary>
public sealed class HubTokenTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("query", 200)]
    [InlineData("bearer", 200)]
    [InlineData("wrong", 401)]
    [InlineData("twice", 401)]
    public async Task AKey_IsReadAsAToken(string form, int status)
    {
        using var gateway = new GatewayUnderTest();
        var key = await gateway.Key(Role.Viewer);

        (await Negotiate(gateway, form, key)).ShouldBe(status);
    }

    [Theory]
    [InlineData("query", 200)]
    [InlineData("bearer", 200)]
    [InlineData("wrong", 401)]
    public async Task AJwt_IsReadAsAToken(string form, int status)
    {
        using var gateway = new GatewayUnderTest().In("Development");
        using var client = gateway.As(apiKey: null);
        using var issued = await client.Post("/dev/token", """{"ecosystem":"acme","role":"viewer"}""");
        var token = (await issued.Body()).GetProperty("token").GetString()!;

        (await Negotiate(gateway, form, token)).ShouldBe(status);
    }

    [Fact]
    public async Task NoOtherRoute_TakesATokenFromItsAddress()
    {
        using var gateway = new GatewayUnderTest();
        var key = await gateway.Key(Role.Viewer);
        using var client = gateway.As(apiKey: null);

        using var answer = await client.GetAsync($"/api/ecosystems?access_token={key}", Cancellation);

        ((int)answer.StatusCode).ShouldBe(401);
    }

    private static async Task<int> Negotiate(GatewayUnderTest gateway, string form, string token)
    {
        using var client = gateway.As(apiKey: null);
        if (form == "bearer")
        {
            client.DefaultRequestHeaders.Add("Authorization", $"Bearer {token}");
        }

        var query = form switch
        {
            "query" => $"&access_token={token}",
            "wrong" => $"&access_token={token}x",
            "twice" => $"&access_token={token}&access_token={token}",
            _ => "",
        };
        using var answer = await client.PostAsync(
            $"{BoardHub.Path}/negotiate?negotiateVersion=1{query}",
            content: null,
            Cancellation
        );
        return (int)answer.StatusCode;
    }
}
