using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Gateway.Timelines;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Grains.Interfaces.SourceUsers;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Fetching;
using EcosystemSilo.Senders.Schemes;
using Microsoft.AspNetCore.Mvc;

namespace EcosystemSilo.Gateway.WearableStreams;

/// <summary>
/// Wearable streams over REST: connecting people to sources, and how every connection is doing. A caller of role
/// partner sees those of the people attributed to it.
/// </summary>
public static class StreamsApi
{
    public static void AddStreams(this IServiceCollection services) => services.AddSingleton<StreamPermissions>();

    public static void MapStreams(this RouteGroupBuilder api)
    {
        api.MapPost("/people/{id}/streams", Connect)
            .WithTags("Wearable streams")
            .RequireAuthorization(Policies.Register)
            .Changes<StreamResponse>("ConnectStream");
        var streams = api.MapGroup("/streams").WithTags("Wearable streams");
        streams
            .MapGet("/", List)
            .RequireAuthorization(Policies.SeePeople)
            .Shows<ListResponse<StreamCard>>("ListStreams")
            .Compressed();
        streams.MapGet("/{id}", Get).RequireAuthorization(Policies.SeePeople).Shows<StreamResponse>("GetStream");
        streams
            .MapGet("/{id}/timeline", Timeline)
            .RequireAuthorization(Policies.ReadAll)
            .Shows<ListResponse<TimelineEntry>>("GetStreamTimeline");
        streams
            .MapPost("/{id}/disconnect", Disconnect)
            .RequireAuthorization(Policies.Register)
            .Changes<StreamResponse>("DisconnectStream");
        streams
            .MapPost("/{id}/authorise", Authorise)
            .RequireAuthorization(Policies.Register)
            .Changes<StreamResponse>("AuthoriseStream");
        streams
            .MapPost("/{id}/backfill", Backfill)
            .RequireAuthorization(Policies.Register)
            .Changes<StreamResponse>("StartBackfill");
        streams
            .MapPost("/{id}/backfill/complete", Complete)
            .RequireAuthorization(Policies.Register)
            .Changes<StreamResponse>("CompleteBackfill");
    }

    /// <summary>
    /// Connects a person to a source, or again after a disconnection. Nothing flows before its purpose is agreed to.
    /// </summary>
    internal static async Task<IResult> Connect(PersonId id, Body<ConnectStreamRequest> body, Exchange exchange)
    {
        var request = body.Request;
        var person = PersonKey.Of(exchange.Ecosystem, id);
        if (await Check(person, request, exchange) is { } refusal)
        {
            return Problems.Result(refusal);
        }

        var user = request.User ?? "";
        var stream = WearableStreamKey.Of(exchange.Ecosystem, id, request.Source);
        (GrainKey Key, ICommand Command, string Part)[] steps =
        [
            (SourceUserKey.Of(exchange.Ecosystem, request.Source, user), new LinkUser(id), "link"),
            (stream, new OpenStream(user, request.Purpose), "open"),
            (person, new AddStream(request.Source, request.Purpose), "add"),
        ];
        foreach (var step in steps)
        {
            if (await exchange.AskPart(step.Key, step.Command, step.Part) is Refused refused)
            {
                return Problems.Result(refused.Refusal);
            }
        }

        var permission = (await exchange.Find<PersonView>(person))!.Streams.First(known =>
            known.Source == request.Source
        );
        return await exchange.Change<WearableStreamView>(
            stream,
            new FollowConsent(permission.IsAllowed, permission.Serial),
            Shown
        );
    }

    /// <summary>Lists streams, the newest first.</summary>
    internal static IResult List(
        Word<StreamStatus>? status,
        SourceId? source,
        PersonId? person,
        Exchange exchange,
        Paging paging,
        [FromServices] IStreamList streams
    ) =>
        Results.Ok(
            paging.Answer(
                streams.Find(
                    exchange.Ecosystem,
                    new StreamQuery(status?.Value, source, person, exchange.Caller.Only()),
                    paging.Request
                )
            )
        );

    /// <summary>Shows a stream: how far each measure is, and why it stopped.</summary>
    internal static async Task<IResult> Get(StreamId id, Exchange exchange)
    {
        var person = await exchange.Find<PersonView>(PersonKey.Of(exchange.Ecosystem, id.Person));
        return exchange.Caller.Only() is { } only && person?.AttributedTo != only
            ? Problems.Result(Refusals.Missing(Key(exchange, id)))
            : await exchange.Show<WearableStreamView>(
                Key(exchange, id),
                (key, stream) =>
                    ValueTask.FromResult<object>(StreamResponse.Of(key, stream, person?.ErasedAt is not null))
            );
    }

    /// <summary>What happened to a stream, the newest first.</summary>
    internal static Task<IResult> Timeline(
        StreamId id,
        Exchange exchange,
        Paging paging,
        [FromServices] TimelinePages timelines
    ) => timelines.Show<WearableStreamView>(Key(exchange, id), exchange, paging, _ => true);

    /// <summary>Records that nothing more comes; connecting the person again takes it up.</summary>
    internal static Task<IResult> Disconnect(StreamId id, Exchange exchange) =>
        exchange.Change<WearableStreamView>(Key(exchange, id), new DisconnectStream("by-hand"), Shown);

    /// <summary>
    /// Gives the tokens by which the person lets their data be fetched; they are encrypted and never shown.
    /// </summary>
    internal static async Task<IResult> Authorise(
        StreamId id,
        Body<AuthoriseStreamRequest> body,
        Exchange exchange,
        [FromServices] TokenBox tokens,
        [FromServices] TimeProvider clock
    )
    {
        var key = Key(exchange, id);
        var source = await exchange.Find<SourceView>(SourceKey.Of(exchange.Ecosystem, id.Source));
        return source is null ? Problems.Result(Refusals.Missing(key))
            : VendorApis.Find(source.Scheme) is null
                ? Problems.Result(
                    new Refusal(Refusals.SchemeUnknown, $"Senders of scheme {source.Scheme} are not asked for data.")
                )
            : await exchange.Change<WearableStreamView>(
                key,
                new AuthoriseStream(tokens.Seal(key, body.Request.ToTokens(clock.GetUtcNow()))),
                Shown
            );
    }

    /// <summary>
    /// Says that what lies in the past is on its way, or has it fetched where the sender can be asked.
    /// </summary>
    internal static async Task<IResult> Backfill(StreamId id, Body<StartBackfillRequest> body, Exchange exchange)
    {
        var (key, from) = (Key(exchange, id), body.Request.From);
        var source = await exchange.Find<SourceView>(SourceKey.Of(exchange.Ecosystem, id.Source));
        var stream = await exchange.Find<WearableStreamView>(key);
        ICommand command =
            stream?.Authorisation is not null && VendorApis.Find(source?.Scheme ?? "") is { Past: { Count: > 0 } past }
                ? new FetchPast(from, past)
                : new StartBackfill(from);
        return await exchange.Change<WearableStreamView>(key, command, Shown);
    }

    /// <summary>Says that the past of a measure, or of all, is complete.</summary>
    internal static Task<IResult> Complete(StreamId id, Body<CompleteBackfillRequest> body, Exchange exchange) =>
        exchange.Change<WearableStreamView>(Key(exchange, id), new CompleteBackfill(body.Request.Measure), Shown);

    private static async Task<Refusal?> Check(GrainKey person, ConnectStreamRequest request, Exchange exchange)
    {
        var source = SourceKey.Of(exchange.Ecosystem, request.Source);
        return await exchange.Find<PersonView>(person) switch
        {
            null => Refusals.Missing(person),
            { ErasedAt: not null } => Refusals.ErasedAlready(person),
            _ => await exchange.Find<SourceView>(source) switch
            {
                null => new Refusal(Refusals.NotFound, $"There is no source '{request.Source}'.", "source"),
                var known when WebhookSchemes.Find(known.Scheme)?.Payload is null => new Refusal(
                    Refusals.SchemeUnknown,
                    $"'{request.Source}' has the scheme {known.Scheme}, which tells nothing of wearables.",
                    "source"
                ),
                _ => null,
            },
        };
    }

    private static GrainKey Key(Exchange exchange, StreamId id) =>
        WearableStreamKey.Of(exchange.Ecosystem, id.Person, id.Source);

    private static ValueTask<object> Shown(GrainKey key, Versioned<WearableStreamView> stream) =>
        ValueTask.FromResult<object>(StreamResponse.Of(key, stream));
}
