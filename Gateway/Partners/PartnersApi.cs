using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;

namespace EcosystemSilo.Gateway.Partners;

/// <summary>
/// Partners over REST. Every route is the same few steps: the request becomes a key and a command, the exchange asks
/// the grain and shows it at the version that the command led to.
/// </summary>
public static class PartnersApi
{
    public static void MapPartners(this RouteGroupBuilder api)
    {
        var partners = api.MapGroup("/partners").WithTags("Partners");
        partners
            .MapPost("/", Register)
            .RequireAuthorization(Policies.Register)
            .Makes<PartnerResponse>("RegisterPartner");
        partners.MapGet("/{id}", Get).Shows<PartnerResponse>("GetPartner");
        partners
            .MapPost("/{id}/checklist/{item}/complete", Complete)
            .RequireAuthorization(Policies.Manage)
            .Changes<PartnerResponse>("CompletePartnerItem");
        partners
            .MapPost("/{id}/advance", Advance)
            .RequireAuthorization(Policies.Manage)
            .Changes<PartnerResponse>("AdvancePartner");
    }

    /// <summary>Registers a partner; it starts in discovery and in the entry tier.</summary>
    internal static Task<IResult> Register(Body<RegisterPartnerRequest> body, Exchange exchange)
    {
        var partner = body.Request.Id ?? exchange.NewId<PartnerId>("p");
        return exchange.Create<PartnerView>(Key(exchange, partner), body.Request.ToCommand(), Shown(exchange));
    }

    /// <summary>Shows a partner.</summary>
    internal static Task<IResult> Get(PartnerId id, Exchange exchange) =>
        exchange.Caller.MaySee(id)
            ? exchange.Show<PartnerView>(Key(exchange, id), Shown(exchange))
            : Task.FromResult(Problems.Result(Refusals.Missing(Key(exchange, id))));

    /// <summary>Marks a checklist item of the current phase as done.</summary>
    internal static Task<IResult> Complete(PartnerId id, ItemId item, Exchange exchange) =>
        exchange.Change<PartnerView>(Key(exchange, id), new CompleteItem(item), Shown(exchange));

    /// <summary>Moves a partner to its next phase, if the gate is met.</summary>
    internal static Task<IResult> Advance(PartnerId id, Body<AdvanceRequest> body, Exchange exchange) =>
        exchange.Change<PartnerView>(Key(exchange, id), body.Request.ToCommand(), Shown(exchange));

    private static GrainKey Key(Exchange exchange, PartnerId id) => PartnerKey.Of(exchange.Ecosystem, id);

    private static Show<PartnerView> Shown(Exchange exchange) =>
        async (key, partner) => PartnerResponse.Of(key.Id, partner, await exchange.Names());
}
