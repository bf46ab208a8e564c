using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Browser;

[Collection<BrowserCollection>]
public sealed class StreamsPageTests(PortalBrowser portal)
{
    private static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = 30_000 };

    private readonly WearablesOfPeople _wearables = new(portal);

    [Fact]
    public async Task AStreamThatBecameLive_IsFoundByItsStatus_AndItsPersonsDayIsDrawn()
    {
        var person = portal.Fresh("wearer");
        var phone = await _wearables.Connect(person);
        await _wearables.Send(phone, TimeProvider.System.GetUtcNow());
        await using var visit = await portal.Open();
        var page = visit.Page;

        await page.GotoAsync($"/acme/streams?person={person}");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = person });
        await Assertions.Expect(row.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync(Patiently);
        await page.GetByRole(AriaRole.Group, new() { Name = "Filter by status" }).GetByText("Live").ClickAsync();
        page.Url.ShouldContain("status=live");
        await visit.Picture("streams");
        await row.GetByRole(AriaRole.Link, new() { Name = person }).ClickAsync();

        var chart = page.GetByRole(AriaRole.Img, new() { Name = "Heart rate by day" });
        await Assertions.Expect(chart.Locator("svg path").First).ToBeAttachedAsync();
        await page.GetByText("Table", new() { Exact = true }).First.ClickAsync();
        var table = page.GetByRole(AriaRole.Group, new() { Name = "Heart rate by day", Exact = true });
        await Assertions.Expect(table.GetByRole(AriaRole.Cell).First).ToBeVisibleAsync();
        await visit.Picture("person");
        visit.ShouldBeClean();
    }

    [Fact]
    public async Task WithdrawingAConsentOnAPersonsPage_StopsTheirStream()
    {
        var person = portal.Fresh("wearer");
        await _wearables.Connect(person);
        await using var visit = await portal.Open();
        var page = visit.Page;
        await page.GotoAsync($"/acme/people/{person}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Withdraw: Coaching" }).ClickAsync();
        var form = page.GetByRole(AriaRole.Dialog);
        await form.GetByLabel("Channel").FillAsync("telephone");
        await form.GetByRole(AriaRole.Button, new() { Name = "Withdraw", Exact = true }).ClickAsync();

        await Assertions
            .Expect(page.GetByRole(AriaRole.List, new() { Name = "Consent ledger, newest first" }))
            .ToContainTextAsync("Coaching withdrawn");
        var streams = page.GetByRole(AriaRole.Region, new() { Name = "Streams" });
        await Assertions.Expect(streams.GetByText("Stopped", new() { Exact = true })).ToBeVisibleAsync(Patiently);
        visit.ShouldBeClean();
    }
}
