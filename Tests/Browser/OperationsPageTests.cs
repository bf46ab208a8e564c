using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Browser;

/// <summary>The page of those who look after the installation, and that it is theirs alone.</summary>
[Collection<BrowserCollection>]
public sealed class OperationsPageTests(PortalBrowser portal)
{
    [Fact]
    public async Task AnOperator_SeesTheInstallation_LooksIntoAGrain_AndPutsItOutOfMemory()
    {
        var id = portal.Fresh("operated");
        await portal.RegisterPartner(id, $"Clinic {id}");
        await using var visit = await portal.Open(width: 1280);

        await visit.Page.GotoAsync("/acme/board/partners");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Operations" }).ClickAsync();
        await Live(visit);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Silos" })).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("1 of 1");
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("Follow-up commands");

        await visit.Page.GetByLabel("Id of a grain").FillAsync(id);
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.GetByLabel("The grain's state")).ToContainTextAsync($"Clinic {id}");
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("In memory");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).ClickAsync();
        await visit.Page.GetByLabel("Why").FillAsync("a look at what happens");
        await visit.Page.Keyboard.PressAsync("Enter");

        await Assertions
            .Expect(visit.Page.Locator("main"))
            .ToContainTextAsync("Not in memory", new() { Timeout = 15_000 });
        visit.ShouldBeClean();
    }

    [Fact]
    public async Task ALogLevel_IsChangedAndEndedOnThePage()
    {
        await using var visit = await portal.Open(width: 1280);
        await visit.Page.GotoAsync("/acme/operations");
        await Live(visit);

        await visit.Page.GetByLabel("Category").FillAsync("Orleans.Streams");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();
        var end = visit.Page.GetByRole(AriaRole.Button, new() { Name = "End Orleans.Streams" });
        await Assertions.Expect(end).ToBeVisibleAsync();
        await end.ClickAsync();

        await Assertions.Expect(end).ToHaveCountAsync(0);
        visit.ShouldBeClean();
    }

    [Fact]
    public async Task WhenTheServerDoesNotAnswer_ThePageSaysHowOldItsFiguresAre()
    {
        await using var visit = await portal.Open(width: 1280);
        await visit.Page.GotoAsync("/acme/operations");
        await Live(visit);

        await visit.Context.RouteAsync("**/api/operations", route => route.AbortAsync());

        var mark = visit.Page.GetByTestId("freshness");
        await Assertions.Expect(mark).ToContainTextAsync("Stale since");
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("1 of 1");
        await visit.Picture("operations-stale");
        await visit.Context.UnrouteAllAsync();
        await Live(visit);
        visit.Forgive();
    }

    [Theory]
    [InlineData("partner", false, "Not for this role")]
    [InlineData("partner-manager", false, "Not for this role")]
    [InlineData("ecosystem-admin", true, "Find a grain")]
    public async Task OfOneEcosystem_NobodySeesTheInstallation(string role, bool hasEntry, string shown)
    {
        var partner = role == "partner" ? portal.Fresh("own") : null;
        if (partner is not null)
        {
            await portal.RegisterPartner(partner, $"Clinic {partner}");
        }

        using var issued = await portal.Api.PostAsJsonAsync(
            "/api/acme/keys",
            new
            {
                name = portal.Fresh("key"),
                role,
                partner,
            },
            TestContext.Current.CancellationToken
        );
        var key = JsonElement.Parse(await issued.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await using var visit = await portal.Open(width: 1280, signedIn: false);
        await visit.SignIn(key.GetProperty("key").GetString()!);

        (await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Operations" }).CountAsync()).ShouldBe(
            hasEntry ? 1 : 0
        );
        await visit.Page.GotoAsync("/acme/operations");
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync(shown);
        (await visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Silos" }).CountAsync()).ShouldBe(0);
        visit.ShouldBeClean();
    }

    [Theory]
    [InlineData(360, false)]
    [InlineData(360, true)]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    public async Task AtBothWidthsAndInBothColours_NothingIsCutOff(int width, bool dark)
    {
        var id = portal.Fresh("cut");
        await portal.RegisterPartner(id, $"Clinic {id}");
        await using var visit = await portal.Open(width, height: 900, dark);
        await visit.Page.GotoAsync("/acme/operations");
        await Live(visit);
        await visit.Page.Locator("[role=img] svg").First.WaitForAsync(new() { Timeout = 15_000 });
        // Tall enough for all of it, so that a picture has all of it, too.
        await visit.Page.SetViewportSizeAsync(width, 2_600);
        await ShouldFit(visit, $"operations-{width}-{(dark ? "dark" : "light")}");

        await visit.Page.GotoAsync($"/acme/operations/grains/partner/{id}");
        await visit.Page.GetByLabel("The grain's state").WaitForAsync();
        await ShouldFit(visit, $"grain-{width}-{(dark ? "dark" : "light")}");
        visit.ShouldBeClean();
    }

    /// <summary>
    /// Neither the page nor the rail scrolls sideways, and no text is wider than what it stands in unless that scrolls.
    /// </summary>
    private static async Task ShouldFit(Visit visit, string picture)
    {
        await visit.Page.EvaluateAsync(
            "() => { for (const d of document.querySelectorAll('details')) d.open = true; }"
        );
        var found = await visit.Page.EvaluateAsync<JsonElement>(
            """
            () => {
              const scrolls = (e) => /auto|scroll/.test(getComputedStyle(e).overflowX);
              const inScroller = (e) => e && e.id !== "content" && (scrolls(e) || inScroller(e.parentElement));
              const cut = [...document.querySelectorAll("main *, nav *")].filter((e) => {
                const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
                if (!own || e.closest("svg, .visually-hidden, select") || inScroller(e)) return false;
                const range = document.createRange();
                range.selectNodeContents(e);
                const text = range.getBoundingClientRect();
                const isOutside = text.right > innerWidth + 0.5 || text.left < -0.5;
                return text.width > 1 && (isOutside || (e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1));
              });
              return {
                sideways: document.documentElement.scrollWidth - innerWidth,
                content: document.getElementById("content").scrollWidth - document.getElementById("content").clientWidth,
                cut: cut.map((e) => `${e.tagName} ${e.className} '${e.textContent.slice(0, 40)}'`),
              };
            }
            """
        );
        await visit.Picture(picture);
        found.GetProperty("sideways").GetInt32().ShouldBeLessThanOrEqualTo(0);
        found.GetProperty("content").GetInt32().ShouldBeLessThanOrEqualTo(0);
        found.GetProperty("cut").EnumerateArray().Select(one => one.GetString()).ShouldBeEmpty();
    }

    private static Task Live(Visit visit) =>
        Assertions.Expect(visit.Page.GetByTestId("freshness")).ToHaveTextAsync("Live", new() { Timeout = 15_000 });
}
