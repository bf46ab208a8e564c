using System.Security.Claims;
using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Grains.Interfaces;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.SignalR;

namespace EcosystemSilo.Gateway.Board;

/// <summary>
/// Checks the credentials of a connection that outlives its request: nothing is delivered after they expired, nor later
/// than <see cref="BoardLimits.RecheckInterval"/> after they were revoked or signed out of; nor while the journal has
/// been away so long that a revocation may have been missed.
/// </summary>
public sealed class StillValid(ApiKeyCheck keys, IServiceProvider services, TimeProvider time)
{
    private const string KeySubject = "key:";

    /// <summary>Who a connection belongs to as its credentials stand now; null when they have ended.</summary>
    public async ValueTask<Caller?> Now(HubCallerContext connection, CancellationToken cancellation)
    {
        var ticket = connection.GetHttpContext()?.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult;
        if (time.GetUtcNow() >= ticket?.Properties?.ExpiresUtc || connection.User is not { } user)
        {
            return null;
        }

        try
        {
            return user.Identity?.AuthenticationType == Schemes.Session
                ? await SessionCookie.Recheck(user, services, cancellation)
                : await NotRevoked(user, cancellation);
        }
        catch (GrainUnavailableException)
        {
            return null;
        }
    }

    /// <summary>The same for a watch that begins with a check of its own and asks before every message.</summary>
    internal Func<CancellationToken, ValueTask<bool>> Of(HubCallerContext connection)
    {
        var checkedAt = time.GetTimestamp();
        return async cancellation =>
        {
            if (time.GetElapsedTime(checkedAt) < BoardLimits.RecheckInterval)
            {
                return true;
            }

            checkedAt = time.GetTimestamp();
            return await Now(connection, cancellation) is not null;
        };
    }

    private async ValueTask<Caller?> NotRevoked(ClaimsPrincipal user, CancellationToken cancellation)
    {
        var caller = Caller.From(user);
        if (
            caller is not { Ecosystems: [var ecosystem] }
            || !caller.Subject.StartsWith(KeySubject, StringComparison.Ordinal)
            || !Ids.TryParse<ApiKeyId>(caller.Subject[KeySubject.Length..], out var key)
        )
        {
            // Tokens cannot be revoked, they only end.
            return caller;
        }

        return keys.IsCurrent ? await keys.Recheck(ecosystem, key, cancellation) : null;
    }
}
