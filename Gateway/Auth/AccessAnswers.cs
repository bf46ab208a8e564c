using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace EcosystemSilo.Gateway.Auth;

/// <summary>Answers a refused access with a problem; the schemes' own challenges have no body.</summary>
public sealed class AccessAnswers : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next,
        HttpContext context,
        AuthorizationPolicy policy,
        PolicyAuthorizationResult authorizeResult
    )
    {
        if (authorizeResult.Succeeded)
        {
            return next(context);
        }

        if (authorizeResult.Challenged)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.Write(context, AccessCheck.NobodySignedIn);
        }

        var reason = authorizeResult.AuthorizationFailure?.FailureReasons.OfType<AccessRefused>().FirstOrDefault();
        var refusal = reason?.Refusal ?? new Refusal(EdgeCodes.RoleForbidden, "These credentials do not allow this.");
        return Problems.Write(context, refusal);
    }
}
