using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Gateway.WearableStreams;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.People;

namespace EcosystemSilo.Gateway.People;

/// <summary>
/// People and their consents over REST. Viewers see nobody; a caller of role partner sees the people attributed to it.
/// </summary>
public static class PeopleApi
{
    public static void MapPeople(this RouteGroupBuilder api)
    {
        var people = api.MapGroup("/people").WithTags("People");
        people.MapPost("/", Register).RequireAuthorization(Policies.Register).Makes<PersonResponse>("RegisterPerson");
        people.MapGet("/{id}", Get).RequireAuthorization(Policies.SeePeople).Shows<PersonResponse>("GetPerson");
        people
            .MapPost("/{id}/consents", Grant)
            .RequireAuthorization(Policies.Register)
            .Changes<PersonResponse>("GrantConsent");
        people
            .MapPost("/{id}/consents/withdraw", Withdraw)
            .RequireAuthorization(Policies.Register)
            .Changes<PersonResponse>("WithdrawConsent");
        people
            .MapPost("/{id}/sources/prefer", Prefer)
            .RequireAuthorization(Policies.Manage)
            .Changes<PersonResponse>("PreferSources");
        people
            .MapPost("/{id}/erase", Erase)
            .RequireAuthorization(Policies.Administer)
            .Changes<PersonResponse>("ErasePerson");
    }

    /// <summary>Registers a person; nothing is agreed to yet.</summary>
    internal static Task<IResult> Register(Body<RegisterPersonRequest> body, Exchange exchange)
    {
        var person = body.Request.Id ?? exchange.NewId<PersonId>("person");
        return exchange.Create<PersonView>(Key(exchange, person), body.Request.ToCommand(), Show);
    }

    /// <summary>Shows a person with their consents.</summary>
    internal static Task<IResult> Get(PersonId id, Exchange exchange) =>
        exchange.Show<PersonView>(
            Key(exchange, id),
            Show,
            person => exchange.Caller.Only() is not { } only || person.AttributedTo == only
        );

    /// <summary>Records a consent. The same text again changes nothing.</summary>
    internal static Task<IResult> Grant(
        PersonId id,
        Body<GrantConsentRequest> body,
        Exchange exchange,
        StreamPermissions permissions
    ) => exchange.Change<PersonView>(Key(exchange, id), body.Request.ToCommand(), Told(exchange, permissions));

    /// <summary>
    /// Records that a consent is taken back. From the answer on it is not in force, and nothing of the person's streams
    /// that needs it is stored.
    /// </summary>
    internal static Task<IResult> Withdraw(
        PersonId id,
        Body<WithdrawConsentRequest> body,
        Exchange exchange,
        StreamPermissions permissions
    ) => exchange.Change<PersonView>(Key(exchange, id), body.Request.ToCommand(), Told(exchange, permissions));

    /// <summary>
    /// Forgets a person for good: their key is destroyed before this is answered, and what was stored under it cannot
    /// be read by anybody any more. The consent ledger stays, under an id that does not say who it was.
    /// </summary>
    internal static async Task<IResult> Erase(PersonId id, Exchange exchange, StreamPermissions permissions)
    {
        var key = Key(exchange, id);
        await permissions.Unlink(key, exchange);
        return await exchange.Change<PersonView>(key, new ErasePerson(), Told(exchange, permissions));
    }

    /// <summary>Says which of the person's sources counts where several tell of the same time.</summary>
    internal static Task<IResult> Prefer(PersonId id, Body<PreferSourcesRequest> body, Exchange exchange) =>
        exchange.Change<PersonView>(Key(exchange, id), body.Request.ToCommand(), Show);

    /// <summary>The streams know what the person decided before whoever asked does.</summary>
    private static Show<PersonView> Told(Exchange exchange, StreamPermissions permissions) =>
        async (key, person) =>
        {
            await permissions.Tell(key, person.View, exchange);
            return await Show(key, person);
        };

    private static GrainKey Key(Exchange exchange, PersonId id) => PersonKey.Of(exchange.Ecosystem, id);

    private static ValueTask<object> Show(GrainKey key, Versioned<PersonView> person) =>
        ValueTask.FromResult<object>(PersonResponse.Of(key.Id, person));
}
