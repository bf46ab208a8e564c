using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Enrolments;

namespace EcosystemSilo.Gateway.CustomerPrograms;

/// <summary>Enrolments over REST: who takes part in a program, and who no longer does.</summary>
public static class EnrolmentsApi
{
    public static void MapEnrolments(this RouteGroupBuilder api)
    {
        var enrolments = api.MapGroup("/programs/{id}/enrolments").WithTags("Customer programs");
        enrolments.MapPost("/", Enrol).RequireAuthorization(Policies.Enrol).Makes<EnrolmentResponse>("EnrolPerson");
        enrolments
            .MapGet("/{person}", Get)
            .RequireAuthorization(Policies.SeePeople)
            .Shows<EnrolmentResponse>("GetEnrolment");
        enrolments
            .MapPost("/{person}/withdraw", Withdraw)
            .RequireAuthorization(Policies.Enrol)
            .Changes<EnrolmentResponse>("WithdrawEnrolment");
    }

    /// <summary>
    /// Enrols a person by an invitation code. 202 without a body in the rare case that the place is given and the
    /// enrolment is still on its way.
    /// </summary>
    internal static Task<IResult> Enrol(
        CustomerProgramId id,
        Body<EnrolRequest> body,
        Exchange exchange,
        EnrolmentDesk desk
    ) => desk.Enrol(id, body.Request, exchange);

    /// <summary>Shows a person's part in a program.</summary>
    internal static async Task<IResult> Get(
        CustomerProgramId id,
        PersonId person,
        Exchange exchange,
        CustomerProgramDesk programs
    )
    {
        var key = EnrolmentKey.Of(exchange.Ecosystem, id, person);
        return await programs.Find(CustomerProgramKey.Of(exchange.Ecosystem, id), exchange) is null
            ? Problems.Result(Refusals.Missing(key))
            : await exchange.Show<EnrolmentView>(key, Show);
    }

    /// <summary>Takes a person out of a program; their place is free again.</summary>
    internal static async Task<IResult> Withdraw(
        CustomerProgramId id,
        PersonId person,
        Exchange exchange,
        CustomerProgramDesk programs
    )
    {
        var key = EnrolmentKey.Of(exchange.Ecosystem, id, person);
        return await programs.Find(CustomerProgramKey.Of(exchange.Ecosystem, id), exchange) is null
            ? Problems.Result(Refusals.Missing(key))
            : await exchange.Change<EnrolmentView>(key, new WithdrawEnrolment(), Show);
    }

    private static ValueTask<object> Show(GrainKey key, Versioned<EnrolmentView> enrolment) =>
        ValueTask.FromResult<object>(EnrolmentResponse.Of(enrolment));
}
