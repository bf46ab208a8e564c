using EcosystemSilo.Tests.Fetching;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Browser;

/// <summary>Which of a person's sources counts first, and asking a sender for what lies in the past.</summary>
[Collection<BrowserCollection>]
public sealed class PersonsSourcesTests(PortalBrowser portal)
{
    private static readonly LocatorAssertionsToContainTextOptions Patiently = new() { Timeout = 30_000 };

    private readonly WearablesOfPeople _wearables = new(portal);

    [Fact]
    public async Task TheOrderOfSources_IsChangedByTheKeyboard_AndKept()
    {
        var person = portal.Fresh("wearer");
        await _wearables.Connect(person);
        var watch = await portal.Gateway.CreateSource("health-connect");
        await _wearables.Post($"people/{person}/streams", new { source = watch.Id });
        await using var visit = await portal.Open();
        var page = visit.Page;
        await page.GotoAsync($"/acme/people/{person}");
        var panel = page.GetByRole(AriaRole.Region, new() { Name = "Which source counts first" });
        var sources = panel.GetByRole(AriaRole.Listitem);

        await panel.GetByRole(AriaRole.Combobox).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Steps" }).ClickAsync();
        var first = await sources.First.GetAttributeAsync("data-source");
        await sources.Last.GetByRole(AriaRole.Button, new() { Name = "up" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(sources.Last).ToHaveAttributeAsync("data-source", first!);
        await Assertions.Expect(sources.First.GetByRole(AriaRole.Button, new() { Name = "down" })).ToBeFocusedAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = "Save the order" }).ClickAsync();
        await Assertions
            .Expect(panel.GetByRole(AriaRole.Button, new() { Name = "Save the order" }))
            .ToHaveCountAsync(0);

        var kept = await portal.Api.GetStringAsync($"/api/acme/people/{person}");
        kept.ShouldContain($$"""{"measure":"steps","sources":["{{watch.Id}}","{{first}}"]}""");
        visit.ShouldBeClean();
    }

    [Fact]
    public async Task AnAuthorisedStream_HasItsPastFetched_AndSaysWhatWaitsAndWhatWasGivenUp()
    {
        const string Token = "token-that-nobody-sees-again";
        var sleepAsked = 0;
        await using var server = await VendorServer.Start(asked =>
            asked.Path.Contains("spo2", StringComparison.Ordinal) ? new Answer(404, "{}")
            : asked.Path.Contains("sleep", StringComparison.Ordinal) && ++sleepAsked > 1 ? new Answer(503, "{}")
            : new Answer(200, """{"data":[],"next_token":null}""")
        );
        var (person, source) = await ConnectRing(server);
        await using var visit = await portal.Open();
        var page = visit.Page;
        await page.GotoAsync($"/acme/streams/{person}~{source}");
        var panel = page.GetByRole(AriaRole.Region, new() { Name = "Asking the sender" });
        await Assertions.Expect(panel).ToContainTextAsync("Not authorised");

        await panel.GetByRole(AriaRole.Button, new() { Name = "Authorise" }).ClickAsync();
        var form = page.GetByRole(AriaRole.Dialog);
        await form.GetByRole(AriaRole.Textbox, new() { Name = "Access token" }).FillAsync(Token);
        await form.GetByRole(AriaRole.Button, new() { Name = "Authorise", Exact = true }).ClickAsync();
        await Assertions
            .Expect(panel.GetByRole(AriaRole.Button, new() { Name = "Authorise again" }))
            .ToBeVisibleAsync();
        await Assertions.Expect(form).ToHaveCountAsync(0);
        (await page.ContentAsync()).ShouldNotContain(Token);

        await page.GetByRole(AriaRole.Button, new() { Name = "Fetch the past" }).ClickAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Fetch it" }).ClickAsync();
        var waiting = panel.GetByRole(AriaRole.List, new() { Name = "Waiting to be fetched" });
        await Assertions.Expect(waiting).ToContainTextAsync("the sender answered 503", Patiently);
        await Assertions.Expect(waiting).ToContainTextAsync("next attempt");
        await Assertions.Expect(panel).ToContainTextAsync("1 given up");
        var past = panel.GetByRole(AriaRole.List, new() { Name = "The past, measure by measure" });
        var oxygen = past.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Oxygen saturation" });
        await Assertions.Expect(oxygen).ToContainTextAsync("Ended too early: the sender answered 404");
        await visit.Picture("stream-fetching");
        visit.ShouldBeClean();
    }

    /// <summary>A person who agreed, and a ring of theirs whose maker is asked on this machine.</summary>
    private async Task<(string Person, string Source)> ConnectRing(VendorServer server)
    {
        var (person, source) = (portal.Fresh("wearer"), portal.Fresh("ring"));
        await _wearables.Post(
            "sources",
            new
            {
                id = source,
                name = "Ring",
                scheme = "oura",
                secret = "an-oura-client-secret-0123456789",
                settings = new { verificationToken = "a-token-of-ours-1", apiAddress = server.Address },
            }
        );
        await _wearables.Register(person);
        await _wearables.Post($"people/{person}/streams", new { source, user = person });
        return (person, source);
    }
}
