namespace EcosystemSilo.Gateway.Http;

/// <summary>What a route answers, said once a route for the API document.</summary>
public static class RouteDocs
{
    /// <summary>A route that creates: 201 with a Location.</summary>
    public static RouteHandlerBuilder Makes<TResponse>(this RouteHandlerBuilder route, string name) =>
        route.WithName(name).Produces<TResponse>(StatusCodes.Status201Created);

    /// <summary>A route that changes: 200 with the new state.</summary>
    public static RouteHandlerBuilder Changes<TResponse>(this RouteHandlerBuilder route, string name) =>
        route.WithName(name).Produces<TResponse>(StatusCodes.Status200OK);

    /// <summary>A route that shows: 200.</summary>
    public static RouteHandlerBuilder Shows<TResponse>(this RouteHandlerBuilder route, string name) =>
        route.WithName(name).Produces<TResponse>(StatusCodes.Status200OK);
}
