using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.CustomerPrograms;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Outcomes;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Senders.Json;
using Microsoft.AspNetCore.Mvc;

namespace EcosystemSilo.Gateway.Outcomes;

/// <summary>
/// What customer programs do for the people in them, by weeks. Figures are of groups alone; those of few people are
/// withheld.
/// </summary>
public static class OutcomesApi
{
    public static void MapOutcomes(this RouteGroupBuilder api)
    {
        var outcomes = api.MapGroup("").RequireAuthorization(Policies.SeeOutcomes).WithTags("Outcomes");
        outcomes.MapGet("/programs/{id}/outcomes", OfProgram).Shows<OutcomesView>("GetProgramOutcomes").Compressed();
        outcomes.MapGet("/partners/{id}/outcomes", OfPartner).Shows<OutcomesView>("GetPartnerOutcomes").Compressed();
    }

    /// <summary>
    /// Shows what a program came to, by whole weeks. Somebody who is in several programs of a partner counts for the
    /// one they joined first.
    /// </summary>
    /// <param name="from">The first day, for example <c>2026-03-02</c>; four weeks before the last one when left
    /// out.</param>
    /// <param name="to">The last day; yesterday when left out.</param>
    internal static async Task<IResult> OfProgram(
        CustomerProgramId id,
        string? from,
        string? to,
        Exchange exchange,
        CustomerProgramDesk desk,
        [FromServices] IOutcomes outcomes,
        [FromServices] TimeProvider clock
    )
    {
        var key = CustomerProgramKey.Of(exchange.Ecosystem, id);
        return await desk.Find(key, exchange) is { } program
            ? await Show(program.Partner, id, (from, to), exchange, outcomes, clock)
            : Problems.Result(Refusals.Missing(key));
    }

    /// <summary>Shows what all programs of a partner came to together, by whole weeks.</summary>
    /// <param name="from">The first day, for example <c>2026-03-02</c>; four weeks before the last one when left
    /// out.</param>
    /// <param name="to">The last day; yesterday when left out.</param>
    internal static async Task<IResult> OfPartner(
        PartnerId id,
        string? from,
        string? to,
        Exchange exchange,
        [FromServices] IGrains grains,
        [FromServices] IOutcomes outcomes,
        [FromServices] TimeProvider clock
    )
    {
        var key = PartnerKey.Of(exchange.Ecosystem, id);
        return
            exchange.Caller.MaySee(id)
            && await grains.Read<PartnerView>(key, ReadAt.Newest, exchange.Aborted) is not null
            ? await Show(id, program: null, (from, to), exchange, outcomes, clock)
            : Problems.Result(Refusals.Missing(key));
    }

    private static async Task<IResult> Show(
        PartnerId partner,
        CustomerProgramId? program,
        (string? From, string? To) days,
        Exchange exchange,
        IOutcomes outcomes,
        TimeProvider clock
    )
    {
        DateOnly? from = null;
        DateOnly? to = null;
        if (!TryRead(days.From, ref from))
        {
            return Bad("from", "must be a day such as 2026-03-02.");
        }

        if (!TryRead(days.To, ref to))
        {
            return Bad("to", "must be a day such as 2026-03-29.");
        }

        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return OutcomePeriod.Of(from, to, today) is { } period
            ? Results.Ok(
                await outcomes.Find(new OutcomeQuery(exchange.Ecosystem, partner, program, period), exchange.Aborted)
            )
            : Bad(
                "from",
                $"and 'to' must have a whole week, Monday to Sunday, between them, and none before the latest "
                    + $"{OutcomePeriod.WeeksMax}."
            );
    }

    private static bool TryRead(string? text, ref DateOnly? day)
    {
        if (text is null)
        {
            return true;
        }

        var isDay = DayText.TryRead(text, out var read);
        day = read;
        return isDay;
    }

    private static IResult Bad(string field, string rule) =>
        Problems.Result(new Refusal(FieldCodes.FieldInvalid, $"'{field}' {rule}", field));
}
