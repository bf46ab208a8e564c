using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Gateway.Partners;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Senders.Intake;

namespace EcosystemSilo.Gateway.Deals;

/// <summary>Deals over REST. A caller of role partner works on its own deals; others' do not exist for it.</summary>
public static class DealsApi
{
    public static void AddDeals(this IServiceCollection services)
    {
        services.AddIntake();
        services.AddSingleton<DealDesk>();
    }

    public static void MapDeals(this RouteGroupBuilder api)
    {
        var deals = api.MapGroup("/deals").WithTags("Deals");
        deals.MapPost("/", Register).RequireAuthorization(Policies.RegisterDeal).Makes<DealResponse>("RegisterDeal");
        deals.MapGet("/{id}", Get).Shows<DealResponse>("GetDeal");
        Work(deals.MapPost("/{id}/withdraw", Withdraw), "WithdrawDeal");
        Work(deals.MapPost("/{id}/resubmit", Resubmit), "ResubmitDeal");
        Manage(deals.MapPost("/{id}/approve", Approve), "ApproveDeal");
        Manage(deals.MapPost("/{id}/return", Return), "ReturnDeal");
        Manage(deals.MapPost("/{id}/reject", Reject), "RejectDeal");
        Manage(deals.MapPost("/{id}/advance", Advance), "AdvanceDeal");
        Manage(deals.MapPost("/{id}/win", Win), "WinDeal");
        Manage(deals.MapPost("/{id}/lose", Lose), "LoseDeal");
    }

    private static void Work(RouteHandlerBuilder route, string name) =>
        route.RequireAuthorization(Policies.WorkDeal).Changes<DealResponse>(name);

    private static void Manage(RouteHandlerBuilder route, string name) =>
        route.RequireAuthorization(Policies.Manage).Changes<DealResponse>(name);

    /// <summary>
    /// Registers a deal. With <c>Prefer: wait=N</c> the answer has the account's word on its protection.
    /// </summary>
    internal static Task<IResult> Register(Body<RegisterDealRequest> body, Exchange exchange, DealDesk desk) =>
        desk.Register(body.Request, exchange);

    /// <summary>Shows a deal.</summary>
    internal static Task<IResult> Get(DealId id, Exchange exchange, DealDesk desk) =>
        exchange.Show<DealView>(Key(exchange, id), desk.Show, deal => exchange.Caller.MaySee(deal.Partner));

    /// <summary>Approves a registered deal, once its account has answered.</summary>
    internal static async Task<IResult> Approve(DealId id, Exchange exchange, DealDesk desk)
    {
        await desk.AwaitAccount(Key(exchange, id), GatewayLimits.AccountAnswerMax, exchange.Aborted);
        return await desk.Change(Key(exchange, id), new ApproveDeal(), exchange);
    }

    /// <summary>Sends a registered deal back for correction.</summary>
    internal static Task<IResult> Return(DealId id, Body<ReasonRequest> body, Exchange exchange, DealDesk desk) =>
        desk.Change(Key(exchange, id), new ReturnDeal(body.Request.Reason), exchange);

    /// <summary>Submits a returned deal again.</summary>
    internal static Task<IResult> Resubmit(DealId id, Body<ResubmitRequest> body, Exchange exchange, DealDesk desk) =>
        desk.Change(Key(exchange, id), new ResubmitDeal(body.Request.Amount, body.Request.Note), exchange);

    /// <summary>Takes an open deal back; its account goes to the next in the queue.</summary>
    internal static Task<IResult> Withdraw(
        DealId id,
        Body<OptionalReasonRequest> body,
        Exchange exchange,
        DealDesk desk
    ) => desk.Change(Key(exchange, id), new WithdrawDeal(body.Request.Reason), exchange);

    /// <summary>Rejects a registration for good.</summary>
    internal static Task<IResult> Reject(DealId id, Body<ReasonRequest> body, Exchange exchange, DealDesk desk) =>
        desk.Change(Key(exchange, id), new RejectDeal(body.Request.Reason), exchange);

    /// <summary>Moves an open deal to its next phase.</summary>
    internal static Task<IResult> Advance(DealId id, Body<AdvanceRequest> body, Exchange exchange, DealDesk desk) =>
        desk.Change(Key(exchange, id), body.Request.ToCommand(), exchange);

    /// <summary>Closes an approved deal as won; its account takes no more registrations.</summary>
    internal static Task<IResult> Win(DealId id, Exchange exchange, DealDesk desk) =>
        desk.Change(Key(exchange, id), new WinDeal(), exchange);

    /// <summary>Closes an open deal as lost.</summary>
    internal static Task<IResult> Lose(DealId id, Body<OptionalReasonRequest> body, Exchange exchange, DealDesk desk) =>
        desk.Change(Key(exchange, id), new LoseDeal(body.Request.Reason), exchange);

    private static GrainKey Key(Exchange exchange, DealId id) => DealKey.Of(exchange.Ecosystem, id);
}
