namespace EcosystemSilo.Gateway.Auth;

/// <summary>
/// The names of the authentication schemes. A request uses exactly one; see <see cref="Credentials"/>.
/// </summary>
public static class Schemes
{
    /// <summary>Looks at the request and hands on to one of the others.</summary>
    public const string Any = "credentials";

    public const string ApiKey = "api-key";
    public const string Oidc = "oidc";
    public const string Development = "development";
    public const string Session = "session";
}
