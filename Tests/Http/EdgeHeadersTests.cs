using System.Net;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Senders.Json;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Http;

public sealed class EdgeHeadersTests : IDisposable
{
    private readonly GatewayUnderTest _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Theory]
    [InlineData("/api/ecosystems")]
    [InlineData("/api/nothing")]
    [InlineData("/health/live")]
    [InlineData("/docs")]
    public async Task EveryAnswer_TellsTheBrowserToTrustNothingElse(string path)
    {
        using var client = _gateway.AsBootstrap();
        using var response = await client.GetAsync(path);

        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldContain("script-src 'self';");
    }

    [Fact]
    public async Task AnApiAnswer_IsNotKept()
    {
        using var client = _gateway.AsBootstrap();
        using var list = await client.GetAsync("/api/ecosystems");
        list.Headers.CacheControl!.NoStore.ShouldBeTrue();
        using var made = await client.Post("/api/acme/partners", """{"name":"N","category":"c"}""");
        made.Headers.CacheControl!.NoCache.ShouldBeTrue();
        made.Headers.CacheControl.Private.ShouldBeTrue();
    }

    [Theory]
    [InlineData("/api/acme/partners?phase=takeoff", "phase")]
    [InlineData("/api/acme/partners?category=a%20b", "category")]
    [InlineData("/api/acme/partners?overdue=perhaps", "overdue")]
    [InlineData("/api/acme/partners?phase=Launch", "phase")]
    [InlineData("/api/acme/partners?phase=2", "phase")]
    [InlineData("/api/acme/deals?status=lostt", "status")]
    [InlineData("/api/acme/programs?type=raffle", "type")]
    [InlineData("/api/acme/deals/.d", "id")]
    public async Task AParameterThatCannotBeRead_IsNamed(string address, string field)
    {
        using var client = _gateway.AsBootstrap();
        using var response = await client.GetAsync(address);
        var problem = await response.ShouldBeProblem(400, FieldCodes.FieldInvalid);
        problem.GetProperty("field").GetString().ShouldBe(field);
    }

    [Theory]
    [InlineData("/api/acme/partners?phase=launch")]
    [InlineData("/api/acme/deals?phase=scale&status=won")]
    [InlineData("/api/acme/programs?phase=scale&status=renewalDue&type=clinical-study")]
    [InlineData("/api/acme/dead-letters?status=dead")]
    [InlineData("/api/acme/streams?status=live")]
    public async Task AFilter_IsReadByTheWordThatAnswersShow(string address)
    {
        using var client = _gateway.AsBootstrap();
        using var response = await client.GetAsync(address);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("limit=0", EdgeCodes.LimitInvalid, "limit")]
    [InlineData("limit=201", EdgeCodes.LimitInvalid, "limit")]
    [InlineData("limit=-1", EdgeCodes.LimitInvalid, "limit")]
    [InlineData("limit=x", EdgeCodes.LimitInvalid, "limit")]
    [InlineData("cursor=x", EdgeCodes.CursorInvalid, "cursor")]
    [InlineData("cursor=", EdgeCodes.CursorInvalid, "cursor")]
    public async Task ABadPage_IsRefusedWithItsParameter(string query, string code, string field)
    {
        using var client = _gateway.AsBootstrap();
        using var response = await client.GetAsync($"/api/acme/keys?{query}");
        var problem = await response.ShouldBeProblem(400, code);
        problem.GetProperty("field").GetString().ShouldBe(field);
    }
}
