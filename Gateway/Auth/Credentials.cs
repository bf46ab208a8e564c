using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace EcosystemSilo.Gateway.Auth;

/// <summary>
/// Registers the kinds of credentials and the policies. Which scheme reads a request is decided here alone.
/// </summary>
public static class Credentials
{
    private const string BearerStart = "Bearer ";

    public static void AddCredentials(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services
            .AddOptions<AuthOptions>()
            .Bind(builder.Configuration.GetSection(AuthOptions.Section))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuthOptions>, AuthOptionsCheck>();
        services.AddSingleton<BootstrapKey>();
        services.AddSingleton<ApiKeyCheck>();
        services.AddSingleton<DevelopmentIssuer>();
        services.AddSingleton<EcosystemAccess>();
        services.AddSingleton<Origins>();
        services.AddSingleton<IAuthorizationHandler, AccessCheck>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswers>();

        services
            .AddAuthentication(Schemes.Any)
            .AddPolicyScheme(Schemes.Any, null, options => options.ForwardDefaultSelector = Select)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(Schemes.ApiKey, null);
        services.AddBearerTokens();
        builder.AddSessionCookie();
        services.AddAuthorization(Policies.AddTo);
        // Who is refused learns so by the answer; lines of what anybody may try would fill a disk.
        builder
            .Logging.AddFilter("Microsoft.AspNetCore.Authentication", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Authorization", LogLevel.Warning)
            .AddFilter(typeof(ApiKeyAuthentication).FullName, LogLevel.Warning);
    }

    /// <summary>
    /// The scheme that would accept a bearer token by the issuer it names; whether it is true shows later.
    /// </summary>
    public static string SchemeOf(string token, IServiceProvider services)
    {
        var development = services.GetRequiredService<DevelopmentIssuer>().IsEnabled && NamesDevelopmentIssuer(token);
        var authority = services.GetRequiredService<IOptions<AuthOptions>>().Value.Authority;
        return development || authority is null ? Schemes.Development : Schemes.Oidc;
    }

    /// <summary>What stands behind <c>Bearer</c>; null when that is not how the request says who asks.</summary>
    internal static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(BearerStart, StringComparison.Ordinal)
            ? header[BearerStart.Length..]
            : null;

    private static string Select(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.ContainsKey(ApiKeyAuthentication.Header))
        {
            return Schemes.ApiKey;
        }

        if (HubToken.Of(request) is { } token)
        {
            return HubToken.IsJwt(token) ? SchemeOf(token, context.RequestServices) : Schemes.ApiKey;
        }

        if (Bearer(request) is { } bearer)
        {
            return SchemeOf(bearer, context.RequestServices);
        }

        return request.Cookies.ContainsKey(SessionCookie.Name) ? Schemes.Session : Schemes.ApiKey;
    }

    private static bool NamesDevelopmentIssuer(string token)
    {
        if (token.Length > GatewayLimits.TokenLengthMax)
        {
            return false;
        }

        try
        {
            return new JsonWebToken(token).Issuer == DevelopmentIssuer.Issuer;
        }
        catch (ArgumentException)
        {
            // Not a token at all: whichever scheme reads it refuses it.
            return false;
        }
    }
}
