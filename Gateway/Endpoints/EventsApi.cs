using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Notifications;

namespace EcosystemSilo.Gateway.Endpoints;

/// <summary>What endpoints are told, for reading: the catalogue of event types, and the events themselves.</summary>
public static class EventsApi
{
    private const string FeedName = "events";

    public static void MapEvents(this RouteGroupBuilder api)
    {
        api.MapGet("/event-types", ListTypes)
            .WithTags("Events")
            .Shows<ListResponse<EventTypeResponse>>("ListEventTypes");
        api.MapGet("/event-types/{type}", ShowType).WithTags("Events").Shows<EventTypeResponse>("GetEventType");
        api.MapGet("/events", Poll).WithTags("Events").Shows<EventsResponse>("PollEvents");
    }

    /// <summary>Lists every event type with its schema and an example.</summary>
    internal static IResult ListTypes() =>
        Results.Ok(
            new ListResponse<EventTypeResponse>(
                [.. EventCatalogue.All.Select(EventTypeResponse.Of)],
                NextCursor: null,
                EventCatalogue.All.Count
            )
        );

    /// <summary>Shows an event type with its schema and an example.</summary>
    internal static IResult ShowType(string type) =>
        EventCatalogue.Find(type) is { } published
            ? Results.Ok(EventTypeResponse.Of(published))
            : Problems.Result(new Refusal(Refusals.NotFound, "There is no such event type.", "type"));

    /// <summary>
    /// The events after a cursor, oldest first: the same, under the same ids, that endpoints are told. Without a
    /// cursor from
    /// the beginning. A partner sees its own.
    /// </summary>
    internal static async Task<IResult> Poll(
        string? after,
        string? types,
        int? limit,
        Exchange exchange,
        IEventFeed feed,
        Cursors cursors
    )
    {
        var (query, position, refusal) = Read(after, types, limit, exchange, cursors);
        if (refusal is not null)
        {
            return Problems.Result(refusal);
        }

        var page = await feed.Read(
            exchange.Ecosystem,
            query!,
            position,
            limit ?? PageRequest.LimitDefault,
            exchange.Aborted
        );
        var next = cursors.Seal(ListOf(exchange), page.Position.ToString(CultureInfo.InvariantCulture));
        return Results.Ok(
            new EventsResponse(
                [.. page.Events.Select(found => new EventResponse(found.Id, JsonElement.Parse(found.Body)))],
                next,
                page.IsEnd
            )
        );
    }

    private static (FeedQuery?, long, Refusal?) Read(
        string? after,
        string? types,
        int? limit,
        Exchange exchange,
        Cursors cursors
    )
    {
        if (limit is < 1 or > PageRequest.LimitMax)
        {
            return (null, 0, Wrong(EdgeCodes.LimitInvalid, $"'limit' is from 1 to {PageRequest.LimitMax}.", "limit"));
        }

        var position = 0L;
        if (after is not null && !long.TryParse(cursors.Open(ListOf(exchange), after), out position))
        {
            return (null, 0, Wrong(EdgeCodes.CursorInvalid, "The cursor was not made here; begin without.", "after"));
        }

        var wanted = types?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return wanted.FirstOrDefault(type => !EventCatalogue.IsFilter(type)) is { } unknown
            ? (null, 0, Wrong(Refusals.Invalid, $"'types' has '{unknown}', which no event type is.", "types"))
            : (new FeedQuery(wanted, exchange.Caller.Only()), position, null);
    }

    private static Refusal Wrong(string code, string message, string field) => new(code, message, field);

    /// <summary>A cursor is good for any filter, and for this ecosystem alone.</summary>
    private static string ListOf(Exchange exchange) => $"{exchange.Ecosystem}/{FeedName}";
}

/// <summary>A kind of event that endpoints can be told.</summary>
/// <param name="Schema">The JSON schema of the body.</param>
/// <param name="Example">A body as it would be sent.</param>
public sealed record EventTypeResponse(string Type, string Description, JsonObject Schema, JsonObject Example)
{
    internal static EventTypeResponse Of(PublishedEvent published) =>
        new(published.Type, published.Means, published.Schema(), JsonNode.Parse(published.Example())!.AsObject());
}

/// <summary>Events in the order in which they happened.</summary>
/// <param name="Next">Send it as <c>after</c> to go on, also when there is nothing now.</param>
/// <param name="IsEnd">Whether there was nothing more; then wait a little before the next request.</param>
public sealed record EventsResponse(IReadOnlyList<EventResponse> Items, string Next, bool IsEnd);

/// <param name="Id">The <c>webhook-id</c> under which endpoints are told of it.</param>
/// <param name="Event">The body that they are sent.</param>
public sealed record EventResponse(PublishedEventId Id, JsonElement Event);
