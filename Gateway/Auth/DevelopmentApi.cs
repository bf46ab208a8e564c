using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Gateway.Auth;

/// <summary>Asks the development issuer for a token.</summary>
/// <param name="Ecosystem">One ecosystem, or <c>*</c> for all.</param>
/// <param name="Partner">For role partner: whose data the token may see.</param>
public sealed record DevelopmentTokenRequest(string Ecosystem, Role Role, PartnerId? Partner = null)
    : IRequest<DevelopmentTokenRequest>
{
    public static DevelopmentTokenRequest Read(Fields fields)
    {
        var request = new DevelopmentTokenRequest(
            fields.Text("ecosystem", Ids.LengthMax),
            fields.Word<Role>("role"),
            fields.OptionalId<PartnerId>("partner")
        );
        if (
            request.Ecosystem.Length > 0
            && request.Ecosystem != Caller.EveryEcosystem
            && !Ids.IsValid(request.Ecosystem)
        )
        {
            fields.Blame("ecosystem", FieldCodes.FieldInvalid, $"must be '*' or have {Ids.Rule}.");
        }

        if (request is { Role: Role.Partner, Partner: null })
        {
            fields.Blame("partner", FieldCodes.FieldMissing, "is missing; role partner needs it.");
        }

        return request;
    }
}

/// <summary>The development issuer over HTTP. Outside Development the route does not exist.</summary>
public static class DevelopmentApi
{
    public static void MapDevelopment(this WebApplication app)
    {
        if (app.Environment.IsDevelopment())
        {
            app.MapPost("/dev/token", Issue)
                .AllowAnonymous()
                .AddEndpointFilter<BoundArguments>()
                .ExcludeFromDescription();
        }
    }

    private static IResult Issue(Body<DevelopmentTokenRequest> body, DevelopmentIssuer issuer) =>
        Results.Ok(issuer.Issue(body.Request.Ecosystem, body.Request.Role, body.Request.Partner?.Value));
}
