using EcosystemSilo.Gateway.Ecosystems;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Senders.Json;
using Microsoft.AspNetCore.Authentication;

namespace EcosystemSilo.Gateway.Auth;

/// <summary>Signs the portal in by an API key or a bearer token, one of both.</summary>
public sealed record SignInRequest(string? Key = null, string? Token = null) : IRequest<SignInRequest>
{
    public static SignInRequest Read(Fields fields)
    {
        var request = new SignInRequest(
            fields.OptionalText("key", GatewayLimits.ApiKeyLengthMax),
            fields.OptionalText("token", GatewayLimits.TokenLengthMax)
        );
        if (request.Key is null == request.Token is null)
        {
            fields.Blame("key", FieldCodes.FieldMissing, "or 'token' is needed, one of both.");
        }

        return request;
    }
}

/// <summary>Who is signed in, and where it may go.</summary>
/// <param name="MayOperate">Whether it may look after the installation as a whole.</param>
public sealed record SessionResponse(
    string Subject,
    string Name,
    Role Role,
    PartnerId? Partner,
    bool MayOperate,
    IReadOnlyList<EcosystemResponse> Ecosystems
);

/// <summary>The portal's sign-in.</summary>
public static class SessionApi
{
    public static void MapSession(this WebApplication app)
    {
        var session = app.MapGroup("/api/session").WithTags("Session").AddEndpointFilter<BoundArguments>();
        session.MapPost("/", SignIn).AllowAnonymous().Shows<SessionResponse>("SignIn");
        session.MapGet("/", Show).RequireAuthorization(Policies.Read).Shows<SessionResponse>("GetSession");
        session
            .MapDelete("/", (Delegate)SignOut)
            .RequireAuthorization(Policies.Read)
            .WithName("SignOut")
            .Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Begins a session; the cookie is HttpOnly and SameSite=Strict.</summary>
    internal static async Task<IResult> SignIn(
        Body<SignInRequest> body,
        HttpContext context,
        ApiKeyCheck keys,
        BootstrapKey bootstrap,
        EcosystemNames ecosystems
    )
    {
        var (caller, expiresAt, scheme) = body.Request.Key is { } text
            ? await ByKey(text, keys, context)
            : await ByToken(body.Request.Token!, context);
        if (caller is null)
        {
            return Problems.Result(AccessCheck.NobodySignedIn);
        }

        var key = body.Request.Key is { } given ? ApiKeyText.Parse(given) : null;
        var principal = SessionCookie.Begin(caller, caller == BootstrapKey.Caller ? null : key, bootstrap, scheme);
        // Credentials that end must not be outlived by their session, so it is not extended by use.
        var properties = new AuthenticationProperties
        {
            IsPersistent = true,
            ExpiresUtc = expiresAt,
            AllowRefresh = expiresAt is null,
        };
        await context.SignInAsync(Schemes.Session, principal, properties);
        return Results.Ok(await Response(caller, ecosystems, context.RequestAborted));
    }

    /// <summary>Who is signed in.</summary>
    internal static async Task<IResult> Show(HttpContext context, EcosystemNames ecosystems) =>
        Results.Ok(await Response(Caller.From(context.User)!, ecosystems, context.RequestAborted));

    /// <summary>Ends the session: its cookie is worth nothing any more, wherever a copy of it is.</summary>
    internal static async Task<IResult> SignOut(HttpContext context, IEndedSessions sessions)
    {
        var cookie = await context.AuthenticateAsync(Schemes.Session);
        if (SessionCookie.IdOf(cookie.Principal) is { } session)
        {
            await sessions.End(session, context.RequestAborted);
        }

        await context.SignOutAsync(Schemes.Session);
        return Results.NoContent();
    }

    private static async Task<(Caller?, DateTimeOffset?, string)> ByKey(
        string text,
        ApiKeyCheck keys,
        HttpContext context
    ) =>
        await keys.Find(text, context) is { } found
            ? (found.Caller, found.ExpiresAt, Schemes.ApiKey)
            : (null, null, Schemes.ApiKey);

    private static async Task<(Caller?, DateTimeOffset?, string)> ByToken(string token, HttpContext context)
    {
        var scheme = Credentials.SchemeOf(token, context.RequestServices);
        // The bearer handlers read the header and nothing else, and this request has not used one yet.
        context.Request.Headers.Authorization = $"Bearer {token}";
        var result = await context.AuthenticateAsync(scheme);
        return (Caller.From(result.Principal), result.Properties?.ExpiresUtc, scheme);
    }

    private static async Task<SessionResponse> Response(
        Caller caller,
        EcosystemNames ecosystems,
        CancellationToken cancellation
    ) =>
        new(
            caller.Subject,
            caller.Name,
            caller.Role,
            caller.Partner,
            caller is { IsOfInstallation: true, Role: Role.EcosystemAdmin },
            await ecosystems.VisibleTo(caller, cancellation)
        );
}
