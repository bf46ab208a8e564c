using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Tests.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Auth;

/// <summary>Every route, as routing lists them, with every role and several ecosystems.</summary>
public sealed class EveryRouteTests : IDisposable
{
    private readonly GatewayUnderTest _gateway = new();
    private readonly IReadOnlyList<EveryRoute> _routes;

    public EveryRouteTests()
    {
        using var client = _gateway.CreateClient();
        _routes = EveryRoute.Of(_gateway.Services.GetRequiredService<EndpointDataSource>());
    }

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public void TheRoutes_AreFound()
    {
        _routes.Count.ShouldBeGreaterThan(20);
        _routes.Count(route => route.IsRest && route.HasEcosystem).ShouldBeGreaterThan(15);
    }

    [Fact]
    public void OnlyTheListedRoutes_AllowAnonymousCallers() =>
        _routes
            .Where(route => route.AllowsAnonymous != route.IsOpen)
            .Select(route => route.ToString())
            .ShouldBeEmpty("These are open and not on the list, or on the list and not open.");

    [Fact]
    public async Task EveryOtherRoute_CarriesTheAccessRequirement()
    {
        var provider = _gateway.Services.GetRequiredService<IAuthorizationPolicyProvider>();
        foreach (var route in _routes.Where(route => !route.IsOpen))
        {
            var policy =
                await AuthorizationPolicy.CombineAsync(provider, route.Metadata.OfType<IAuthorizeData>())
                ?? await provider.GetFallbackPolicyAsync();
            policy!.Requirements.OfType<AccessRequirement>().ShouldNotBeEmpty(route.ToString());
        }
    }

    [Fact]
    public async Task WithoutCredentials_NoRouteAnswersAnythingBut401()
    {
        using var nobody = _gateway.As(apiKey: null);
        foreach (var route in Closed())
        {
            using var response = await Send(nobody, route, "acme");
            await response.ShouldBeProblem(401, EdgeCodes.Unauthenticated);
        }
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Partner)]
    [InlineData(Role.Integration)]
    [InlineData(Role.PartnerManager)]
    [InlineData(Role.EcosystemAdmin)]
    public async Task ARole_MayDoWhatTheContractSaysInItsEcosystemAndNothingInAnother(Role role)
    {
        using var caller = _gateway.As(await _gateway.Key(role, partner: role == Role.Partner ? "p-own" : null));
        foreach (var route in Closed())
        {
            using var own = await Send(caller, route, "acme");
            if (route.Allowed.Contains(role))
            {
                ((int)own.StatusCode).ShouldNotBeOneOf([401, 403, 500], $"{role} {route}");
            }
            else
            {
                await own.ShouldBeProblem(403, EdgeCodes.RoleForbidden);
            }

            if (!route.HasEcosystem)
            {
                continue;
            }

            foreach (var ecosystem in new[] { "purposeful-live", "nowhere", "ACME", "acme%20" })
            {
                using var other = await Send(caller, route, ecosystem);
                await other.ShouldBeProblem(403, EdgeCodes.EcosystemForbidden);
            }
        }
    }

    [Fact]
    public async Task TheBootstrapKey_IsToldOfUnknownEcosystems()
    {
        using var admin = _gateway.AsBootstrap();
        foreach (var route in Closed().Where(route => route.HasEcosystem))
        {
            using var response = await Send(admin, route, "nowhere");
            await response.ShouldBeProblem(404, EdgeCodes.EcosystemUnknown);
        }
    }

    private IEnumerable<EveryRoute> Closed() => _routes.Where(route => route.IsRest && !route.IsOpen);

    private static async Task<HttpResponseMessage> Send(HttpClient client, EveryRoute route, string ecosystem)
    {
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Address(ecosystem));
        if (route.Method == "POST")
        {
            request.Content = HttpTesting.Json("{}");
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
