using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;

namespace EcosystemSilo.Gateway.Templates;

/// <summary>Templates of strategic integrations over REST.</summary>
public static class TemplatesApi
{
    public static void AddTemplates(this IServiceCollection services) => services.AddSingleton<TemplateStart>();

    public static void MapTemplates(this RouteGroupBuilder api)
    {
        var templates = api.MapGroup("/templates").WithTags("Templates");
        templates.MapGet("/", List).Shows<ListResponse<TemplateRule>>("ListTemplates");
        templates
            .MapPost("/{id}/start", Start)
            .RequireAuthorization(Policies.Register)
            .Makes<StartedTemplateResponse>("StartTemplate");
    }

    /// <summary>Lists the strategic integrations that the blueprint in force has templates for.</summary>
    internal static async Task<IResult> List(Exchange exchange)
    {
        var templates = (await exchange.Names()).Document?.Templates ?? [];
        return Results.Ok(new ListResponse<TemplateRule>(templates, NextCursor: null, templates.Count));
    }

    /// <summary>
    /// Starts a strategic integration: makes its program, its partner unless there is one, and its source. Send it
    /// again under the same Idempotency-Key after a lost answer; what is missing is completed.
    /// </summary>
    internal static Task<IResult> Start(
        TemplateId id,
        Body<StartTemplateRequest> body,
        Exchange exchange,
        TemplateStart start
    ) => start.Start(id, body.Request, exchange);
}
