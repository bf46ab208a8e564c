using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Json;
using Microsoft.AspNetCore.Mvc;

namespace EcosystemSilo.Gateway.WearableStreams;

/// <summary>
/// What a person's sources told, all of them together: series for charts, days, samples, and FHIR Observations. Only
/// sources whose consent is in force are served.
/// </summary>
public static class HistoryApi
{
    public static void MapHistory(this RouteGroupBuilder api)
    {
        var people = api.MapGroup("/people/{id}").WithTags("Wearable streams").RequireAuthorization(Policies.SeePeople);
        people.MapGet("/series", Show).Shows<SeriesResponse>("GetSeries").Compressed();
        people.MapGet("/days", Days).Shows<DaysResponse>("GetDays").Compressed();
        people.MapGet("/samples", Samples).Shows<ListResponse<SampleResponse>>("GetSamples").Compressed();
        people.MapGet("/observations", Observations).Shows<object>("GetObservations").Compressed();
    }

    /// <summary>
    /// A measure over time. When there would be more points than wanted, they become longer; a longer time than 31 days
    /// is to be had by days.
    /// </summary>
    /// <param name="measure">For example <c>heart-rate</c>.</param>
    /// <param name="from">RFC 3339.</param>
    /// <param name="to">RFC 3339, not included.</param>
    /// <param name="resolution">Length of a point: 1m, 5m, 15m, 1h, 6h or 1d; 1m when left out.</param>
    /// <param name="points">At most so many, 1,440 when left out.</param>
    internal static async Task<IResult> Show(
        PersonId id,
        string measure,
        string from,
        string to,
        string? resolution,
        int? points,
        Exchange exchange,
        [FromServices] ISampleHistory history
    )
    {
        var length = Series.Resolutions.FirstOrDefault(known => known.Word == (resolution ?? "1m")).Length;
        if (length == default)
        {
            return Bad("resolution", $"must be one of {string.Join(", ", Series.Resolutions.Select(r => r.Word))}.");
        }

        if (points is < 1 or > GatewayLimits.SeriesPointsMax)
        {
            return Bad("points", $"must be 1 to {GatewayLimits.SeriesPointsMax}.");
        }

        var (wanted, fault) = await Wanted.Read(id, measure, from, to, exchange);
        if (wanted is null)
        {
            return fault!;
        }

        var fitting = Series.Fit(length, wanted.To - wanted.From, points ?? GatewayLimits.SeriesPointsDefault);
        var samples = await wanted.Samples(history, exchange);
        return Results.Ok(
            new SeriesResponse(
                wanted.Facts.Measure,
                wanted.Facts.Label,
                wanted.Facts.Unit,
                wanted.Facts.Adds,
                wanted.From,
                wanted.To,
                (int)fitting.TotalSeconds,
                Series.Of(wanted.Facts, samples, wanted.From, fitting)
            )
        );
    }

    /// <summary>A measure by the person's own days.</summary>
    /// <param name="measure">For example <c>steps</c>.</param>
    /// <param name="from">The first day, for example <c>2026-03-01</c>.</param>
    /// <param name="to">The last day.</param>
    internal static async Task<IResult> Days(
        PersonId id,
        string measure,
        string from,
        string to,
        Exchange exchange,
        [FromServices] ISampleHistory history
    )
    {
        if (!DayText.TryRead(from, out var first) || !DayText.TryRead(to, out var last) || last < first)
        {
            return Bad("from", "and 'to' must be days such as 2026-03-01, in order.");
        }

        if (last.DayNumber - first.DayNumber >= GatewayLimits.DaysAnsweredMax)
        {
            return Bad("to", $"may be {GatewayLimits.DaysAnsweredMax} days after 'from' at most.");
        }

        if (Measures.Find(measure) is not { } known)
        {
            return UnknownMeasure();
        }

        if (await Wanted.Person(id, exchange) is not { } person)
        {
            return Problems.Result(Refusals.Missing(PersonKey.Of(exchange.Ecosystem, id)));
        }

        var facts = Measures.Of(known);
        var days = await history.Days(
            exchange.Ecosystem,
            id,
            known,
            first,
            last,
            person.AllowedSources,
            exchange.Aborted
        );
        return Results.Ok(
            new DaysResponse(
                known,
                facts.Label,
                facts.Unit,
                facts.Adds,
                [.. days.Select(day => Series.Day(facts, day))]
            )
        );
    }

    /// <summary>Single samples as their senders wrote them, at most 20,000; ask for a shorter time when there are
    /// more.</summary>
    internal static async Task<IResult> Samples(
        PersonId id,
        string measure,
        string from,
        string to,
        Exchange exchange,
        [FromServices] ISampleHistory history
    )
    {
        var (wanted, fault) = await Wanted.Read(id, measure, from, to, exchange);
        if (wanted is null)
        {
            return fault!;
        }

        var samples = await wanted.Samples(history, exchange);
        return samples.Count > GatewayLimits.SamplesAnsweredMax
            ? TooMany(samples.Count)
            : Results.Ok(
                new ListResponse<SampleResponse>(
                    [.. samples.Select(SampleResponse.Of)],
                    NextCursor: null,
                    samples.Count
                )
            );
    }

    /// <summary>The same as a Bundle of FHIR R4 Observations, with LOINC and UCUM codes.</summary>
    internal static async Task<IResult> Observations(
        PersonId id,
        string measure,
        string from,
        string to,
        Exchange exchange,
        [FromServices] ISampleHistory history
    )
    {
        var (wanted, fault) = await Wanted.Read(id, measure, from, to, exchange);
        if (wanted is null)
        {
            return fault!;
        }

        var samples = await wanted.Samples(history, exchange);
        return samples.Count > GatewayLimits.SamplesAnsweredMax
            ? TooMany(samples.Count)
            : Results.Text(
                FhirObservations.Bundle(id, wanted.Facts.Measure, samples).ToJsonString(),
                "application/fhir+json"
            );
    }

    private static IResult TooMany(int count) =>
        Bad("to", $"leaves {count} samples, more than {GatewayLimits.SamplesAnsweredMax}; ask for a shorter time.");

    private static IResult UnknownMeasure() =>
        Bad("measure", $"must be one of {string.Join(", ", Measures.All.Select(facts => facts.Word))}.");

    private static IResult Bad(string field, string rule) =>
        Problems.Result(new Refusal(FieldCodes.FieldInvalid, $"'{field}' {rule}", field));

    /// <summary>Which samples of whom are wanted, by somebody who may see them.</summary>
    private sealed record Wanted(
        PersonId Id,
        PersonView View,
        MeasureFacts Facts,
        DateTimeOffset From,
        DateTimeOffset To
    )
    {
        public static async Task<(Wanted? Wanted, IResult? Fault)> Read(
            PersonId id,
            string measure,
            string from,
            string to,
            Exchange exchange
        )
        {
            if (Measures.Find(measure) is not { } known)
            {
                return (null, UnknownMeasure());
            }

            if (!Rfc3339.TryParse(from, out var start) || !Rfc3339.TryParse(to, out var end) || end <= start)
            {
                return (null, Bad("from", "and 'to' must be times such as 2026-03-01T00:00:00Z, in order."));
            }

            if (end - start > GatewayLimits.SamplesSpanMax)
            {
                var days = GatewayLimits.SamplesSpanMax.TotalDays;
                return (null, Bad("to", $"may be {days} days after 'from' at most; for longer times ask for days."));
            }

            return await Person(id, exchange) is { } person
                ? (new Wanted(id, person, Measures.Of(known), start, end), null)
                : (null, Problems.Result(Refusals.Missing(PersonKey.Of(exchange.Ecosystem, id))));
        }

        /// <summary>A person whom the caller may see; null for any other.</summary>
        public static async Task<PersonView?> Person(PersonId id, Exchange exchange) =>
            await exchange.Find<PersonView>(PersonKey.Of(exchange.Ecosystem, id)) is { } person
            && (exchange.Caller.Only() is not { } only || person.AttributedTo == only)
                ? person
                : null;

        public Task<IReadOnlyList<Sample>> Samples(ISampleHistory history, Exchange exchange) =>
            history.Find(exchange.Ecosystem, Id, Facts.Measure, From, To, View.AllowedSources, exchange.Aborted);
    }
}
