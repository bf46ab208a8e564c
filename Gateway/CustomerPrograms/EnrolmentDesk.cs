using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Enrolments;
using EcosystemSilo.Grains.Interfaces.People;

namespace EcosystemSilo.Gateway.CustomerPrograms;

/// <summary>
/// Enrols people. The program gives the place, and the enrolment, which follows from it, says whether the person had
/// one already; the answer waits for its word.
/// </summary>
public sealed class EnrolmentDesk(IGrains grains, CustomerProgramDesk programs, TimeProvider clock)
{
    public async Task<IResult> Enrol(CustomerProgramId id, EnrolRequest request, Exchange exchange)
    {
        var program = CustomerProgramKey.Of(exchange.Ecosystem, id);
        if (await programs.Find(program, exchange) is null)
        {
            return Problems.Result(Refusals.Missing(program));
        }

        if (await UnknownPerson(request.Person, exchange) is { } refusal)
        {
            return Problems.Result(refusal);
        }

        return await exchange.Ask(program, request.ToCommand()) switch
        {
            Refused refused => Problems.Result(refused.Refusal),
            Accepted accepted => await Answer(accepted, id, request.Person, exchange),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is not a reply to an enrolment."),
        };
    }

    private async Task<IResult> Answer(Accepted place, CustomerProgramId id, PersonId person, Exchange exchange)
    {
        var program = await grains.Read<CustomerProgramView>(
            place.Grain,
            ReadAt.Version(place.Version),
            exchange.Aborted
        );
        var number = program!.View.PlacesGiven;
        var key = EnrolmentKey.Of(exchange.Ecosystem, id, person);
        var address = $"/api/{exchange.Ecosystem}/programs/{id}/enrolments/{person}";
        return await AwaitWord(key, number, exchange) switch
        {
            null => Results.Accepted(address),
            { View.RepeatedNumber: var repeated } when repeated == number => Problems.Result(
                new Refusal(Refusals.AlreadyEnrolled, $"The person '{person}' takes part already.", "person")
            ),
            { } enrolment => Results.Created(address, EnrolmentResponse.Of(enrolment)),
        };
    }

    /// <summary>Null when the enrolment has not heard of the place in time; it will.</summary>
    private async Task<Versioned<EnrolmentView>?> AwaitWord(GrainKey key, int number, Exchange exchange)
    {
        var patience = exchange.Wait > TimeSpan.Zero ? exchange.Wait : GatewayLimits.EnrolmentMax;
        var deadline = clock.GetUtcNow() + patience;
        var version = 1L;
        while (deadline - clock.GetUtcNow() is { Ticks: > 0 } left)
        {
            var enrolment = await grains.Read<EnrolmentView>(key, new ReadAt(version, left), exchange.Aborted);
            if (enrolment is not null && Math.Max(enrolment.View.Number, enrolment.View.RepeatedNumber ?? 0) >= number)
            {
                return enrolment;
            }

            version = (enrolment?.Version ?? 0) + 1;
        }

        return null;
    }

    /// <summary>A partner enrols people who are attributed to it; nobody enrols who was erased.</summary>
    private async Task<Refusal?> UnknownPerson(PersonId person, Exchange exchange)
    {
        var found = await grains.Read<PersonView>(
            PersonKey.Of(exchange.Ecosystem, person),
            ReadAt.Newest,
            exchange.Aborted
        );
        return found is { View: { ErasedAt: null } known } && (exchange.Caller.Only() ?? known.Partner) == known.Partner
            ? null
            : new Refusal(Refusals.PersonUnknown, $"There is no person '{person}' in {exchange.Ecosystem}.", "person");
    }
}
