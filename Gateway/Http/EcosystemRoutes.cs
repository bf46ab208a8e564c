using EcosystemSilo.Gateway.Auth;

namespace EcosystemSilo.Gateway.Http;

/// <summary>The group that every feature's routes are in.</summary>
public static class EcosystemRoutes
{
    /// <summary>
    /// <c>/api/{ecosystem}</c>: signed in and in the own ecosystem, unless a route asks for more by a policy of
    /// <see cref="Policies"/>; arguments that are at fault are answered before the handler runs.
    /// </summary>
    public static RouteGroupBuilder MapEcosystem(this WebApplication app) =>
        app.MapGroup($"/api/{{{AccessCheck.RouteParameter}}}")
            .RequireAuthorization(Policies.Read)
            .AddEndpointFilter<BoundArguments>();
}
