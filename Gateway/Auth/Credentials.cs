using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace EcosystemSilo.Gateway.Auth;

/// <summary>Registers the kinds of credentials and the policies. Which scheme reads a request is decided here alone.</summary>
public static class Credentials
{
    public static void AddCredentials(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddOptions<AuthOptions>()
            .Bind(builder.Configuration.GetSection(AuthOptions.Section))
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<AuthOptions>, AuthOptionsCheck>();
        builder.Services.AddSingleton<BootstrapKey>();
        builder.Services.AddSingleton<ApiKeyCheck>();
        builder.Services.AddSingleton<EcosystemAccess>();
        builder.Services.AddSingleton<IAuthorizationHandler, AccessCheck>();
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswers>();

        builder
            .Services.AddAuthentication(Schemes.Any)
            .AddPolicyScheme(Schemes.Any, null, options => options.ForwardDefaultSelector = Select)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(Schemes.ApiKey, null);
        builder.Services.AddAuthorization(Policies.AddTo);
    }

    private static string Select(HttpContext context) => Schemes.ApiKey;
}
