using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;

namespace EcosystemSilo.Gateway.Ecosystems;

/// <summary>The ecosystems of this service.</summary>
public static class EcosystemsApi
{
    public static void AddEcosystems(this IServiceCollection services)
    {
        services.AddSingleton<IEcosystems, ConfiguredEcosystems>();
        services.AddSingleton<EcosystemNames>();
    }

    public static void MapEcosystems(this WebApplication app) =>
        app.MapGet("/api/ecosystems", List)
            .RequireAuthorization(Policies.Read)
            .WithTags("Ecosystems")
            .Shows<IReadOnlyList<EcosystemResponse>>("ListEcosystems");

    /// <summary>The ecosystems that the caller may enter.</summary>
    internal static async Task<IResult> List(HttpContext context, EcosystemNames ecosystems) =>
        Results.Ok(await ecosystems.VisibleTo(Caller.From(context.User)!, context.RequestAborted));
}
