using Microsoft.Playwright;
using Xunit;

namespace EcosystemSilo.Tests.Browser;

[Collection<BrowserCollection>]
public sealed class DeadLetterTests(PortalBrowser portal)
{
    /// <summary>A list that was asked a moment too early is renewed after a quarter of a minute.</summary>
    private static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = 30_000 };

    [Fact]
    public async Task ADeadLetter_IsInspected_AndReplayedOnceItsCauseIsMended()
    {
        var id = portal.Fresh("late");
        await Bury(id);
        await using var visit = await portal.Open();
        await visit.Page.GotoAsync("/acme/webhooks/dead-letters");
        var row = await Listed(visit, id);
        await Assertions.Expect(row).ToContainTextAsync("Dead");
        await visit.Picture("dead-letters");

        await row.GetByRole(AriaRole.Link).ClickAsync();
        var letter = visit.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(letter).ToContainTextAsync("Why it took no effect");
        await Assertions.Expect(letter.GetByLabel("Data as sent")).ToContainTextAsync("welcome-package");
        await visit.Picture("dead-letter");

        await portal.RegisterPartner(id, $"Clinic {id}");
        await letter.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();
        await Assertions.Expect(letter.GetByRole(AriaRole.Status)).ToContainTextAsync("The event took effect");
        await visit.Picture("dead-letter-replayed");
        visit.ShouldBeClean();

        await visit.Page.GotoAsync($"/acme/partners/{id}");
        var complete = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Complete:" });
        await Assertions.Expect(complete).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task ADryRun_SaysWhyALetterWouldFailAgain_AndWhatItWouldChangeOnceMended()
    {
        var id = portal.Fresh("rehearsed");
        await Bury(id);
        await using var visit = await portal.Open();
        await visit.Page.GotoAsync("/acme/webhooks/dead-letters");
        await (await Listed(visit, id)).GetByRole(AriaRole.Link).ClickAsync();
        var letter = visit.Page.GetByRole(AriaRole.Dialog);
        var dryRun = letter.GetByRole(AriaRole.Group, new() { Name = "Dry run" });

        await letter.GetByRole(AriaRole.Button, new() { Name = "Dry run" }).ClickAsync();
        await Assertions.Expect(dryRun).ToContainTextAsync("It would fail again");
        await Assertions.Expect(dryRun).ToContainTextAsync($"There is no partner '{id}'");

        await portal.RegisterPartner(id, $"Clinic {id}");
        await letter.GetByRole(AriaRole.Button, new() { Name = "Dry run" }).ClickAsync();
        await Assertions.Expect(dryRun).ToContainTextAsync($"acme/partner/{id}");
        await Assertions.Expect(dryRun.GetByRole(AriaRole.Listitem)).ToHaveTextAsync("Completed welcome-package");
        var difference = dryRun.GetByRole(AriaRole.Row).Filter(new() { HasText = "lifecycle.checklist" });
        await Assertions.Expect(difference.GetByRole(AriaRole.Cell).Last).ToContainTextAsync("doneAt");
        await Assertions.Expect(letter).ToContainTextAsync("Dead");
        await visit.Picture("dead-letter-dry-run");
        visit.ShouldBeClean();
    }

    [Fact]
    public async Task SeveralLetters_ArePlannedAndReplayed_AndThoseThatFailedStayChosen()
    {
        var (known, unknown) = (portal.Fresh("known"), portal.Fresh("unknown"));
        await Bury(known);
        await Bury(unknown);
        await portal.RegisterPartner(known, $"Clinic {known}");
        await using var visit = await portal.Open();
        await visit.Page.GotoAsync("/acme/webhooks/dead-letters");
        foreach (var id in new[] { known, unknown })
        {
            await (await Listed(visit, id)).GetByRole(AriaRole.Checkbox).FocusAsync();
            await visit.Page.Keyboard.PressAsync("Space");
        }

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Plan" }).ClickAsync();
        var plan = visit.Page.GetByRole(AriaRole.Dialog);
        var letters = plan.GetByRole(AriaRole.List, new() { Name = "Letters to replay" });
        var takes = letters.Locator("> li").Filter(new() { HasText = $"partner/{known}" });
        var fails = letters.Locator("> li").Filter(new() { HasText = $"partner/{unknown}" });
        await Assertions.Expect(takes).ToContainTextAsync("Would take effect");
        await Assertions.Expect(fails).ToContainTextAsync("Would fail");
        await visit.Picture("dead-letters-plan");

        await plan.GetByRole(AriaRole.Button, new() { Name = "Replay 2 letters" }).ClickAsync();
        await Assertions.Expect(plan).ToContainTextAsync("2 of 2 tried, 1 took effect, 1 failed");
        await Assertions.Expect(takes).ToContainTextAsync("Took effect");
        await Assertions.Expect(fails).ToContainTextAsync("Failed again");
        await plan.GetByText("Close", new() { Exact = true }).ClickAsync();

        await Assertions.Expect((await Listed(visit, unknown)).GetByRole(AriaRole.Checkbox)).ToBeCheckedAsync();
        await Assertions.Expect(visit.Page.GetByText("1 chosen")).ToBeVisibleAsync();
        visit.ShouldBeClean();
    }

    /// <summary>Sends what the partner's absence makes a dead letter, under the partner's id.</summary>
    private Task Bury(string partner) =>
        portal.SendWebhook(
            "partner.checklist.completed",
            $$"""{"partner":"{{partner}}","item":"welcome-package"}""",
            id: partner
        );

    private async Task<ILocator> Listed(Visit visit, string id)
    {
        var link = visit.Page.Locator($"a[href*='{portal.LetterOf(id)}']");
        var row = visit.Page.GetByRole(AriaRole.Row).Filter(new() { Has = link });
        await Assertions.Expect(row).ToBeVisibleAsync(Patiently);
        return row;
    }
}
