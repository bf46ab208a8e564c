using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace EcosystemSilo.Gateway.Auth;

/// <summary>Signs a request in by its <c>X-Api-Key</c> header, and one to the hub by its token.</summary>
public sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    ApiKeyCheck keys
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Header = "X-Api-Key";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers[Header];
        if (header.Count == 0)
        {
            if (HubToken.Of(Request) is not { } token)
            {
                return AuthenticateResult.NoResult();
            }

            header = token;
        }

        if (header.Count > 1 || string.IsNullOrEmpty(header[0]))
        {
            return AuthenticateResult.Fail("One key is expected.");
        }

        if (await keys.Find(header[0]!, Context) is not { } found)
        {
            return AuthenticateResult.Fail("The key is unknown, revoked or expired.");
        }

        // The expiry travels with the ticket so that a hub connection closes when the key's time is over.
        var properties = new AuthenticationProperties { ExpiresUtc = found.ExpiresAt };
        return AuthenticateResult.Success(
            new AuthenticationTicket(found.Caller.ToPrincipal(Scheme.Name), properties, Scheme.Name)
        );
    }
}
