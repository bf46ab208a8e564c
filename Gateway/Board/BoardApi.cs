using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces.Board;
using Microsoft.AspNetCore.Mvc;

namespace EcosystemSilo.Gateway.Board;

/// <summary>
/// The board over REST: a snapshot. Whoever wants to stay up to date watches over <see cref="BoardHub"/>.
/// </summary>
public static class BoardApi
{
    public static void MapBoard(this RouteGroupBuilder api) =>
        api.MapGet("/board", Get).WithTags("Board").Shows<BoardSnapshot>("GetBoard").Compressed();

    /// <summary>The board now: four columns of cards, overdue ones first. A partner sees its own cards only.</summary>
    /// <param name="kind">partners or deals; partners when left out.</param>
    /// <param name="phase">One of discovery, integration, launch, scale.</param>
    /// <param name="tier">A tier of the blueprint; for deals that of the partner.</param>
    /// <param name="category">A category of the blueprint; for deals that of the partner.</param>
    /// <param name="text">Part of the id, name, partner or product.</param>
    internal static IResult Get(
        [FromQuery] string? kind,
        [FromQuery] string? phase,
        [FromQuery] string? tier,
        [FromQuery] string? category,
        [FromQuery] string? text,
        Exchange exchange,
        [FromServices] IBoard board
    )
    {
        var filter = new WatchFilter(phase, tier, category, text);
        return BoardScopes.Read(exchange.Caller, exchange.Ecosystem, kind, filter) switch
        {
            (_, { } refusal) => Problems.Result(refusal),
            var (scope, _) => Results.Bytes(board.Snapshot(scope!).Utf8, "application/json"),
        };
    }
}
