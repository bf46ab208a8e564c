using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Senders.Secrets;

namespace EcosystemSilo.Gateway.Sources;

/// <summary>Webhook sources over REST. A secret is shown by the answer that made it, and by a repeat of it.</summary>
public static class SourcesApi
{
    public static void AddSources(this IServiceCollection services)
    {
        services.AddSingleton<PublicUrl>();
        services.AddSingleton<SourceAnswers>();
    }

    public static void MapSources(this RouteGroupBuilder api)
    {
        var sources = api.MapGroup("/sources").WithTags("Sources");
        sources.MapPost("/", Create).RequireAuthorization(Policies.Register).Makes<SourceResponse>("CreateSource");
        sources
            .MapGet("/", List)
            .RequireAuthorization(Policies.ReadAll)
            .Shows<ListResponse<SourceResponse>>("ListSources");
        sources.MapGet("/{id}", Get).RequireAuthorization(Policies.ReadAll).Shows<SourceResponse>("GetSource");
        sources
            .MapPost("/{id}/rotate", Rotate)
            .RequireAuthorization(Policies.Manage)
            .Changes<SourceResponse>("RotateSourceSecret");
        sources
            .MapPost("/{id}/mapping", ChangeMapping)
            .RequireAuthorization(Policies.Manage)
            .Changes<SourceResponse>("ChangeSourceMapping");
        sources
            .MapPost("/{id}/settings", ChangeSettings)
            .RequireAuthorization(Policies.Manage)
            .Changes<SourceResponse>("ChangeSourceSettings");
        api.MapGet("/schemes", ListSchemes)
            .WithTags("Sources")
            .RequireAuthorization(Policies.ReadAll)
            .Shows<ListResponse<SchemeResponse>>("ListSchemes");
    }

    /// <summary>
    /// Creates a source with a fresh secret, which this answer shows. Its events may do what its role may, which is at
    /// most the caller's.
    /// </summary>
    internal static Task<IResult> Create(
        Body<CreateSourceRequest> body,
        Exchange exchange,
        SourceSecrets secrets,
        SourceAnswers answers
    )
    {
        var request = body.Request;
        var role = request.Role ?? exchange.Caller.Role;
        if (role > exchange.Caller.Role)
        {
            return Task.FromResult(
                Problems.Result(
                    new Refusal(EdgeCodes.RoleForbidden, "A source may have at most the role of its creator.", "role")
                )
            );
        }

        var key = Key(exchange, request.Id ?? exchange.NewId<SourceId>("s"));
        var scheme = WebhookSchemes.Find(request.Scheme)!;
        var secret = secrets.Make(scheme, key, request.Secret);
        var settings = request.Settings is { Count: > 0 } texts ? secrets.Seal(scheme, key, texts) : null;
        var command = new CreateSource(request.Name, request.Scheme, request.Mapping, secret, settings, role);
        return exchange.Create<SourceView>(key, command, answers.WithSecret);
    }

    /// <summary>Lists the webhook sources with the counts of their deliveries.</summary>
    internal static IResult List(Exchange exchange, Paging paging, ISourceList list, SourceAnswers answers) =>
        Results.Ok(
            paging.Answer(
                list.Find(exchange.Ecosystem, paging.Request),
                card => answers.OfCard(exchange.Ecosystem, card)
            )
        );

    /// <summary>Shows a source with the counts of its deliveries.</summary>
    internal static Task<IResult> Get(SourceId id, Exchange exchange, SourceAnswers answers) =>
        exchange.Show<SourceView>(Key(exchange, id), answers.WithoutSecret);

    /// <summary>Makes a new secret, which this answer shows; the old ones stay valid for the overlap.</summary>
    internal static async Task<IResult> Rotate(
        SourceId id,
        Body<RotateSecretRequest> body,
        Exchange exchange,
        IGrains grains,
        SourceSecrets secrets,
        SourceAnswers answers
    )
    {
        var key = Key(exchange, id);
        if (await grains.Read<SourceView>(key, ReadAt.Newest, exchange.Aborted) is not { } source)
        {
            return Problems.Result(Refusals.Missing(key));
        }

        var scheme = WebhookSchemes.Find(source.View.Scheme)!;
        if (body.Request.Secret is { } chosen && scheme.ReadSecret(chosen) is null)
        {
            return Problems.Result(
                new Refusal(FieldCodes.FieldInvalid, $"'secret' is no secret of the scheme {scheme.Name}.", "secret")
            );
        }

        var secret = secrets.Make(scheme, key, body.Request.Secret);
        return await exchange.Change<SourceView>(
            key,
            new RotateSecret(secret, body.Request.Overlap),
            answers.WithSecret
        );
    }

    /// <summary>Replaces the mapping from the sender's events to commands.</summary>
    internal static Task<IResult> ChangeMapping(
        SourceId id,
        Body<ChangeMappingRequest> body,
        Exchange exchange,
        SourceAnswers answers
    ) => exchange.Change<SourceView>(Key(exchange, id), new ChangeMapping(body.Request.Mapping), answers.WithoutSecret);

    /// <summary>Replaces the settings of the source's scheme; secret ones that are left out stay.</summary>
    internal static async Task<IResult> ChangeSettings(
        SourceId id,
        Body<ChangeSettingsRequest> body,
        Exchange exchange,
        IGrains grains,
        SourceSecrets secrets,
        SourceAnswers answers
    )
    {
        var key = Key(exchange, id);
        if (await grains.Read<SourceView>(key, ReadAt.Newest, exchange.Aborted) is not { } source)
        {
            return Problems.Result(Refusals.Missing(key));
        }

        var scheme = WebhookSchemes.Find(source.View.Scheme)!;
        return SettingFields.FirstFault(body.Request.Settings, scheme) is { } fault
            ? Problems.Result(new Refusal(fault.Code, $"'{fault.Field}' {fault.Message}", fault.Field))
            : await exchange.Change<SourceView>(
                key,
                new ChangeSettings(secrets.Seal(scheme, key, body.Request.Settings)),
                answers.WithoutSecret
            );
    }

    /// <summary>Lists the kinds of sender, with what is needed to connect each.</summary>
    internal static IResult ListSchemes() =>
        Results.Ok(
            new ListResponse<SchemeResponse>(
                [.. WebhookSchemes.All.OrderBy(scheme => scheme.Facts.Label).Select(SchemeResponse.Of)],
                NextCursor: null,
                WebhookSchemes.All.Count
            )
        );

    private static GrainKey Key(Exchange exchange, SourceId id) => SourceKey.Of(exchange.Ecosystem, id);
}
