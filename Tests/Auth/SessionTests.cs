using System.Net;
using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Tests.Http;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Auth;

public sealed class SessionTests : IDisposable
{
    private const string Registration = """{"id":"p-1","name":"N","category":"c"}""";
    private static readonly (string, string) Portal = ("X-Requested-With", "portal");

    private readonly GatewayUnderTest _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task SigningInByKey_SetsACookieThatScriptsCannotReadAndOtherSitesCannotUse()
    {
        using var browser = _gateway.As(apiKey: null);

        using var response = await SignIn(browser, await _gateway.Key(Role.PartnerManager));

        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
        var session = await response.Body();
        session.GetProperty("role").GetString().ShouldBe("partner-manager");
        session.GetProperty("ecosystems")[0].GetProperty("id").GetString().ShouldBe("acme");
        session.GetProperty("ecosystems").GetArrayLength().ShouldBe(1);
        using var shown = await browser.GetAsync("/api/session");
        (await shown.Body()).GetRawText().ShouldBe(session.GetRawText());
    }

    [Fact]
    public async Task OverHttps_TheCookieIsSecure()
    {
        using var browser = _gateway.As(apiKey: null);
        browser.BaseAddress = new Uri("https://localhost");
        using var response = await SignIn(browser, await _gateway.Key(Role.Viewer));
        response.Headers.GetValues("Set-Cookie").Single().ShouldContain("secure");
    }

    [Fact]
    public async Task AChangeWithTheCookie_NeedsThePortalsHeader()
    {
        using var browser = _gateway.As(apiKey: null);
        (await SignIn(browser, GatewayUnderTest.BootstrapKeyText)).Dispose();

        using var forged = await browser.Post("/api/acme/partners", Registration);
        await forged.ShouldBeProblem(403, EdgeCodes.PortalHeaderMissing);
        using var genuine = await browser.Post("/api/acme/partners", Registration, Portal);

        genuine.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task ARevokedKey_EndsItsSessionAtTheNextRequest()
    {
        var text = await _gateway.Key(Role.PartnerManager);
        using var browser = _gateway.As(apiKey: null);
        (await SignIn(browser, text)).Dispose();
        var key = ApiKeyText.Parse(text)!;

        using var admin = _gateway.AsBootstrap();
        (await admin.Post($"/api/acme/keys/{key.Id}/revoke")).EnsureSuccessStatusCode();

        using var response = await browser.GetAsync("/api/session");
        await response.ShouldBeProblem(401, EdgeCodes.Unauthenticated);
    }

    [Fact]
    public async Task SigningOut_EndsTheSession()
    {
        using var browser = _gateway.As(apiKey: null);
        (await SignIn(browser, GatewayUnderTest.BootstrapKeyText)).Dispose();

        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/session");
        request.Headers.Add(Portal.Item1, Portal.Item2);
        using var ended = await browser.SendAsync(request);

        ended.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var response = await browser.GetAsync("/api/session");
        await response.ShouldBeProblem(401, EdgeCodes.Unauthenticated);
    }

    [Fact]
    public async Task ACookieThatSomebodyCopied_IsWorthNothing_OnceItsSessionWasEnded()
    {
        using var browser = _gateway.As(apiKey: null);
        using var signedIn = await SignIn(browser, await _gateway.Key(Role.PartnerManager));
        using var thief = _gateway.CreateDefaultClient();
        thief.DefaultRequestHeaders.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        (await thief.GetAsync("/api/session")).EnsureSuccessStatusCode();
        using var other = _gateway.As(apiKey: null);
        (await SignIn(other, await _gateway.Key(Role.PartnerManager))).Dispose();

        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/session");
        request.Headers.Add(Portal.Item1, Portal.Item2);
        (await browser.SendAsync(request)).EnsureSuccessStatusCode();

        using var read = await thief.GetAsync("/api/session");
        await read.ShouldBeProblem(401, EdgeCodes.Unauthenticated);
        using var written = await thief.Post("/api/acme/partners", Registration, Portal);
        await written.ShouldBeProblem(401, EdgeCodes.Unauthenticated);
        (await other.GetAsync("/api/session")).EnsureSuccessStatusCode();
    }

    [Theory]
    [InlineData("""{"key":"wrong"}""", 401, EdgeCodes.Unauthenticated)]
    [InlineData("""{"token":"a.b.c"}""", 401, EdgeCodes.Unauthenticated)]
    [InlineData("{}", 400, FieldCodes.FieldMissing)]
    [InlineData("""{"key":"a","token":"b"}""", 400, FieldCodes.FieldMissing)]
    public async Task WithoutValidCredentials_NoSessionBegins(string body, int status, string code)
    {
        using var browser = _gateway.As(apiKey: null);
        using var response = await browser.Post("/api/session", body);
        await response.ShouldBeProblem(status, code);
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task ATamperedCookie_IsRefused()
    {
        using var browser = _gateway.As(apiKey: null);
        browser.DefaultRequestHeaders.Add("Cookie", $"{SessionCookie.Name}=CfDJ8AAAA");
        using var response = await browser.GetAsync("/api/session");
        await response.ShouldBeProblem(401, EdgeCodes.Unauthenticated);
    }

    private static Task<HttpResponseMessage> SignIn(HttpClient browser, string key) =>
        browser.Post("/api/session", $$"""{"key":"{{key}}"}""");
}
