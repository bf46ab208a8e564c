using System.Security.Claims;
using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Gateway.Board;

/// <summary>
/// Checks the credentials of a connection that outlives its request: nothing is delivered after they expired, nor later
/// than <see cref="BoardLimits.RecheckInterval"/> after they were revoked; nor while the journal has been away so long
/// that a revocation may have been missed.
/// </summary>
public sealed class StillValid(ApiKeyCheck keys, TimeProvider time)
{
    private const string KeySubject = "key:";

    /// <param name="user">Who connected.</param>
    /// <param name="expiresAt">When the ticket of the connection ends, if it does.</param>
    internal Func<CancellationToken, ValueTask<bool>> Of(ClaimsPrincipal user, DateTimeOffset? expiresAt)
    {
        var caller = Caller.From(user);
        var checkedAt = time.GetTimestamp();
        return async cancellation =>
        {
            if (caller is null || time.GetUtcNow() >= expiresAt)
            {
                return false;
            }

            if (time.GetElapsedTime(checkedAt) < BoardLimits.RecheckInterval)
            {
                return true;
            }

            checkedAt = time.GetTimestamp();
            return await IsNotRevoked(caller, cancellation);
        };
    }

    private async ValueTask<bool> IsNotRevoked(Caller caller, CancellationToken cancellation)
    {
        if (
            !caller.Subject.StartsWith(KeySubject, StringComparison.Ordinal)
            || caller.Ecosystems is not [var ecosystem]
            || !Ids.TryParse<ApiKeyId>(caller.Subject[KeySubject.Length..], out var key)
        )
        {
            // Tokens cannot be revoked, they only end.
            return true;
        }

        try
        {
            return keys.IsCurrent && await keys.Recheck(ecosystem, key, cancellation) is not null;
        }
        catch (GrainUnavailableException)
        {
            return false;
        }
    }
}
