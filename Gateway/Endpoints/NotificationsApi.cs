using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Notifications;
using Microsoft.AspNetCore.Mvc;

namespace EcosystemSilo.Gateway.Endpoints;

/// <summary>What is sent to an endpoint, over REST: the log, one notification with its attempts, a test.</summary>
public static class NotificationsApi
{
    public static void MapNotifications(this RouteGroupBuilder endpoints)
    {
        endpoints.MapGet("/{id}/notifications", List).Shows<ListResponse<NotificationCard>>("ListNotifications");
        endpoints.MapGet("/{id}/notifications/{event}", Get).Shows<NotificationResponse>("GetNotification");
        endpoints
            .MapPost("/{id}/notifications/{event}/resend", Resend)
            .RequireAuthorization(Policies.Manage)
            .Changes<NotificationResponse>("ResendNotification");
        endpoints
            .MapPost("/{id}/test", Test)
            .RequireAuthorization(Policies.Manage)
            .Changes<NotificationResponse>("TestEndpoint");
    }

    /// <summary>Lists the notifications of an endpoint, the newest first.</summary>
    internal static IResult List(
        EndpointId id,
        Word<NotificationStatus>? status,
        Exchange exchange,
        Paging paging,
        INotificationList list
    ) =>
        Results.Ok(
            paging.Answer(list.Find(exchange.Ecosystem, new NotificationQuery(id, status?.Value), paging.Request))
        );

    /// <summary>Shows a notification with its body and its attempts.</summary>
    internal static Task<IResult> Get(
        EndpointId id,
        [FromRoute(Name = "event")] PublishedEventId happened,
        Exchange exchange
    ) => exchange.Show<NotificationView>(Key(exchange, id, happened), Shown);

    /// <summary>Sends a notification once more, also one that was delivered; it has the same id.</summary>
    internal static async Task<IResult> Resend(
        EndpointId id,
        [FromRoute(Name = "event")] PublishedEventId happened,
        Exchange exchange,
        IGrains grains
    )
    {
        var (_, refusal) = await Sendable(exchange, grains, id);
        return refusal
            ?? await exchange.Change<NotificationView>(Key(exchange, id, happened), new ResendNotification(), Shown);
    }

    /// <summary>Sends an example of an event type. Its attempts are in the log like those of any other.</summary>
    internal static async Task<IResult> Test(
        EndpointId id,
        Body<TestEndpointRequest> body,
        Exchange exchange,
        IGrains grains
    )
    {
        var (endpoint, refusal) = await Sendable(exchange, grains, id);
        if (endpoint is null)
        {
            return refusal!;
        }

        var example = body.Request.Type is { } type
            ? EventCatalogue.Find(type)!
            : EventCatalogue.All.First(known => EventCatalogue.Matches(endpoint.Settings.Types, known.Type));
        var happened = exchange.NewId<PublishedEventId>("test");
        return await exchange.Change<NotificationView>(
            Key(exchange, id, happened),
            new SendNotification(id, happened, example.Type, Lane: null, example.Example()),
            Shown
        );
    }

    /// <summary>The endpoint, or why nothing can be sent to it.</summary>
    private static async Task<(EndpointView?, IResult?)> Sendable(Exchange exchange, IGrains grains, EndpointId id)
    {
        var key = EndpointsApi.Key(exchange, id);
        var found = await grains.Read<EndpointView>(key, ReadAt.Newest, exchange.Aborted);
        return found?.View switch
        {
            null or { Status: EndpointStatus.Deleted } => (null, Problems.Result(Refusals.Missing(key))),
            { Status: EndpointStatus.Disabled } => (
                null,
                Problems.Result(new Refusal(Refusals.StatusForbids, "The endpoint is disabled; enable it first."))
            ),
            var endpoint => (endpoint, null),
        };
    }

    private static GrainKey Key(Exchange exchange, EndpointId id, PublishedEventId happened) =>
        NotificationKey.Of(exchange.Ecosystem, id, happened);

    private static ValueTask<object> Shown(GrainKey key, Versioned<NotificationView> notification) =>
        ValueTask.FromResult<object>(NotificationResponse.Of(notification));
}
