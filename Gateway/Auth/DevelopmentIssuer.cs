using System.Security.Cryptography;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Senders.Secrets;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EcosystemSilo.Gateway.Auth;

/// <summary>
/// Issues tokens to whoever asks, so that the first run needs no identity provider. Only in Development; its key is
/// made anew in every process, so a token of it is worth nothing anywhere else.
/// </summary>
public sealed class DevelopmentIssuer(TimeProvider clock, IHostEnvironment environment) : IDisposable
{
    public const string Issuer = "urn:ecosystem-silo:development";
    private const string Audience = "ecosystem-silo";

    /// <summary>A working day; the process is restarted more often than that.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _keyId = Base32.Random(10);

    public bool IsEnabled => environment.IsDevelopment();

    public DevelopmentToken Issue(string ecosystem, Role role, string? partner)
    {
        var now = clock.GetUtcNow();
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["sub"] = $"developer-{Words<Role>.Of(role)}",
            ["name"] = "Developer",
            ["role"] = Words<Role>.Of(role),
            ["ecosystem"] = ecosystem,
        };
        if (partner is not null)
        {
            claims["partner"] = partner;
        }

        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(Key(), SecurityAlgorithms.EcdsaSha256),
        };
        return new DevelopmentToken(new JsonWebTokenHandler().CreateToken(descriptor), now + Lifetime);
    }

    /// <summary>Makes a validation accept this issuer's tokens; outside Development it accepts none.</summary>
    internal void Accept(TokenValidationParameters parameters)
    {
        parameters.ValidIssuer = Issuer;
        parameters.ValidAudience = Audience;
        parameters.IssuerSigningKeys = IsEnabled ? [Key()] : [];
    }

    public void Dispose() => _key.Dispose();

    private ECDsaSecurityKey Key() => new(_key) { KeyId = _keyId };
}

/// <summary>A bearer token and when it ends.</summary>
public sealed record DevelopmentToken(string Token, DateTimeOffset ExpiresAt);
