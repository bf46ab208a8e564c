using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Gateway.Timelines;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Partners;
using Microsoft.AspNetCore.Mvc;

namespace EcosystemSilo.Gateway.Partners;

/// <summary>What is read of partners from the journal's readers.</summary>
public static class PartnerLists
{
    public static void MapPartnerLists(this RouteGroupBuilder api)
    {
        var partners = api.MapGroup("/partners").WithTags("Partners");
        partners.MapGet("/", List).Shows<ListResponse<PartnerCard>>("ListPartners").Compressed();
        partners.MapGet("/{id}/timeline", Timeline).Shows<ListResponse<TimelineEntry>>("GetPartnerTimeline");
    }

    /// <summary>Lists partners, the newest first. A partner sees itself only.</summary>
    /// <param name="q">Part of the id or name.</param>
    internal static IResult List(
        Word<Phase>? phase,
        TierId? tier,
        CategoryId? category,
        string? q,
        bool? overdue,
        Exchange exchange,
        Paging paging,
        [FromServices] IPartnerList partners
    )
    {
        var query = new PartnerQuery(phase?.Value, tier, category, q?.Trim(), overdue, exchange.Caller.Only());
        return SearchText.Fault(q, "q") is { } fault
            ? Problems.Result(fault)
            : Results.Ok(paging.Answer(partners.Find(exchange.Ecosystem, query, paging.Request)));
    }

    /// <summary>What happened to a partner, the newest first.</summary>
    internal static Task<IResult> Timeline(
        PartnerId id,
        Exchange exchange,
        Paging paging,
        [FromServices] TimelinePages timelines
    ) =>
        timelines.Show<PartnerView>(
            PartnerKey.Of(exchange.Ecosystem, id),
            exchange,
            paging,
            _ => exchange.Caller.MaySee(id)
        );
}
