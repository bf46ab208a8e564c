using EcosystemSilo.Gateway.Sources;

namespace EcosystemSilo.Gateway.Auth;

/// <summary>
/// Where the page lies whose script connects to the hub. A browser lets any page open a web socket and says only then
/// whose page it is, so what the same-origin policy does for other requests is done here.
/// </summary>
public sealed class Origins(IConfiguration configuration)
{
    private readonly string? _public = Authority(configuration[PublicUrl.Setting]);

    /// <summary>
    /// Whether a browser names another origin than that of the service. Programs name none. Schemes are not compared:
    /// behind a proxy that ends TLS, this process knows only its own.
    /// </summary>
    public bool IsForeign(HttpRequest request)
    {
        if (request.Headers.Origin.Count == 0)
        {
            return false;
        }

        return request.Headers.Origin is not [{ } origin]
            || Authority(origin) is not { } authority
            || !(Is(authority, Authority($"{request.Scheme}://{request.Host}")) || Is(authority, _public));
    }

    private static bool Is(string authority, string? own) =>
        string.Equals(authority, own, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Host and port of an http or https address; the port is left out where it is that of its scheme.
    /// </summary>
    private static string? Authority(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri.Authority : null;
}
