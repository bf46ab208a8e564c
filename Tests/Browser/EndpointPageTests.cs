using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Browser;

[Collection<BrowserCollection>]
public sealed class EndpointPageTests(PortalBrowser portal)
{
    private readonly WearablesOfPeople _api = new(portal);

    [Fact]
    public async Task EditingAnEndpoint_ShowsWhatIsThereBesideIt_AndLeavesTheRest()
    {
        var id = await Create();
        await using var visit = await portal.Open();
        await visit.Page.GotoAsync($"/acme/webhooks/endpoints/{id}");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        var form = visit.Page.GetByRole(AriaRole.Dialog);

        await form.GetByLabel("Address").FillAsync("https://new.example/hooks");
        await form.GetByLabel("At most, a second").FillAsync("many");
        await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(form).ToContainTextAsync("Give a whole number from 1 to 1,000.");
        await form.GetByLabel("At most, a second").FillAsync("20");
        await Assertions.Expect(form).ToContainTextAsync("Now: https://old.example/hooks");
        await Assertions.Expect(form).ToContainTextAsync("Now: as many as there are");
        await visit.Picture("endpoint-edit");
        await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Assertions.Expect(form).ToHaveCountAsync(0);
        await Assertions.Expect(visit.Page.GetByText("20 a second")).ToBeVisibleAsync();
        var kept = JsonElement.Parse(await portal.Api.GetStringAsync($"/api/acme/endpoints/{id}"));
        kept.GetProperty("url").GetString().ShouldBe("https://new.example/hooks");
        kept.GetProperty("partner").GetString().ShouldBe("nobody");
        kept.GetProperty("order").GetString().ShouldBe("fifo");
        kept.GetProperty("types").ToString().ShouldBe("""["deal.*"]""");
        visit.ShouldBeClean();
    }

    [Fact]
    public async Task ADisabledEndpoint_SaysWhy_AndIsResumedWithOneClick()
    {
        var id = await Create();
        await portal.Post($"/api/acme/endpoints/{id}/disable");
        await using var visit = await portal.Open();
        await visit.Page.GotoAsync($"/acme/webhooks/endpoints/{id}");
        var note = visit.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Disabled: nothing is sent" });
        await Assertions.Expect(note).ToContainTextAsync("Somebody disabled it.");
        await visit.Picture("endpoint-disabled");

        await note.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();

        await Assertions.Expect(note).ToHaveCountAsync(0);
        await Assertions.Expect(visit.Page.GetByText("Active", new() { Exact = true })).ToBeVisibleAsync();
        visit.ShouldBeClean();
    }

    /// <summary>One that nothing is sent to: no deal is of its partner.</summary>
    private async Task<string> Create()
    {
        var id = portal.Fresh("endpoint");
        await _api.Post(
            "endpoints",
            new
            {
                id,
                url = "https://old.example/hooks",
                types = new[] { "deal.*" },
                partner = "nobody",
                order = "fifo",
            }
        );
        return id;
    }
}
