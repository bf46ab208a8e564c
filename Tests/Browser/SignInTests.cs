using EcosystemSilo.LoadTests.Processes;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Browser;

[Collection<BrowserCollection>]
public sealed class SignInTests(PortalBrowser portal)
{
    [Fact]
    public async Task SigningInWithAKey_OpensTheBoard_AndSigningOutClosesIt()
    {
        await using var visit = await portal.Open(signedIn: false);
        await visit.Page.GotoAsync("/");
        await visit.Picture("sign-in");

        await visit.SignIn(GatewayProcess.BootstrapKey);
        await visit.Page.WaitForURLAsync("**/board/partners");
        var cookie = (await visit.Context.CookiesAsync()).ShouldHaveSingleItem();
        (cookie.HttpOnly, cookie.SameSite).ShouldBe((true, SameSiteAttribute.Strict));
        (
            await visit.Page.EvaluateAsync<string>("() => JSON.stringify({ ...localStorage, ...sessionStorage })")
        ).ShouldNotContain("bootstrap-key", Case.Sensitive, "the key must not be kept");
        visit.ShouldBeClean();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "bootstrap" }).First.ClickAsync();
        await visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await visit.Page.GetByLabel("API key").First.WaitForAsync();
        await visit.Page.GotoAsync("/acme/board/partners");
        await visit.Page.GetByLabel("API key").First.WaitForAsync();
    }

    [Fact]
    public async Task AWrongKey_IsRefusedInWords()
    {
        await using var visit = await portal.Open(signedIn: false);
        await visit.Page.GotoAsync("/");

        await visit.Page.GetByLabel("API key").First.FillAsync("es_wrong-key-0123456789abcdefghijklmnop");
        await visit.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This key is not valid");
        await visit.Picture("sign-in-refused");
    }
}
