using System.Text.Json;
using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.DeadLetters;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Gateway.Timelines;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Operations;
using EcosystemSilo.Grains.Interfaces.Pauses;
using EcosystemSilo.Senders.Json;
using Microsoft.AspNetCore.Mvc;

namespace EcosystemSilo.Gateway.Operations;

/// <summary>Any grain of an ecosystem, for its admins: what it is, what it was, and where.</summary>
public static class GrainsApi
{
    public static void MapGrains(this RouteGroupBuilder api)
    {
        var grains = api.MapGroup("/operations/grains")
            .WithTags("Operations")
            .RequireAuthorization(Policies.Administer);
        grains.MapGet("/", Kinds).Shows<GrainKindsResponse>("ListGrainKinds");
        grains.MapGet("/{kind}/{id}", Get).Shows<GrainResponse>("GetGrain");
        grains.MapGet("/{kind}/{id}/timeline", History).Shows<ListResponse<TimelineEntry>>("GetGrainTimeline");
        grains.MapPost("/{kind}/{id}/deactivate", Deactivate).Changes<DeactivatedResponse>("DeactivateGrain");
    }

    /// <summary>The kinds of grain there are.</summary>
    internal static IResult Kinds(IOperations operations) => Results.Ok(new GrainKindsResponse(operations.Kinds));

    /// <summary>
    /// Shows a grain as it stands in the journal, and whether it is in memory. Looking does not bring it there.
    /// </summary>
    internal static async Task<IResult> Get(string kind, string id, Exchange exchange, IOperations operations)
    {
        if (Unusable(kind, id, operations) is { } refusal)
        {
            return Problems.Result(refusal);
        }

        var key = new GrainKey(exchange.Ecosystem, kind, id);
        return await operations.Find(key, exchange.Aborted) is { } found
            ? Results.Ok(
                new GrainResponse(
                    kind,
                    id,
                    found.Version,
                    Shown(found.State, exchange.Caller),
                    found.Deadlines,
                    found.Place,
                    found.Silo
                )
            )
            : Problems.Result(Refusals.Missing(key));
    }

    /// <summary>What happened to a grain, newest first: when, by whom, and from which request on.</summary>
    internal static async Task<IResult> History(
        string kind,
        string id,
        Exchange exchange,
        Paging paging,
        IOperations operations,
        IPauses pauses,
        [FromServices] TimelinePages timelines
    )
    {
        if (Unusable(kind, id, operations) is { } refusal)
        {
            return Problems.Result(refusal);
        }

        var key = new GrainKey(exchange.Ecosystem, kind, id);
        // Only its version is of interest here, and not where it is, which silos would be asked for.
        if (await pauses.Find(key, version: null, exchange.Aborted) is not { } found)
        {
            return Problems.Result(Refusals.Missing(key));
        }

        return await timelines.Show(key, found.Version, exchange, paging);
    }

    /// <summary>
    /// Puts a grain out of memory when what it does is done; the next call brings it back from the journal. Who wanted
    /// it and why is logged.
    /// </summary>
    internal static async Task<IResult> Deactivate(
        string kind,
        string id,
        Body<DeactivateRequest> body,
        Exchange exchange,
        IOperations operations
    )
    {
        if (Unusable(kind, id, operations) is { } refusal)
        {
            return Problems.Result(refusal);
        }

        var why = exchange.Circumstances();
        var was = await operations.Deactivate(
            new GrainKey(exchange.Ecosystem, kind, id),
            new Deactivation(why.Actor, why.Correlation, body.Request.Reason),
            exchange.Aborted
        );
        return Results.Ok(new DeactivatedResponse(was));
    }

    /// <summary>Ids of some kinds are made of others, so that they keep no rule but to be short and clean.</summary>
    private static Refusal? Unusable(string kind, string id, IOperations operations) =>
        !operations.Kinds.Contains(kind)
            ? new Refusal(
                FieldCodes.FieldInvalid,
                $"'kind' must be one of {string.Join(", ", operations.Kinds)}.",
                "kind"
            )
        : id.Length > GatewayLimits.GrainIdLengthMax || id.Any(char.IsControl)
            ? new Refusal(
                FieldCodes.FieldInvalid,
                $"'id' must have at most {GatewayLimits.GrainIdLengthMax} characters, none of them a control character.",
                "id"
            )
        : null;

    private static JsonElement Shown(JsonElement json, Caller caller)
    {
        var masked = SecretFields.Mask(json);
        return Policies.Roles[Policies.SeePeople].Contains(caller.Role)
            ? masked
            : JsonElement.Parse(PersonalFields.Mask(masked.GetRawText()));
    }
}
