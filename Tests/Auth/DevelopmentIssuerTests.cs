using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Tests.Http;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Auth;

public sealed class DevelopmentIssuerTests
{
    private const string Request = """{"ecosystem":"acme","role":"partner-manager"}""";

    [Fact]
    public async Task OutsideDevelopment_ThereIsNoIssuer()
    {
        using var gateway = new GatewayUnderTest();
        using var client = gateway.AsBootstrap();
        using var response = await client.Post("/dev/token", Request);
        await response.ShouldBeProblem(404, EdgeCodes.RouteUnknown);
    }

    [Fact]
    public async Task InDevelopment_ATokenWorksAsBearerAndAsSession()
    {
        using var gateway = new GatewayUnderTest().In("Development");
        using var client = gateway.As(apiKey: null);
        using var issued = await client.Post("/dev/token", Request);
        var token = (await issued.Body()).GetProperty("token").GetString();

        using var signedIn = await client.Post("/api/session", $$"""{"token":"{{token}}"}""");
        (await signedIn.Body()).GetProperty("subject").GetString().ShouldBe("user:developer-partner-manager");
        using var bySession = await client.GetAsync("/api/ecosystems");
        (await bySession.Body()).GetArrayLength().ShouldBe(1);

        using var bearer = gateway.As(apiKey: null);
        bearer.DefaultRequestHeaders.Add("Authorization", $"Bearer {token}");
        using var made = await bearer.Post("/api/acme/partners", """{"name":"N","category":"c"}""");
        made.EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task AnotherProcessesToken_IsWorthNothing()
    {
        using var one = new GatewayUnderTest().In("Development");
        using var other = new GatewayUnderTest().In("Development");
        using var client = one.As(apiKey: null);
        using var issued = await client.Post("/dev/token", Request);
        var token = (await issued.Body()).GetProperty("token").GetString();

        using var stranger = other.As(apiKey: null);
        stranger.DefaultRequestHeaders.Add("Authorization", $"Bearer {token}");
        using var response = await stranger.GetAsync("/api/ecosystems");

        await response.ShouldBeProblem(401, EdgeCodes.Unauthenticated);
    }

    [Theory]
    [InlineData("""{"ecosystem":"acme","role":"partner"}""", "partner")]
    [InlineData("""{"ecosystem":"a b","role":"viewer"}""", "ecosystem")]
    [InlineData("""{"ecosystem":"acme","role":"king"}""", "role")]
    public async Task ABadRequest_NamesItsField(string body, string field)
    {
        using var gateway = new GatewayUnderTest().In("Development");
        using var client = gateway.As(apiKey: null);
        using var response = await client.Post("/dev/token", body);
        var problem = await response.Body();
        problem.GetProperty("status").GetInt32().ShouldBe(400);
        problem.GetProperty("field").GetString().ShouldBe(field);
    }
}
