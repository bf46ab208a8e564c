using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Gateway.Timelines;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Lists;
using Microsoft.AspNetCore.Mvc;

namespace EcosystemSilo.Gateway.CustomerPrograms;

/// <summary>What is read of customer programs from the journal's readers.</summary>
public static class CustomerProgramLists
{
    public static void MapCustomerProgramLists(this RouteGroupBuilder api)
    {
        var programs = api.MapGroup("/programs").WithTags("Customer programs");
        programs.MapGet("/", List).Shows<ListResponse<CustomerProgramCard>>("ListPrograms").Compressed();
        programs.MapGet("/{id}/timeline", Timeline).Shows<ListResponse<TimelineEntry>>("GetProgramTimeline");
        programs
            .MapGet("/{id}/enrolments", ListEnrolments)
            .RequireAuthorization(Policies.SeePeople)
            .Shows<ListResponse<EnrolmentCard>>("ListEnrolments")
            .Compressed();
    }

    /// <summary>Lists programs, running and ended, the newest first. A partner sees its own only.</summary>
    /// <param name="q">Part of the id, name, customer or partner.</param>
    internal static IResult List(
        Word<Phase>? phase,
        Word<ProgramStatus>? status,
        Word<ProgramType>? type,
        PartnerId? partner,
        string? q,
        Exchange exchange,
        Paging paging,
        [FromServices] ICustomerProgramList programs
    )
    {
        if (SearchText.Fault(q, "q") is { } fault)
        {
            return Problems.Result(fault);
        }

        var only = exchange.Caller.Only();
        if (only is not null && partner is not null && partner != only)
        {
            return Results.Ok(paging.Answer(new Page<CustomerProgramCard>([], Next: null, Total: 0)));
        }

        var query = new CustomerProgramQuery(phase?.Value, status?.Value, type?.Value, only ?? partner, q?.Trim());
        return Results.Ok(paging.Answer(programs.Find(exchange.Ecosystem, query, paging.Request)));
    }

    /// <summary>What happened to a program, the newest first.</summary>
    internal static Task<IResult> Timeline(
        CustomerProgramId id,
        Exchange exchange,
        Paging paging,
        [FromServices] TimelinePages timelines
    ) =>
        timelines.Show<CustomerProgramView>(
            CustomerProgramKey.Of(exchange.Ecosystem, id),
            exchange,
            paging,
            program => exchange.Caller.MaySee(program.Partner)
        );

    /// <summary>Who takes or took part, the newest first, by the ids of people.</summary>
    /// <param name="withdrawn">Only those who withdrew, or only those who take part.</param>
    internal static async Task<IResult> ListEnrolments(
        CustomerProgramId id,
        bool? withdrawn,
        Exchange exchange,
        Paging paging,
        CustomerProgramDesk desk,
        [FromServices] IEnrolmentList enrolments
    )
    {
        var key = CustomerProgramKey.Of(exchange.Ecosystem, id);
        return await desk.Find(key, exchange) is null
            ? Problems.Result(Refusals.Missing(key))
            : Results.Ok(
                paging.Answer(enrolments.Find(exchange.Ecosystem, new EnrolmentQuery(id, withdrawn), paging.Request))
            );
    }
}
