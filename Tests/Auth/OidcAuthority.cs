using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace EcosystemSilo.Tests.Auth;

/// <summary>
/// A small OIDC authority on this machine: discovery, one RSA key, and tokens with whatever claims are asked for.
/// </summary>
public sealed class OidcAuthority : IAsyncLifetime
{
    public const string Audience = "ecosystem-gateway";
    public const string KeyId = "authority-key-1";

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly WebApplication _app;

    public OidcAuthority()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapGet(
            "/.well-known/openid-configuration",
            () => Results.Json(new { issuer = Address, jwks_uri = $"{Address}/keys" })
        );
        _app.MapGet("/keys", () => Results.Json(new { keys = new[] { PublicJwk() } }));
    }

    public string Address => _app.Urls.First();

    public string PublicKeyPem => _rsa.ExportSubjectPublicKeyInfoPem();

    public byte[] PublicKeyDer => _rsa.ExportSubjectPublicKeyInfo();

    public byte[] Modulus => _rsa.ExportParameters(false).Modulus!;

    public static long InSeconds(int seconds) =>
        TimeProvider.System.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds();

    /// <summary>The claims of a good token; a changed claim replaces one, null removes it.</summary>
    public Dictionary<string, object> Claims(params (string Name, object? Value)[] changes)
    {
        var claims = new Dictionary<string, object>
        {
            ["iss"] = Address,
            ["aud"] = Audience,
            ["sub"] = "ada",
            ["role"] = "viewer",
            ["ecosystem"] = "acme",
            ["nbf"] = InSeconds(-120),
            ["exp"] = InSeconds(300),
        };
        foreach (var (name, value) in changes)
        {
            claims.Remove(name);
            if (value is not null)
            {
                claims[name] = value;
            }
        }

        return claims;
    }

    public string Sign(Dictionary<string, object> claims, string keyId = KeyId)
    {
        var descriptor = new SecurityTokenDescriptor
        {
            Claims = claims,
            SigningCredentials = new SigningCredentials(
                new RsaSecurityKey(_rsa) { KeyId = keyId },
                SecurityAlgorithms.RsaSha256
            ),
        };
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _rsa.Dispose();
    }

    private object PublicJwk()
    {
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(_rsa.ExportParameters(false)));
        return new
        {
            kty = "RSA",
            use = "sig",
            alg = "RS256",
            kid = KeyId,
            n = key.N,
            e = key.E,
        };
    }
}
