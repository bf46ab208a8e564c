using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Senders.Intake;

namespace EcosystemSilo.Gateway.DeadLetters;

/// <summary>
/// Dead letters over REST: what a sender's integration engineer looks at first, and replays when it is mended.
/// </summary>
public static class DeadLettersApi
{
    public static void AddDeadLetters(this IServiceCollection services) =>
        services.AddSingleton<DeadLetterReplay>().AddSingleton<DryRun>();

    public static void MapDeadLetters(this RouteGroupBuilder api)
    {
        var letters = api.MapGroup("/dead-letters").WithTags("Dead letters").RequireAuthorization(Policies.ReadAll);
        letters.MapGet("/", List).Shows<ListResponse<DeadLetterCard>>("ListDeadLetters");
        letters.MapGet("/{id}", Get).Shows<DeadLetterResponse>("GetDeadLetter");
        letters
            .MapPost("/{id}/replay", Replay)
            .RequireAuthorization(Policies.Manage)
            .Changes<DeadLetterResponse>("ReplayDeadLetter");
        letters
            .MapPost("/{id}/dry-run", Rehearse)
            .RequireAuthorization(Policies.Manage)
            .Changes<DryRunResponse>("DryRunDeadLetter");
        letters
            .MapPost("/plan", Plan)
            .RequireAuthorization(Policies.Manage)
            .Changes<IReadOnlyList<DryRunResponse>>("PlanReplay");
        letters
            .MapPost("/replay", ReplayMany)
            .RequireAuthorization(Policies.Manage)
            .Changes<IReadOnlyList<ReplayedResponse>>("ReplayDeadLetters");
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
            paging.Answer(
                list.Find(exchange.Ecosystem, new DeadLetterQuery(source, status?.Value), paging.Request),
                letter => letter with { Reason = PlainReason.Of(letter.Reason) }
            )
        );

    /// <summary>Shows a dead letter with the event's body and the reason.</summary>
    internal static Task<IResult> Get(DeliveryId id, Exchange exchange, KeptEvents events) =>
        exchange.Show<DeliveryView>(Key(exchange, id), Shown(exchange, events));

    /// <summary>Maps the event again, with the mapping as it is now, and applies it.</summary>
    internal static async Task<IResult> Replay(
        DeliveryId id,
        Exchange exchange,
        DeadLetterReplay replay,
        KeptEvents events
    )
    {
        var key = Key(exchange, id);
        return await replay.Try(key, exchange) is { } outcome
            ? await exchange.Change<DeliveryView>(key, outcome, Shown(exchange, events))
            : Problems.Result(Refusals.Missing(key));
    }

    /// <summary>Shows what a replay would change in which grain, and changes nothing.</summary>
    internal static async Task<IResult> Rehearse(DeliveryId id, Exchange exchange, DryRun dryRun)
    {
        var key = Key(exchange, id);
        return await dryRun.Try(key, exchange) is { } shown
            ? Results.Ok(shown)
            : Problems.Result(Refusals.Missing(key));
    }

    /// <summary>
    /// Shows what replays of several dead letters would do, each by itself: none counts on those before it.
    /// </summary>
    internal static async Task<IResult> Plan(Body<DeadLettersRequest> body, Exchange exchange, DryRun dryRun)
    {
        var plan = new List<DryRunResponse>();
        foreach (var key in body.Request.Ids.Select(id => Key(exchange, id)))
        {
            plan.Add(await dryRun.Try(key, exchange) ?? DryRunResponse.Refused(key, Refusals.Missing(key)));
        }

        return Results.Ok(plan);
    }

    /// <summary>Replays several dead letters in the order given; one that fails does not keep the others.</summary>
    internal static async Task<IResult> ReplayMany(
        Body<DeadLettersRequest> body,
        Exchange exchange,
        DeadLetterReplay replay
    )
    {
        var replayed = new List<ReplayedResponse>();
        foreach (var id in body.Request.Ids)
        {
            var key = Key(exchange, id);
            var outcome = await replay.Try(key, exchange);
            var reply = outcome is null ? null : await exchange.AskPart(key, outcome, id.Value);
            var refusal = outcome is null ? Refusals.Missing(key) : outcome.Reason ?? (reply as Refused)?.Refusal;
            replayed.Add(new ReplayedResponse(id, refusal));
        }

        return Results.Ok(replayed);
    }

    private static GrainKey Key(Exchange exchange, DeliveryId id) => DeliveryKey.Of(exchange.Ecosystem, id);

    /// <summary>A role that may not see who people are sees the event without them.</summary>
    private static Show<DeliveryView> Shown(Exchange exchange, KeptEvents events) =>
        async (key, delivery) =>
            DeadLetterResponse.Of(
                key,
                delivery,
                delivery.View.Event is { } sent ? await events.Open(key.Ecosystem, sent, exchange.Aborted) : null,
                isMasked: !Policies.Roles[Policies.SeePeople].Contains(exchange.Caller.Role)
            );
}
