using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Pauses;

namespace EcosystemSilo.Gateway.Operations;

/// <summary>
/// Pausing one grain of any kind, for its ecosystem's admins (docs/decisions/0024). Both are events of the grain, with
/// who asked for them, and show in its timeline.
/// </summary>
public static class PauseApi
{
    public static void MapPauses(this RouteGroupBuilder api)
    {
        var grain = api.MapGroup("/operations/grains/{kind}/{id}")
            .WithTags("Operations")
            .RequireAuthorization(Policies.Administer);
        grain.MapGet("/pause", Get).Shows<PauseResponse>("GetPause");
        grain.MapPost("/pause", Pause).Changes<PauseResponse>("PauseGrain");
        grain.MapPost("/resume", Resume).Changes<PauseResponse>("ResumeGrain");
    }

    /// <summary>Says whether a grain is paused, by whom and why.</summary>
    internal static async Task<IResult> Get(string kind, string id, Exchange exchange, IPauses pauses)
    {
        var key = new GrainKey(exchange.Ecosystem, kind, id);
        return await Find(key, version: null, exchange, pauses) is { } state
            ? Results.Ok(PauseResponse.Of(key, state))
            : Problems.Result(Refusals.Missing(key));
    }

    /// <summary>
    /// Keeps a grain from acting: whoever asks it gets 409 <c>grain-paused</c>, its deadlines and what follows for it
    /// wait in their order, and reading goes on. A pause survives restarts. Consents can be taken back, people erased
    /// and keys revoked all the same.
    /// </summary>
    internal static Task<IResult> Pause(
        string kind,
        string id,
        Body<PauseRequest> body,
        Exchange exchange,
        IPauses pauses
    ) => Ask(new GrainKey(exchange.Ecosystem, kind, id), new PauseGrain(body.Request.Reason), exchange, pauses);

    /// <summary>Ends a pause: what waited for the grain follows, in order and once.</summary>
    internal static Task<IResult> Resume(
        string kind,
        string id,
        Body<ResumeRequest> body,
        Exchange exchange,
        IPauses pauses
    ) => Ask(new GrainKey(exchange.Ecosystem, kind, id), new ResumeGrain(), exchange, pauses);

    private static async Task<IResult> Ask(GrainKey key, ICommand command, Exchange exchange, IPauses pauses)
    {
        if (await Find(key, version: null, exchange, pauses) is null)
        {
            return Problems.Result(Refusals.Missing(key));
        }

        switch (await exchange.Ask(key, command))
        {
            case Refused refused:
                return Problems.Result(refused.Refusal);
            case Accepted accepted:
                var state =
                    await Find(accepted.Grain, accepted.Version, exchange, pauses)
                    ?? throw new InvalidOperationException($"{accepted.Grain} has no version {accepted.Version}.");
                return Results.Ok(PauseResponse.Of(accepted.Grain, state));
            case var other:
                throw new InvalidOperationException($"{other.GetType().Name} is not a reply that the gateway knows.");
        }
    }

    private static async Task<PauseState?> Find(GrainKey key, long? version, Exchange exchange, IPauses pauses) =>
        key.Id.Length > GatewayLimits.GrainIdLengthMax ? null : await pauses.Find(key, version, exchange.Aborted);
}
