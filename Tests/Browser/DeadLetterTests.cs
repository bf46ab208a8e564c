using Microsoft.Playwright;
using Xunit;

namespace EcosystemSilo.Tests.Browser;

[Collection<BrowserCollection>]
public sealed class DeadLetterTests(PortalBrowser portal)
{
    [Fact]
    public async Task ADeadLetter_IsInspected_AndReplayedOnceItsCauseIsMended()
    {
        var id = portal.Fresh("late");
        await portal.SendWebhook("partner.checklist.completed", $$"""{"partner":"{{id}}","item":"welcome-package"}""");
        await using var visit = await portal.Open();
        await visit.Page.GotoAsync("/acme/webhooks/dead-letters");
        var row = visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = id });
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
}
