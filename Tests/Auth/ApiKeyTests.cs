using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Tests.Http;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Auth;

public sealed class ApiKeyTests : IDisposable
{
    private const string Path = "/api/acme/partners/p-1";

    private readonly GatewayUnderTest _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task AValidKey_IsLetIn()
    {
        using var client = _gateway.As(await _gateway.Key(Role.Viewer));
        using var response = await client.GetAsync(Path);
        await response.ShouldBeProblem(404, Refusals.NotFound);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    [InlineData("esk_acme_k-1_0000")]
    [InlineData("esk_acme_k-1_")]
    [InlineData("esk___")]
    [InlineData("esk_acme")]
    public async Task WithoutAValidKey_NobodyIsLetIn(string? key)
    {
        using var client = _gateway.As(key);
        using var response = await client.GetAsync(Path);
        await response.ShouldBeProblem(401, EdgeCodes.Unauthenticated);
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
    }

    [Fact]
    public async Task AKeyWithAnotherSecret_IsRefused()
    {
        var key = await _gateway.Key(Role.Viewer);
        using var client = _gateway.As(key[..^1] + (key[^1] == '0' ? '1' : '0'));
        using var response = await client.GetAsync(Path);
        await response.ShouldBeProblem(401, EdgeCodes.Unauthenticated);
    }

    [Fact]
    public async Task AnExpiredKey_IsRefused()
    {
        var past = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var client = _gateway.As(await _gateway.Key(Role.Viewer, expiresAt: past));
        using var response = await client.GetAsync(Path);
        await response.ShouldBeProblem(401, EdgeCodes.Unauthenticated);
    }

    [Fact]
    public async Task ARevokedKey_IsRefusedFromItsNextRequestOn()
    {
        var text = await _gateway.Key(Role.Viewer);
        using var client = _gateway.As(text);
        using var before = await client.GetAsync(Path);
        await before.ShouldBeProblem(404, Refusals.NotFound);
        var key = ApiKeyText.Parse(text)!;
        await _gateway.Grains.Ask(
            ApiKeyKey.Of(key.Ecosystem, key.Id),
            new RevokeApiKey(),
            new Ask("test", "revoke", "test", "test"),
            default
        );

        using var after = await client.GetAsync(Path);

        await after.ShouldBeProblem(401, EdgeCodes.Unauthenticated);
    }

    [Fact]
    public async Task AnotherEcosystemsKey_IsForbiddenWhetherOrNotTheEcosystemExists()
    {
        using var client = _gateway.As(await _gateway.Key(Role.EcosystemAdmin));
        using var other = await client.GetAsync("/api/purposeful-live/partners/p-1");
        await other.ShouldBeProblem(403, EdgeCodes.EcosystemForbidden);
        using var unknown = await client.GetAsync("/api/nowhere/partners/p-1");
        await unknown.ShouldBeProblem(403, EdgeCodes.EcosystemForbidden);
    }

    [Fact]
    public async Task AnUnknownEcosystem_IsNotFoundForTheBootstrapKey()
    {
        using var client = _gateway.AsBootstrap();
        using var response = await client.GetAsync("/api/nowhere/partners/p-1");
        await response.ShouldBeProblem(404, EdgeCodes.EcosystemUnknown);
    }

    [Fact]
    public async Task ARoleThatMayNot_IsForbidden()
    {
        using var client = _gateway.As(await _gateway.Key(Role.Viewer));
        using var response = await client.Post("/api/acme/partners", """{"name":"N","category":"c"}""");
        await response.ShouldBeProblem(403, EdgeCodes.RoleForbidden);
    }
}
