using EcosystemSilo.Tests.CustomerPrograms;
using Microsoft.Playwright;
using Xunit;

namespace EcosystemSilo.Tests.Browser;

[Collection<BrowserCollection>]
public sealed class OutcomesTests(PortalBrowser portal)
{
    [Fact]
    public async Task OutcomesOfAProgramWithFewPeople_AreSaidToBeWithheld_OnItsPageAndThatOfItsPartner()
    {
        var (partner, program) = (portal.Fresh("partner"), portal.Fresh("program"));
        var caller = new ProgramCaller(portal.Api);
        await caller.Partner(partner);
        await caller.Program(program, partner);
        await using var visit = await portal.Open();

        foreach (var path in new[] { $"programs/{program}", $"partners/{partner}" })
        {
            await visit.Page.GotoAsync($"/acme/{path}");
            var outcomes = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Outcomes" });
            await Assertions
                .Expect(outcomes)
                .ToContainTextAsync("in none of these weeks are there 11 people or more", new() { Timeout = 30_000 });
        }

        visit.ShouldBeClean();
    }
}
