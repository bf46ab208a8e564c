using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;

namespace EcosystemSilo.Gateway.Blueprints;

/// <summary>The rules of the program that are in force.</summary>
/// <param name="Version">Counts the published documents from 1.</param>
public sealed record BlueprintResponse(int Version, DateTimeOffset EffectiveFrom, BlueprintDocument Document);

/// <summary>The blueprint over REST: what pages need for their words and choices.</summary>
public static class BlueprintApi
{
    public static void MapBlueprint(this RouteGroupBuilder api) =>
        api.MapGroup("/blueprint").WithTags("Blueprint").MapGet("/", Get).Shows<BlueprintResponse>("GetBlueprint");

    /// <summary>Shows the categories, tiers, phases, products and deal terms in force.</summary>
    internal static Task<IResult> Get(Exchange exchange) =>
        exchange.Show<BlueprintView>(BlueprintKey.Of(exchange.Ecosystem), Shown);

    private static ValueTask<object> Shown(GrainKey key, Versioned<BlueprintView> blueprint) =>
        ValueTask.FromResult<object>(
            new BlueprintResponse(blueprint.View.Version, blueprint.View.EffectiveFrom, blueprint.View.Document)
        );
}
