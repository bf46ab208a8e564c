using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Tests.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace EcosystemSilo.Tests.Auth;

/// <summary>Forged and misdirected tokens against a gateway that trusts one OIDC authority.</summary>
public sealed class JwtAttackTests(JwtAttackTests.Trusting trusting) : IClassFixture<JwtAttackTests.Trusting>
{
    private const string Path = "/api/acme/partners/p-1";

    private readonly OidcAuthority authority = trusting.Authority;

    [Fact]
    public async Task ATokenOfTheAuthority_IsLetIn()
    {
        using var response = await Get(authority.Sign(authority.Claims()));
        await response.ShouldBeProblem(404, Refusals.NotFound);
    }

    [Fact]
    public async Task ATokensEcosystem_IsTheOnlyOneItMayEnter()
    {
        using var response = await Get(authority.Sign(authority.Claims(("ecosystem", "purposeful-live"))));
        await response.ShouldBeProblem(403, EdgeCodes.EcosystemForbidden);
    }

    [Fact]
    public async Task AListOfEcosystems_LetsIntoEach()
    {
        string[] both = ["purposeful-live", "acme"];
        using var response = await Get(authority.Sign(authority.Claims(("ecosystem", both))));
        await response.ShouldBeProblem(404, Refusals.NotFound);
    }

    [Fact]
    public async Task ATokenThatHasJustExpired_IsStillWithinTheSkew()
    {
        using var response = await Get(authority.Sign(authority.Claims(("exp", OidcAuthority.InSeconds(-10)))));
        await response.ShouldBeProblem(404, Refusals.NotFound);
    }

    public static TheoryData<string> Attacks => [.. JwtAttacks.All.Keys];

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task AForgedToken_IsRefused(string attack)
    {
        using var response = await Get(JwtAttacks.All[attack](authority));
        await response.ShouldBeProblem(401, EdgeCodes.Unauthenticated);
    }

    private async Task<HttpResponseMessage> Get(string token)
    {
        using var client = trusting.Gateway.As(apiKey: null);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return await client.GetAsync(Path, TestContext.Current.CancellationToken);
    }

    /// <summary>One gateway for all tokens, and the authority that it trusts.</summary>
    public sealed class Trusting : IAsyncLifetime
    {
        public OidcAuthority Authority { get; } = new();

        public GatewayUnderTest Gateway { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Authority.InitializeAsync();
            Gateway.With("Auth:Authority", Authority.Address).With("Auth:Audience", OidcAuthority.Audience);
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await Authority.DisposeAsync();
        }
    }
}

/// <summary>Every way to make a token that must not be believed.</summary>
internal static class JwtAttacks
{
    public static Dictionary<string, Func<OidcAuthority, string>> All { get; } =
        new()
        {
            ["no algorithm"] = authority => Unsigned(authority, "none"),
            ["no algorithm, in capitals"] = authority => Unsigned(authority, "NONE"),
            ["no algorithm, signature kept"] = authority =>
                Unsigned(authority, "none") + authority.Sign(authority.Claims()).Split('.')[2],
            ["public key as HMAC secret, PEM"] = authority =>
                Hmac(authority, Encoding.ASCII.GetBytes(authority.PublicKeyPem)),
            ["public key as HMAC secret, DER"] = authority => Hmac(authority, authority.PublicKeyDer),
            ["public key as HMAC secret, modulus"] = authority => Hmac(authority, authority.Modulus),
            ["another audience"] = authority => authority.Sign(authority.Claims(("aud", "another-service"))),
            ["no audience"] = authority => authority.Sign(authority.Claims(("aud", null))),
            ["another issuer"] = authority => authority.Sign(authority.Claims(("iss", "https://evil.example"))),
            ["no issuer"] = authority => authority.Sign(authority.Claims(("iss", null))),
            ["another key under the known id"] = authority => Foreign(authority, OidcAuthority.KeyId),
            ["another key under its own id"] = authority => Foreign(authority, "evil"),
            ["the right key under an unknown id"] = authority => authority.Sign(authority.Claims(), keyId: "unknown"),
            ["an id that is a path"] = authority => authority.Sign(authority.Claims(), keyId: "../../../dev/null"),
            ["expired"] = authority => authority.Sign(authority.Claims(("exp", OidcAuthority.InSeconds(-60)))),
            ["never expiring"] = authority => authority.Sign(authority.Claims(("exp", null))),
            ["not yet valid"] = authority => authority.Sign(authority.Claims(("nbf", OidcAuthority.InSeconds(60)))),
            ["another payload under a good signature"] = Altered,
            ["signature cut off"] = authority => authority.Sign(authority.Claims())[..^10],
            ["signature empty"] = authority =>
                string.Join('.', authority.Sign(authority.Claims()).Split('.')[..2]) + ".",
            ["key brought along"] = authority => Foreign(authority, keyId: null, withKey: true),
            ["no role"] = authority => authority.Sign(authority.Claims(("role", null))),
            ["unknown role"] = authority => authority.Sign(authority.Claims(("role", "root"))),
            ["no ecosystem"] = authority => authority.Sign(authority.Claims(("ecosystem", null))),
            ["no subject"] = authority => authority.Sign(authority.Claims(("sub", null))),
            ["role partner without a partner"] = authority => authority.Sign(authority.Claims(("role", "partner"))),
            ["development issuer outside Development"] = authority =>
                authority.Sign(authority.Claims(("iss", "urn:ecosystem-silo:development"), ("aud", "ecosystem-silo"))),
            ["not a token"] = _ => "a.b.c",
            ["empty"] = _ => "",
            ["huge"] = _ => new string('a', 9_000) + ".b.c",
        };

    private static string Unsigned(OidcAuthority authority, string algorithm)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = algorithm, typ = "JWT" });
        var payload = JsonSerializer.SerializeToUtf8Bytes(authority.Claims());
        return $"{Base64UrlEncoder.Encode(header)}.{Base64UrlEncoder.Encode(payload)}.";
    }

    private static string Hmac(OidcAuthority authority, byte[] secret)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                alg = "HS256",
                typ = "JWT",
                kid = OidcAuthority.KeyId,
            }
        );
        var payload = JsonSerializer.SerializeToUtf8Bytes(authority.Claims());
        var text = $"{Base64UrlEncoder.Encode(header)}.{Base64UrlEncoder.Encode(payload)}";
        return $"{text}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Foreign(OidcAuthority authority, string? keyId, bool withKey = false)
    {
        using var rsa = RSA.Create(2048);
        var key = new RsaSecurityKey(rsa) { KeyId = keyId };
        var descriptor = new SecurityTokenDescriptor
        {
            Claims = authority.Claims()!,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256)
            {
                CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
            },
        };
        if (withKey)
        {
            var jwk = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa.ExportParameters(false)));
            descriptor.AdditionalHeaderClaims = new Dictionary<string, object>
            {
                ["jwk"] = new Dictionary<string, object>
                {
                    ["kty"] = "RSA",
                    ["n"] = jwk.N,
                    ["e"] = jwk.E,
                },
            };
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    private static string Altered(OidcAuthority authority)
    {
        var parts = authority.Sign(authority.Claims()).Split('.');
        parts[1] = Base64UrlEncoder.Encode(
            JsonSerializer.SerializeToUtf8Bytes(authority.Claims(("role", "ecosystem-admin"), ("ecosystem", "*")))
        );
        return string.Join('.', parts);
    }
}
