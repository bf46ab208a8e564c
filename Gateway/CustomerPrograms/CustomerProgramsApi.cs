using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Deals;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Gateway.Partners;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Lifecycle;

namespace EcosystemSilo.Gateway.CustomerPrograms;

/// <summary>
/// Customer programs over REST. A caller of role partner sees its own and invites into them; others' do not exist for
/// it.
/// </summary>
public static class CustomerProgramsApi
{
    public static void AddCustomerPrograms(this IServiceCollection services)
    {
        services.AddSingleton<CustomerProgramDesk>();
        services.AddSingleton<EnrolmentDesk>();
    }

    public static void MapCustomerPrograms(this RouteGroupBuilder api)
    {
        var programs = api.MapGroup("/programs").WithTags("Customer programs");
        programs
            .MapPost("/", Create)
            .RequireAuthorization(Policies.Register)
            .Makes<CustomerProgramResponse>("CreateProgram");
        programs.MapGet("/{id}", Get).Shows<CustomerProgramResponse>("GetProgram");
        Manage(programs.MapPost("/{id}/checklist/{item}/complete", Complete), "CompleteProgramItem");
        Manage(programs.MapPost("/{id}/advance", Advance), "AdvanceProgram");
        Manage(programs.MapPost("/{id}/renew", Renew), "RenewProgram");
        Manage(programs.MapPost("/{id}/end", End), "EndProgram");
        programs
            .MapPost("/{id}/invitations", Invite)
            .RequireAuthorization(Policies.Invite)
            .Changes<InvitationResponse>("CreateInvitation");
        programs
            .MapPost("/{id}/invitations/{invitation}/revoke", Revoke)
            .RequireAuthorization(Policies.Invite)
            .Changes<CustomerProgramResponse>("RevokeInvitation");
    }

    private static void Manage(RouteHandlerBuilder route, string name) =>
        route.RequireAuthorization(Policies.Manage).Changes<CustomerProgramResponse>(name);

    /// <summary>Creates a program; it starts in discovery.</summary>
    internal static Task<IResult> Create(
        Body<CreateProgramRequest> body,
        Exchange exchange,
        CustomerProgramDesk desk
    ) => desk.Create(body.Request, exchange);

    /// <summary>Shows a program.</summary>
    internal static Task<IResult> Get(CustomerProgramId id, Exchange exchange, CustomerProgramDesk desk) =>
        exchange.Show<CustomerProgramView>(
            Key(exchange, id),
            desk.Show,
            program => exchange.Caller.MaySee(program.Partner)
        );

    /// <summary>Marks a checklist item of the current phase as done.</summary>
    internal static Task<IResult> Complete(
        CustomerProgramId id,
        ItemId item,
        Exchange exchange,
        CustomerProgramDesk desk
    ) => desk.Change(Key(exchange, id), new CompleteItem(item), exchange);

    /// <summary>Moves a program to its next phase, if the gate is met.</summary>
    internal static Task<IResult> Advance(
        CustomerProgramId id,
        Body<AdvanceRequest> body,
        Exchange exchange,
        CustomerProgramDesk desk
    ) => desk.Change(Key(exchange, id), body.Request.ToCommand(), exchange);

    /// <summary>Renews a program: it goes on until a later end.</summary>
    internal static Task<IResult> Renew(
        CustomerProgramId id,
        Body<RenewProgramRequest> body,
        Exchange exchange,
        CustomerProgramDesk desk
    ) => desk.Change(Key(exchange, id), new RenewProgram(body.Request.Ends), exchange);

    /// <summary>Ends a program before its time; nobody can enrol any more.</summary>
    internal static Task<IResult> End(
        CustomerProgramId id,
        Body<OptionalReasonRequest> body,
        Exchange exchange,
        CustomerProgramDesk desk
    ) => desk.Change(Key(exchange, id), new EndProgram(body.Request.Reason), exchange);

    /// <summary>Makes an invitation. Its code is shown once: in this answer, and in no repeat of it.</summary>
    internal static Task<IResult> Invite(
        CustomerProgramId id,
        Body<CreateInvitationRequest> body,
        Exchange exchange,
        CustomerProgramDesk desk
    )
    {
        var code = InvitationCode.Create();
        var invitation = exchange.NewId<InvitationId>("i");
        return desk.Change(
            Key(exchange, id),
            new CreateInvitation(invitation, code.Hash, code.Hint, body.Request.UsesMax, body.Request.ExpiresAt),
            exchange,
            (_, program) =>
            {
                // A repeat made another code, which is not the one that was stored.
                var made = program.View.Invitations.First(made => made.Id == invitation);
                var shown = made.Hash == code.Hash ? code.Reveal() : null;
                return ValueTask.FromResult<object>(InvitationResponse.Of(made, shown));
            }
        );
    }

    /// <summary>Revokes an invitation; who came by it stays.</summary>
    internal static Task<IResult> Revoke(
        CustomerProgramId id,
        InvitationId invitation,
        Exchange exchange,
        CustomerProgramDesk desk
    ) => desk.Change(Key(exchange, id), new RevokeInvitation(invitation), exchange);

    private static GrainKey Key(Exchange exchange, CustomerProgramId id) =>
        CustomerProgramKey.Of(exchange.Ecosystem, id);
}
