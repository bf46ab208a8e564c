using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Lists;

namespace EcosystemSilo.Gateway.DeadLetters;

/// <summary>
/// Dead letters over REST: what a sender's integration engineer looks at first, and replays when it is mended.
/// </summary>
public static class DeadLettersApi
{
    public static void AddDeadLetters(this IServiceCollection services) => services.AddSingleton<DeadLetterReplay>();

    public static void MapDeadLetters(this RouteGroupBuilder api)
    {
        var letters = api.MapGroup("/dead-letters").WithTags("Dead letters").RequireAuthorization(Policies.ReadAll);
        letters.MapGet("/", List).Shows<ListResponse<DeadLetterCard>>("ListDeadLetters");
        letters.MapGet("/{id}", Get).Shows<DeadLetterResponse>("GetDeadLetter");
        letters
            .MapPost("/{id}/replay", Replay)
            .RequireAuthorization(Policies.Manage)
            .Changes<DeadLetterResponse>("ReplayDeadLetter");
    }

    /// <summary>Lists dead and ignored events, the newest first.</summary>
    internal static IResult List(
        SourceId? source,
        Word<DeliveryStatus>? status,
        Exchange exchange,
        Paging paging,
        IDeliveryList list
    ) =>
        Results.Ok(
            paging.Answer(list.Find(exchange.Ecosystem, new DeadLetterQuery(source, status?.Value), paging.Request))
        );

    /// <summary>Shows a dead letter with the event's body and the reason.</summary>
    internal static Task<IResult> Get(DeliveryId id, Exchange exchange) =>
        exchange.Show<DeliveryView>(Key(exchange, id), Shown);

    /// <summary>Maps the event again, with the mapping as it is now, and applies it.</summary>
    internal static async Task<IResult> Replay(DeliveryId id, Exchange exchange, DeadLetterReplay replay)
    {
        var key = Key(exchange, id);
        return await replay.Try(key, exchange) is { } outcome
            ? await exchange.Change<DeliveryView>(key, outcome, Shown)
            : Problems.Result(Refusals.Missing(key));
    }

    private static GrainKey Key(Exchange exchange, DeliveryId id) => DeliveryKey.Of(exchange.Ecosystem, id);

    private static ValueTask<object> Shown(GrainKey key, Versioned<DeliveryView> delivery) =>
        ValueTask.FromResult<object>(DeadLetterResponse.Of(key, delivery));
}
