using EcosystemSilo.Gateway.Board;
using EcosystemSilo.Gateway.Ecosystems;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Senders.Json;
using Microsoft.AspNetCore.Authorization;

namespace EcosystemSilo.Gateway.Auth;

/// <summary>Asks that the caller is signed in, has one of the roles and stays in its ecosystem.</summary>
/// <param name="IsOfInstallation">Whether it is about what is no ecosystem's, so that credentials of single ones do not
/// do.</param>
public sealed record AccessRequirement(IReadOnlyCollection<Role> Roles, bool IsOfInstallation = false)
    : IAuthorizationRequirement;

/// <summary>Why access was refused, in the gateway's words.</summary>
public sealed class AccessRefused(IAuthorizationHandler handler, Refusal refusal)
    : AuthorizationFailureReason(handler, refusal.Message)
{
    public Refusal Refusal { get; } = refusal;
}

/// <summary>The one place that compares an ecosystem that was asked for with the caller's credentials.</summary>
public sealed class EcosystemAccess(IEcosystems ecosystems)
{
    /// <summary>
    /// Null when the caller may enter. Another ecosystem is forbidden whether or not it exists; only a caller of all
    /// ecosystems learns that one is unknown.
    /// </summary>
    public Refusal? Check(Caller caller, string? ecosystem)
    {
        if (!Ids.TryParse<EcosystemId>(ecosystem, out var id) || !caller.MayEnter(id))
        {
            return caller.Ecosystems is null
                ? Unknown()
                : new Refusal(
                    EdgeCodes.EcosystemForbidden,
                    "These credentials are for another ecosystem.",
                    "ecosystem"
                );
        }

        return ecosystems.Knows(id) ? null : Unknown();
    }

    private static Refusal Unknown() => new(EdgeCodes.EcosystemUnknown, "There is no such ecosystem.", "ecosystem");
}

/// <summary>
/// Decides every <see cref="AccessRequirement"/>: who, then from where, then which ecosystem, then which role.
/// </summary>
public sealed class AccessCheck(EcosystemAccess ecosystems, Origins origins) : AuthorizationHandler<AccessRequirement>
{
    /// <summary>The route parameter that names the ecosystem, in every route that has one.</summary>
    public const string RouteParameter = "ecosystem";

    /// <summary>The same answer for missing and for wrong credentials: which of both is nobody's business.</summary>
    public static Refusal NobodySignedIn { get; } =
        new(EdgeCodes.Unauthenticated, "Send a valid X-Api-Key, a valid bearer token or a session cookie.");

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AccessRequirement requirement)
    {
        if (Decide(context, requirement) is { } refusal)
        {
            context.Fail(new AccessRefused(this, refusal));
        }
        else
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    private Refusal? Decide(AuthorizationHandlerContext context, AccessRequirement requirement)
    {
        if (Caller.From(context.User) is not { } caller)
        {
            return NobodySignedIn;
        }

        if (context.Resource is HttpContext http)
        {
            if (SessionCookie.IsForged(http))
            {
                return new Refusal(
                    EdgeCodes.PortalHeaderMissing,
                    $"With a session cookie, send '{SessionCookie.PortalHeader}: {SessionCookie.PortalValue}'.",
                    SessionCookie.PortalHeader
                );
            }

            if (BoardHub.IsAsked(http.Request) && origins.IsForeign(http.Request))
            {
                return new Refusal(EdgeCodes.OriginForbidden, "Pages of another origin may not connect.", "Origin");
            }

            if (
                http.Request.RouteValues.TryGetValue(RouteParameter, out var ecosystem)
                && ecosystems.Check(caller, ecosystem as string) is { } refusal
            )
            {
                return refusal;
            }
        }

        if (!requirement.Roles.Contains(caller.Role))
        {
            return new Refusal(EdgeCodes.RoleForbidden, $"Role {Words<Role>.Of(caller.Role)} may not do this.");
        }

        return requirement.IsOfInstallation && !caller.IsOfInstallation
            ? new Refusal(EdgeCodes.RoleForbidden, "This is for ecosystem-admins of all ecosystems.")
            : null;
    }
}
