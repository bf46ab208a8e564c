using EcosystemSilo.Gateway.Board;

namespace EcosystemSilo.Gateway.Auth;

/// <summary>
/// What a client of the hub sends as its token: SignalR's clients put it behind <c>Bearer</c> where they can set
/// headers, and where a browser lets them set none, on web sockets, into the query <c>access_token</c>. It is a JWT or
/// an API key. Other routes take neither form: an address ends up in logs and histories.
/// </summary>
internal static class HubToken
{
    /// <summary>Null for other routes, and for a request without a token or with several.</summary>
    public static string? Of(HttpRequest request)
    {
        if (!BoardHub.IsAsked(request))
        {
            return null;
        }

        var token = request.Headers.Authorization.Count == 0 ? InQuery(request) : Credentials.Bearer(request);
        return string.IsNullOrEmpty(token) ? null : token;
    }

    /// <summary>A JWT has three parts; a key has no dots.</summary>
    public static bool IsJwt(string token) => token.Count(letter => letter == '.') == 2;

    private static string? InQuery(HttpRequest request) => request.Query["access_token"] is [{ } token] ? token : null;
}
