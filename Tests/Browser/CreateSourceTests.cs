using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Browser;

[Collection<BrowserCollection>]
public sealed class CreateSourceTests(PortalBrowser portal)
{
    [Fact]
    public async Task CreatingASource_AsksForWhatItsSenderNeeds_AndShowsTheSecretAddressOnce()
    {
        await using var visit = await portal.Open();
        await visit.Page.GotoAsync("/acme/webhooks");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Create source" }).First.ClickAsync();
        var form = visit.Page.GetByRole(AriaRole.Dialog);
        await form.GetByLabel("Name").FillAsync(portal.Fresh("Strava"));
        await form.GetByRole(AriaRole.Combobox, new() { Name = "Sender" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Option, new() { Name = "Strava" }).ClickAsync();

        await Assertions.Expect(form.GetByText("POST /api/v3/push_subscriptions")).ToBeVisibleAsync();
        await form.GetByLabel("Verify token").FillAsync("a-token-of-ours");
        await form.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();

        await Assertions.Expect(form.GetByText("Copy the secret now")).ToBeVisibleAsync();
        var secret = await form.GetByLabel("Secret", new() { Exact = true }).InputValueAsync();
        var address = await form.GetByLabel("Address", new() { Exact = true }).InputValueAsync();
        address.ShouldEndWith($"/{secret}");
    }
}
