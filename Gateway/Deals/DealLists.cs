using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Gateway.Timelines;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Lists;
using Microsoft.AspNetCore.Mvc;

namespace EcosystemSilo.Gateway.Deals;

/// <summary>What is read of deals from the journal's readers.</summary>
public static class DealLists
{
    public static void MapDealLists(this RouteGroupBuilder api)
    {
        var deals = api.MapGroup("/deals").WithTags("Deals");
        deals.MapGet("/", List).Shows<ListResponse<DealCard>>("ListDeals").Compressed();
        deals.MapGet("/{id}/timeline", Timeline).Shows<ListResponse<TimelineEntry>>("GetDealTimeline");
    }

    /// <summary>Lists deals, open and closed, the newest first. A partner sees its own only.</summary>
    /// <param name="q">Part of the id, customer, partner or product.</param>
    internal static IResult List(
        Word<Phase>? phase,
        Word<DealStatus>? status,
        PartnerId? partner,
        string? q,
        Exchange exchange,
        Paging paging,
        [FromServices] IDealList deals
    )
    {
        if (SearchText.Fault(q, "q") is { } fault)
        {
            return Problems.Result(fault);
        }

        var only = exchange.Caller.Only();
        if (only is not null && partner is not null && partner != only)
        {
            return Results.Ok(paging.Answer(new Page<DealCard>([], Next: null, Total: 0)));
        }

        var query = new DealQuery(phase?.Value, status?.Value, only ?? partner, q?.Trim());
        return Results.Ok(paging.Answer(deals.Find(exchange.Ecosystem, query, paging.Request)));
    }

    /// <summary>What happened to a deal, the newest first.</summary>
    internal static Task<IResult> Timeline(
        DealId id,
        Exchange exchange,
        Paging paging,
        [FromServices] TimelinePages timelines
    ) =>
        timelines.Show<DealView>(
            DealKey.Of(exchange.Ecosystem, id),
            exchange,
            paging,
            deal => exchange.Caller.MaySee(deal.Partner)
        );
}
