using System.Security.Claims;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Senders.Secrets;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace EcosystemSilo.Gateway.Auth;

/// <summary>
/// The portal's session: a cookie that scripts cannot read and other sites cannot use. It holds no secret, only its own
/// id and which credentials it began with; both are checked again at every request, so a revoked key ends its sessions
/// at once, and signing out the one that was signed out of.
/// What it is encrypted under, whoever puts the process together has registered.
/// </summary>
public static class SessionCookie
{
    public const string Name = "ecosystem-session";
    public const string PortalHeader = "X-Requested-With";
    public const string PortalValue = "portal";

    private const string IdClaim = "session-id";
    private const string OriginClaim = "session-origin";
    private const string BootstrapOrigin = "bootstrap:";
    private const string KeyOrigin = "key:";
    private const string TokenOrigin = "token:";

    public static void AddSessionCookie(this WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication().AddCookie(Schemes.Session);
        builder
            .Services.AddOptions<CookieAuthenticationOptions>(Schemes.Session)
            .Configure<IOptions<AuthOptions>, TimeProvider>(
                (cookie, auth, clock) =>
                {
                    cookie.Cookie.Name = Name;
                    cookie.Cookie.HttpOnly = true;
                    cookie.Cookie.IsEssential = true;
                    cookie.Cookie.SameSite = SameSiteMode.Strict;
                    cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                    cookie.ExpireTimeSpan = auth.Value.SessionLifetime;
                    cookie.SlidingExpiration = true;
                    cookie.TimeProvider = clock;
                    cookie.Events.OnValidatePrincipal = Recheck;
                }
            );
    }

    /// <summary>
    /// Whether a request that changes something came with the cookie but without the portal's header, which a form or
    /// a script of another site cannot send. SameSite=Strict already stops them; this holds where a browser does not.
    /// </summary>
    public static bool IsForged(HttpContext context) =>
        context.User.Identity?.AuthenticationType == Schemes.Session
        && !HttpMethods.IsGet(context.Request.Method)
        && !HttpMethods.IsHead(context.Request.Method)
        && context.Request.Headers[PortalHeader] != PortalValue;

    /// <summary>The principal to sign in with, which remembers the credentials that it began with.</summary>
    public static ClaimsPrincipal Begin(Caller caller, ApiKeyText? key, BootstrapKey bootstrap, string scheme)
    {
        var origin =
            key is not null ? $"{KeyOrigin}{ApiKeyOrigin(key)}"
            : caller == BootstrapKey.Caller ? BootstrapOrigin + bootstrap.Fingerprint
            : TokenOrigin + scheme;
        return Of(caller, Base32.Random(16), origin);
    }

    /// <summary>The session that a principal came with; null for other credentials.</summary>
    public static string? IdOf(ClaimsPrincipal? principal) => principal?.FindFirst(IdClaim)?.Value;

    /// <summary>
    /// The caller as its credentials stand now; null when they are no longer valid. For whatever stays open longer
    /// than a request, such as a hub connection.
    /// </summary>
    public static async ValueTask<Caller?> Recheck(
        ClaimsPrincipal principal,
        IServiceProvider services,
        CancellationToken cancellation
    )
    {
        if (
            IdOf(principal) is not { } session
            || await services.GetRequiredService<IEndedSessions>().HasEnded(session, cancellation)
        )
        {
            return null;
        }

        var origin = principal.FindFirst(OriginClaim)?.Value ?? "";
        if (origin.StartsWith(KeyOrigin, StringComparison.Ordinal))
        {
            var parts = origin[KeyOrigin.Length..].Split('/', 2);
            var keys = services.GetRequiredService<ApiKeyCheck>();
            return await keys.Recheck(new EcosystemId(parts[0]), new ApiKeyId(parts[^1]), cancellation);
        }

        if (origin.StartsWith(BootstrapOrigin, StringComparison.Ordinal))
        {
            var fingerprint = services.GetRequiredService<BootstrapKey>().Fingerprint;
            return fingerprint is not null && origin == BootstrapOrigin + fingerprint ? BootstrapKey.Caller : null;
        }

        // A token cannot be revoked, it only ends; but one of the development issuer is worth nothing elsewhere.
        return
            origin == TokenOrigin + Schemes.Oidc
            || (
                origin == TokenOrigin + Schemes.Development
                && services.GetRequiredService<DevelopmentIssuer>().IsEnabled
            )
            ? Caller.From(principal)
            : null;
    }

    private static string ApiKeyOrigin(ApiKeyText key) => $"{key.Ecosystem}/{key.Id}";

    private static ClaimsPrincipal Of(Caller caller, string id, string origin)
    {
        var principal = caller.ToPrincipal(Schemes.Session);
        ((ClaimsIdentity)principal.Identity!).AddClaims([new Claim(IdClaim, id), new Claim(OriginClaim, origin)]);
        return principal;
    }

    private static async Task Recheck(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        var caller = await Recheck(context.Principal!, http.RequestServices, http.RequestAborted);
        if (caller is null)
        {
            context.RejectPrincipal();
            return;
        }

        var origin = context.Principal!.FindFirst(OriginClaim)!.Value;
        context.ReplacePrincipal(Of(caller, IdOf(context.Principal)!, origin));
    }
}
