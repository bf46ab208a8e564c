using EcosystemSilo.Gateway.Auth;

namespace EcosystemSilo.Gateway.Operations;

/// <summary>Orleans' dashboard behind the same sign-in as everything else, its scripts and figures included.</summary>
internal static class DashboardPages
{
    /// <summary>
    /// As everywhere, nothing from elsewhere and no inline scripts.
    /// </summary>
    public const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Guard(this RouteGroupBuilder dashboard)
    {
        dashboard.RequireAuthorization(Policies.Operate);
        dashboard.AddEndpointFilter(
            (context, next) =>
            {
                context.HttpContext.Response.Headers.ContentSecurityPolicy = ContentPolicy;
                return next(context);
            }
        );
    }
}
