using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Browser;

[Collection<BrowserCollection>]
public sealed class PartnerPageTests(PortalBrowser portal)
{
    private const int TabsMax = 60;

    [Fact]
    public async Task APartnersPage_ShowsItsChecklistAndTimeline()
    {
        var id = portal.Fresh("page");
        await portal.RegisterPartner(id, $"Clinic {id}");
        await using var visit = await portal.Open();

        await visit.Page.GotoAsync($"/acme/partners/{id}");

        await visit.Page.GetByRole(AriaRole.Heading, new() { Name = $"Clinic {id}" }).WaitForAsync();
        (await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Complete:" }).CountAsync()).ShouldBe(5);
        var timeline = visit.Page.GetByRole(AriaRole.List, new() { Name = "Timeline, newest first" });
        await Assertions.Expect(timeline.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await timeline.GetByRole(AriaRole.Button).Last.ClickAsync();
        await Assertions.Expect(timeline).ToContainTextAsync("partner.registered");
        await visit.Picture("partner-page");
        visit.ShouldBeClean();
    }

    [Fact]
    public async Task WithTheKeyboardAlone_AnItemIsCompleted_AndTheTimelineShowsIt()
    {
        var id = portal.Fresh("keys");
        await portal.RegisterPartner(id, $"Clinic {id}");
        await using var visit = await portal.Open();
        await visit.Page.GotoAsync($"/acme/partners/{id}");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Complete:" }).First.WaitForAsync();

        var label = await TabTo(visit.Page, "Complete:");
        await visit.Page.Keyboard.PressAsync("Enter");

        await Assertions
            .Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = label, Exact = true }))
            .ToHaveCountAsync(0);
        await Assertions
            .Expect(
                visit
                    .Page.GetByRole(AriaRole.List, new() { Name = "Timeline, newest first" })
                    .GetByRole(AriaRole.Listitem)
            )
            .ToHaveCountAsync(3);
        visit.ShouldBeClean();
    }

    [Fact]
    public async Task AWebhookForAnOpenPartnersPage_IsShownWithoutAReload()
    {
        var id = portal.Fresh("open");
        await portal.RegisterPartner(id, $"Clinic {id}");
        await using var visit = await portal.Open();
        await visit.Page.GotoAsync($"/acme/partners/{id}");
        await visit.Live();

        await portal.SendWebhook("partner.checklist.completed", $$"""{"partner":"{{id}}","item":"welcome-package"}""");

        await Assertions
            .Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Complete:" }))
            .ToHaveCountAsync(4);
        visit.ShouldBeClean();
    }

    [Fact]
    public async Task AdvancingACardWhoseGateIsClosed_NamesWhatIsMissing()
    {
        var id = portal.Fresh("gated");
        await portal.RegisterPartner(id, $"Clinic {id}");
        await using var visit = await portal.Open();
        await visit.Page.GotoAsync($"/acme/board/partners?q={id}");
        var card = visit.Page.GetByRole(AriaRole.Link, new() { Name = $"Clinic {id}", Exact = true });
        await card.WaitForAsync();

        await card.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Shift+ArrowRight");

        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Welcome package sent");
        await visit.Picture("gate-dialog");
    }

    /// <summary>
    /// Presses Tab until something whose name starts like this has the focus; returns its whole name.
    /// </summary>
    private static async Task<string> TabTo(IPage page, string start)
    {
        for (var tabs = 0; tabs < TabsMax; tabs++)
        {
            await page.Keyboard.PressAsync("Tab");
            var label = await page.EvaluateAsync<string?>("() => document.activeElement?.getAttribute('aria-label')");
            if (label?.StartsWith(start, StringComparison.Ordinal) == true)
            {
                return label;
            }
        }

        throw new TimeoutException($"'{start}' was not reached within {TabsMax} presses of Tab.");
    }
}
