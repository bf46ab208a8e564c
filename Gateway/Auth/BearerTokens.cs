using System.Security.Claims;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Senders.Json;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace EcosystemSilo.Gateway.Auth;

/// <summary>Signs a request in by a JWT of the configured OIDC authority, or of the development issuer.</summary>
public static class BearerTokens
{
    /// <summary>
    /// Signatures by a private key only. A symmetric algorithm would let whoever knows the public key sign (the HS/RS
    /// swap), and <c>none</c> would let anybody.
    /// </summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256,
        SecurityAlgorithms.RsaSha384,
        SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256,
        SecurityAlgorithms.EcdsaSha384,
        SecurityAlgorithms.EcdsaSha512,
    ];

    public static void AddBearerTokens(this IServiceCollection services)
    {
        services.AddAuthentication().AddJwtBearer(Schemes.Oidc, _ => { }).AddJwtBearer(Schemes.Development, _ => { });
        services
            .AddOptions<JwtBearerOptions>(Schemes.Oidc)
            .Configure<IOptions<AuthOptions>>((bearer, auth) => ConfigureOidc(bearer, auth.Value));
        services
            .AddOptions<JwtBearerOptions>(Schemes.Development)
            .Configure<IOptions<AuthOptions>, DevelopmentIssuer>(
                (bearer, auth, issuer) =>
                {
                    ConfigureAny(bearer, auth.Value, new ClaimNames("ecosystem", "role", "partner"));
                    issuer.Accept(bearer.TokenValidationParameters);
                }
            );
    }

    private static void ConfigureOidc(JwtBearerOptions bearer, AuthOptions auth)
    {
        ConfigureAny(bearer, auth, new ClaimNames(auth.EcosystemClaim, auth.RoleClaim, auth.PartnerClaim));
        if (auth.Authority is null)
        {
            return;
        }

        bearer.Authority = auth.Authority;
        bearer.TokenValidationParameters.ValidAudience = auth.Audience;
        // AuthOptions lets http through for this machine only.
        bearer.RequireHttpsMetadata = auth.Authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
    }

    private static void ConfigureAny(JwtBearerOptions bearer, AuthOptions auth, ClaimNames names)
    {
        bearer.MapInboundClaims = false;
        bearer.IncludeErrorDetails = false;
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ClockSkew = auth.ClockSkew,
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            // A token names its key; trying others would accept one whose key id was made up.
            TryAllIssuerSigningKeys = false,
        };
        bearer.Events = new JwtBearerEvents
        {
            OnMessageReceived = context =>
            {
                context.Token = HubToken.Of(context.Request);
                return Task.CompletedTask;
            },
            OnTokenValidated = context =>
            {
                if (CallerOf(context.Principal!, names) is { } caller)
                {
                    context.Principal = caller.ToPrincipal(context.Scheme.Name);
                }
                else
                {
                    context.Fail("The token names no subject, no known role or no ecosystem.");
                }

                return Task.CompletedTask;
            },
        };
    }

    private static Caller? CallerOf(ClaimsPrincipal token, ClaimNames names)
    {
        var subject = token.FindFirst("sub")?.Value;
        var roles = token.FindAll(names.Role).Select(claim => claim.Value);
        var ecosystems = token.FindAll(names.Ecosystem).Select(claim => claim.Value).Distinct().ToList();
        if (
            subject is not { Length: > 0 and <= GatewayLimits.SubjectLengthMax }
            || !CleanText.IsClean(subject)
            || roles.FirstOrDefault(role => Words<Role>.TryParse(role, out _)) is not { } word
            || !Words<Role>.TryParse(word, out var role)
            || ecosystems.Count == 0
            || !ecosystems.TrueForAll(ecosystem => ecosystem == Caller.EveryEcosystem || Ids.IsValid(ecosystem))
        )
        {
            return null;
        }

        var every = ecosystems.Contains(Caller.EveryEcosystem);
        var hasPartner = Ids.TryParse<PartnerId>(token.FindFirst(names.Partner)?.Value, out var partner);
        return role == Role.Partner && !hasPartner
            ? null
            : new Caller(
                $"user:{subject}",
                token.FindFirst("name")?.Value ?? subject,
                role,
                hasPartner ? partner : null,
                every ? null : ecosystems.ConvertAll(EcosystemId.From)
            );
    }

    private sealed record ClaimNames(string Ecosystem, string Role, string Partner);
}
