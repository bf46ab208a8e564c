using EcosystemSilo.Tests.CustomerPrograms;
using Microsoft.Playwright;
using Xunit;

namespace EcosystemSilo.Tests.Browser;

[Collection<BrowserCollection>]
public sealed class ProgramPageTests(PortalBrowser portal)
{
    [Fact]
    public async Task AProgramIsCreatedWithoutATemplate_AndSaysWhenEnrolmentOpens()
    {
        var id = portal.Fresh("runner");
        await portal.RegisterPartner(id, $"Runner {id}");
        await using var visit = await portal.Open();
        var page = visit.Page;
        await page.GotoAsync("/acme/programs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create program" }).First.ClickAsync();
        var form = page.GetByRole(AriaRole.Dialog);
        await form.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await Assertions.Expect(form).ToContainTextAsync("Choose the partner that runs it.");
        await visit.Picture("program-create");

        await form.GetByLabel("Name of the program").FillAsync($"Wellness {id}");
        await form.GetByRole(AriaRole.Textbox, new() { Name = "Customer", Exact = true }).FillAsync("Northwind");
        await form.GetByLabel("Customer's domain").FillAsync("northwind.example");
        await form.GetByRole(AriaRole.Combobox, new() { Name = "Partner" }).FillAsync(id);
        await page.GetByRole(AriaRole.Option, new() { Name = $"Runner {id}" }).ClickAsync();
        await form.GetByRole(AriaRole.Combobox, new() { Name = "Type" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Employer wellness" }).ClickAsync();
        await form.GetByLabel("Youngest age").FillAsync("18");
        await form.GetByLabel("Goal: steps a day").FillAsync("8000");
        await form.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"Wellness {id}" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("at least 18 years old")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("8,000 steps a day")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Enrolment opens in Launch")).ToBeVisibleAsync();
        visit.ShouldBeClean();
    }

    [Fact]
    public async Task APersonIsEnrolledByTheirCode_AndAWrongCodeIsRefusedAtItsField()
    {
        var (program, partner, person) = (portal.Fresh("program"), portal.Fresh("runner"), portal.Fresh("wearer"));
        var api = new ProgramCaller(portal.Api);
        await api.Partner(partner);
        await api.Program(program, partner);
        await api.AdvanceTo(program, "launch");
        await api.Person(person);
        var code = await api.Invite(program, usesMax: 1);
        await using var visit = await portal.Open();
        var page = visit.Page;
        await page.GotoAsync($"/acme/programs/{program}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enrol a person" }).ClickAsync();
        var form = page.GetByRole(AriaRole.Dialog);
        await form.GetByLabel("Person's id").FillAsync(person);
        await form.GetByLabel("Invitation code").FillAsync("NOT-THE-CODE");
        await form.GetByRole(AriaRole.Button, new() { Name = "Enrol", Exact = true }).ClickAsync();
        await Assertions.Expect(form).ToContainTextAsync("No invitation has this code.");
        await visit.Picture("program-enrol");
        visit.Forgive();

        await form.GetByLabel("Invitation code").FillAsync(code);
        await form.GetByRole(AriaRole.Button, new() { Name = "Enrol", Exact = true }).ClickAsync();

        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = person });
        await Assertions.Expect(row).ToContainTextAsync("Takes part", new() { Timeout = 30_000 });
        await Assertions.Expect(page.GetByText("Enrolments (1)")).ToBeVisibleAsync();
        visit.ShouldBeClean();
    }
}
