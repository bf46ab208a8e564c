using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Senders.Outbound;

namespace EcosystemSilo.Gateway.Endpoints;

/// <summary>Outbound webhook endpoints over REST. A secret is shown by the answer that made it.</summary>
public static class EndpointsApi
{
    public static void AddEndpoints(this IServiceCollection services) => services.AddSingleton<EndpointUrl>();

    public static void MapEndpoints(this RouteGroupBuilder api)
    {
        var endpoints = api.MapGroup("/endpoints").WithTags("Endpoints").RequireAuthorization(Policies.ReadAll);
        endpoints
            .MapPost("/", Create)
            .RequireAuthorization(Policies.Register)
            .Makes<EndpointResponse>("CreateEndpoint");
        endpoints.MapGet("/", List).Shows<ListResponse<EndpointResponse>>("ListEndpoints");
        endpoints.MapGet("/{id}", Get).Shows<EndpointResponse>("GetEndpoint");
        endpoints
            .MapPost("/{id}/settings", Change)
            .RequireAuthorization(Policies.Manage)
            .Changes<EndpointResponse>("ChangeEndpoint");
        endpoints
            .MapPost("/{id}/rotate", Rotate)
            .RequireAuthorization(Policies.Manage)
            .Changes<EndpointResponse>("RotateEndpointSecret");
        endpoints
            .MapPost("/{id}/disable", Disable)
            .RequireAuthorization(Policies.Manage)
            .Changes<EndpointResponse>("DisableEndpoint");
        endpoints
            .MapPost("/{id}/enable", Enable)
            .RequireAuthorization(Policies.Manage)
            .Changes<EndpointResponse>("EnableEndpoint");
        endpoints
            .MapPost("/{id}/delete", Delete)
            .RequireAuthorization(Policies.Manage)
            .Changes<EndpointResponse>("DeleteEndpoint");
        endpoints.MapNotifications();
    }

    /// <summary>
    /// Creates an endpoint with a fresh secret, which this answer shows. It is told what happens from now on.
    /// </summary>
    internal static Task<IResult> Create(
        Body<CreateEndpointRequest> body,
        Exchange exchange,
        SigningSecrets secrets,
        EndpointUrl urls,
        IEndpointList list
    )
    {
        var request = body.Request;
        if (urls.Fault(request.Url) is { } fault)
        {
            return Task.FromResult(Wrong(fault));
        }

        var key = Key(exchange, request.Id ?? exchange.NewId<EndpointId>("e"));
        var secret = secrets.Make(request.Signature ?? SignatureKind.Hmac, key);
        return exchange.Create(
            key,
            new CreateEndpoint(request.ToSettings(), secret),
            Showing(list, view => secrets.Reveal(view.Secrets[0], key))
        );
    }

    /// <summary>Lists the endpoints with the counts of their notifications.</summary>
    internal static IResult List(Exchange exchange, Paging paging, IEndpointList list) =>
        Results.Ok(paging.Answer(list.Find(exchange.Ecosystem, paging.Request), card => EndpointResponse.Of(card)));

    /// <summary>Shows an endpoint with the counts of its notifications.</summary>
    internal static Task<IResult> Get(EndpointId id, Exchange exchange, IEndpointList list) =>
        exchange.Show<EndpointView>(
            Key(exchange, id),
            Showing(list),
            endpoint => endpoint.Status != EndpointStatus.Deleted
        );

    /// <summary>Replaces address, filter, order and rate. What waits already is sent to the new address.</summary>
    internal static Task<IResult> Change(
        EndpointId id,
        Body<ChangeEndpointRequest> body,
        Exchange exchange,
        EndpointUrl urls,
        IEndpointList list
    ) =>
        urls.Fault(body.Request.Url) is { } fault
            ? Task.FromResult(Wrong(fault))
            : exchange.Change(Key(exchange, id), new ChangeEndpoint(body.Request.ToSettings()), Showing(list));

    /// <summary>Makes a new secret, which this answer shows; for the overlap the old ones sign as well.</summary>
    internal static Task<IResult> Rotate(
        EndpointId id,
        Body<RotateEndpointRequest> body,
        Exchange exchange,
        SigningSecrets secrets,
        IEndpointList list
    )
    {
        var key = Key(exchange, id);
        var secret = secrets.Make(body.Request.Signature ?? SignatureKind.Hmac, key);
        return exchange.Change(
            key,
            new RotateEndpointSecret(secret, body.Request.Overlap),
            Showing(list, view => secrets.Reveal(view.Secrets[0], key))
        );
    }

    /// <summary>
    /// Stops sending. What waits goes on waiting, and what happens meanwhile is told when it is enabled.
    /// </summary>
    internal static Task<IResult> Disable(EndpointId id, Exchange exchange, IEndpointList list) =>
        exchange.Change(Key(exchange, id), new DisableEndpoint(), Showing(list));

    /// <summary>Sends again: what waited, what was given up, and what happened meanwhile.</summary>
    internal static Task<IResult> Enable(
        EndpointId id,
        Body<EnableEndpointRequest> body,
        Exchange exchange,
        TimeProvider clock,
        IEndpointList list
    ) =>
        body.Request.Since > clock.GetUtcNow()
            ? Task.FromResult(Problems.Result(new Refusal(Refusals.Invalid, "'since' lies in the future.", "since")))
            : exchange.Change(Key(exchange, id), new EnableEndpoint(body.Request.Since), Showing(list));

    /// <summary>Takes an endpoint away for good; what waits for it is cancelled.</summary>
    internal static Task<IResult> Delete(EndpointId id, Exchange exchange, IEndpointList list) =>
        exchange.Change(Key(exchange, id), new DeleteEndpoint(), Showing(list));

    internal static GrainKey Key(Exchange exchange, EndpointId id) => EndpointKey.Of(exchange.Ecosystem, id);

    private static IResult Wrong(string fault) =>
        Problems.Result(new Refusal(FieldCodes.FieldInvalid, $"'url' {fault}", "url"));

    private static Show<EndpointView> Showing(IEndpointList list, Func<EndpointView, string>? secret = null) =>
        (key, endpoint) =>
            ValueTask.FromResult<object>(
                EndpointResponse.Of(
                    key,
                    endpoint,
                    list.Counts(key.Ecosystem, new EndpointId(key.Id)),
                    secret?.Invoke(endpoint.View)
                )
            );
}
