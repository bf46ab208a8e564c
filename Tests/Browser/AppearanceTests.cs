using System.Net.Http.Json;
using System.Text.Json;
using EcosystemSilo.LoadTests.Chaos;
using EcosystemSilo.Tests.CustomerPrograms;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Browser;

/// <summary>
/// The pages on small screens, in the dark, with many cards, and for people who use assistive technology.
/// </summary>
[Collection<BrowserCollection>]
public sealed class AppearanceTests(PortalBrowser portal)
{
    private const int ManyPartners = 2_000;

    private async Task<IReadOnlyList<string>> Pages()
    {
        var id = portal.Fresh("look");
        await portal.RegisterPartner(id, $"Clinic {id} with a name that is longer than most names of clinics are");
        await portal.SendWebhook("partner.checklist.completed", """{"partner":"nobody","item":"welcome-package"}""");
        await portal.SendWebhook(
            "deal.registered",
            $$"""
            {"deal":"{{id}}","partner":"{{id}}","product":"enterprise",
            "customer":{"name":"Hospital {{id}}","domain":"{{id}}.example"},"amount":{"minor":12500000,"currency":"USD"} }
            """
        );
        var letters = await portal.Api.GetFromJsonAsync<JsonElement>("/api/acme/dead-letters?limit=1");
        var letter = letters.GetProperty("items")[0].GetProperty("id").GetString();
        var wearables = new WearablesOfPeople(portal);
        var endpoint = portal.Fresh("endpoint");
        await wearables.Post(
            "endpoints",
            new
            {
                id = endpoint,
                url = "https://crm.example",
                partner = id,
            }
        );
        await portal.Post($"/api/acme/endpoints/{endpoint}/disable");
        var program = new ProgramCaller(portal.Api);
        await program.Program(id, id);
        await program.AdvanceTo(id, "launch");
        var person = portal.Fresh("wearer");
        var phone = await wearables.Connect(person);
        await wearables.Send(phone, TimeProvider.System.GetUtcNow());
        return
        [
            "/acme/board/partners",
            "/acme/board/deals",
            "/acme/board/partners?view=table",
            "/acme/partners",
            $"/acme/partners/{id}",
            "/acme/deals",
            $"/acme/deals/{id}",
            "/acme/webhooks",
            "/acme/webhooks/dead-letters",
            $"/acme/webhooks/dead-letters/{letter}",
            "/acme/webhooks/endpoints",
            $"/acme/webhooks/endpoints/{endpoint}",
            "/acme/streams",
            $"/acme/streams/{person}~{phone.Id}",
            $"/acme/people/{person}",
            $"/acme/people/{person}?measure=steps&days=7",
            "/acme/programs",
            $"/acme/programs/{id}",
            "/acme/operations",
            $"/acme/operations/grains/partner/{id}",
        ];
    }

    [Fact]
    public async Task On360Pixels_NoPageScrollsSideways()
    {
        await using var visit = await portal.Open(width: 360, height: 780);
        foreach (var path in await Pages())
        {
            await Show(visit, path);
            await visit.Picture($"360{path.Replace('/', '-').Replace('?', '-')}");
            var width = await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
            width.ShouldBeLessThanOrEqualTo(360, path);
        }

        visit.ShouldBeClean();
    }

    [Fact]
    public async Task InLightAndDark_NoPageHasAnAccessibilityViolation()
    {
        var axe = await File.ReadAllTextAsync(AxeScript());
        await using var visit = await portal.Open();
        foreach (var path in await Pages())
        {
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            await Show(visit, path);
            await visit.Page.EvaluateAsync(axe);
            await Inspect(visit, path, "light");

            // The same page in other colours: what has nothing to do with them has been looked at.
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await Inspect(visit, path, "dark", "color-contrast", "link-in-text-block");
        }

        visit.ShouldBeClean();
    }

    /// <param name="rules">All that axe has when none is named.</param>
    private static async Task Inspect(Visit visit, string path, string scheme, params string[] rules)
    {
        await Assertions.Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("data-mantine-color-scheme", scheme);
        await visit.Picture($"{scheme}{path.Replace('/', '-').Replace('?', '-')}");
        var found = await visit.Page.EvaluateAsync<JsonElement>(
            """
            async (rules) => {
              // Colours that are on their way from one scheme to the other are neither's.
              const moving = document.getAnimations().filter((a) => a.effect.getComputedTiming().iterations < Infinity);
              await Promise.all(moving.map((a) => a.finished.catch(() => undefined)));
              const only = rules.length === 0 ? {} : { runOnly: { type: "rule", values: rules } };
              const results = await window.axe.run({ ...only, resultTypes: ["violations"] });
              return {
                passed: results.passes.length,
                violations: results.violations.map((v) => ({
                  rule: v.id, help: v.help, where: v.nodes.map((n) => `${n.target} ${n.html} ${n.failureSummary}`),
                })),
              };
            }
            """,
            rules
        );
        found.GetProperty("passed").GetInt32().ShouldBeGreaterThan(0, $"{path}: nothing was looked at");
        var violations = found.GetProperty("violations");
        violations.GetArrayLength().ShouldBe(0, $"{path}: {violations}");
    }

    [Fact]
    public async Task InTheDark_ThePageIsDark()
    {
        await using var visit = await portal.Open(dark: true);
        await visit.OpenBoard();
        var scheme = await visit.Page.EvaluateAsync<string>(
            "() => document.documentElement.dataset.mantineColorScheme"
        );
        scheme.ShouldBe("dark");
        var brightness = await visit.Page.EvaluateAsync<double>(
            "() => Math.max(...getComputedStyle(document.body).backgroundColor.match(/[0-9.]+/g).slice(0, 3).map(Number))"
        );
        brightness.ShouldBeLessThan(64, "the page's background is bright");
    }

    [Fact]
    public async Task WithTwoThousandPartners_TheBoardShowsThemAll_AndDrawsFewOfThem()
    {
        // A gateway of its own: on the shared one these cards would push those of other stories out of what is drawn.
        await using var crowded = new PortalBrowser();
        await crowded.InitializeAsync();
        var source = await crowded.Gateway.CreateSource("standard-webhooks");
        var prefix = crowded.Fresh("many");
        using var sender = new Sender(source, Family.Partners(ManyPartners, prefix));
        await sender.Send();
        sender.Acknowledged.ShouldBe(ManyPartners, sender.Answers);
        await using var visit = await crowded.Open();

        await visit.OpenBoard();

        var discovery = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Discovery" });
        var last = visit.Page.Locator("section[aria-label=Discovery] [aria-setsize]").First;
        await Assertions.Expect(discovery).ToBeVisibleAsync();
        await last.WaitForAsync();
        int.Parse((await last.GetAttributeAsync("aria-setsize"))!).ShouldBeGreaterThanOrEqualTo(ManyPartners);
        (await visit.Page.Locator("article").CountAsync()).ShouldBeLessThan(200);
        await visit.Picture("board-2000-light");
        await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await visit.Picture("board-2000-dark");
        visit.ShouldBeClean();
    }

    /// <summary>Opens a page and waits until nothing on it is loading.</summary>
    private static async Task Show(Visit visit, string path)
    {
        await visit.Page.GotoAsync(path);
        await visit.Page.Locator("main").WaitForAsync();
        await visit.Page.WaitForFunctionAsync(
            """
            () => document.querySelectorAll('[aria-label="Loading"], .mantine-Loader-root').length === 0
              && !document.querySelector('[data-mode="connecting"]')
              && document.querySelector('main')?.innerText.length > 20
            """
        );
    }

    private static string AxeScript()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EcosystemSilo.sln")))
        {
            folder = folder.Parent;
        }

        var script = Path.Combine(folder?.FullName ?? "", "Portal", "node_modules", "axe-core", "axe.min.js");
        File.Exists(script)
            .ShouldBeTrue($"{script} is missing. Install Node.js 20.19 or newer and build again, which restores it.");
        return script;
    }
}
