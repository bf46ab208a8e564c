using System.Net;
using System.Text.Json;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Tests.CustomerPrograms;
using EcosystemSilo.Tests.Http;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Outcomes;

/// <summary>From deliveries of people's wearables to the outcomes of their programs, on the whole service.</summary>
public sealed class OutcomesApiTests(OutcomesGateway gateway) : IClassFixture<OutcomesGateway>
{
    private static readonly string[] Walkers = ["ada", "bob", "cy"];
    private static readonly string[] Strollers = ["dee", "eve"];
    private static readonly string[] Silent = ["fay", "gus"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AProgramsWeeks_AreShownAsGroupsDo_AndWithoutWhoeverTakesTheirConsentBack()
    {
        await gateway.Join("m-2", "hal", await gateway.Launched("m-2"));
        await gateway.SixWeeksOf("m-1", [.. Walkers, .. Strollers, .. Silent]);
        await gateway.Walk(Strollers, [4_000, 4_000, 4_000]);
        await gateway.Walk(Walkers, [6_000, 6_000, 9_000, 9_000]);

        // The last of what was delivered.
        var shown = await Until("programs/m-1", week: 3, "active", 43);

        Text(shown, 0, "active").ShouldBe("71", "five of seven");
        Text(shown, 0, "steps").ShouldBe("5200", "three of 6,000 and two of 4,000");
        Text(shown, 0, "stepsChange").ShouldBe("withheld", "there is nothing to compare with yet");
        Text(shown, 2, "steps").ShouldBe("7000");
        Text(shown, 2, "stepsChange").ShouldBe("35", "35,000 against 26,000");
        Text(shown, 2, "sleep").ShouldBe("withheld", "nobody told of any");
        Text(shown, 3, "people").ShouldBe("7");
        Goal(shown, 2).ShouldBe("60", "three of five reach 8,000");
        Goal(shown, 3).ShouldBe("withheld", "all three do");
        Retention(shown, after: 2).ShouldBe("withheld", "all five do");
        Retention(shown, after: 3).ShouldBe("60");
        shown.Number("smallestCell").ShouldBe(2);
        (await gateway.Outcomes("partners/p-1"))
            .GetProperty("weeks")
            .GetRawText()
            .ShouldBe(shown.GetProperty("weeks").GetRawText(), "the one person of the other program is left out");
        Text(await gateway.Outcomes("programs/m-2"), 0, "people").ShouldBe("withheld");

        await gateway.Post("people/cy/consents/withdraw", new { purpose = "coaching", channel = "app" });
        shown = await Until("programs/m-1", week: 3, "people", 6);
        Text(shown, 3, "active").ShouldBe("33", "two of six");
        await gateway.Post("people/gus/erase", new { });
        shown = await Until("programs/m-1", week: 3, "people", 5);
        Text(shown, 3, "active").ShouldBe("40", "two of five");
    }

    [Fact]
    public async Task Outcomes_AreForManagersAndThePartnerItself()
    {
        await gateway.Launched("m-3");
        using var own = await gateway.ClientOf("partner", "p-1");
        using var other = await gateway.ClientOf("partner", "p-2");
        using var viewer = await gateway.ClientOf("viewer");

        foreach (var path in new[] { "programs/m-3", "partners/p-1" })
        {
            var address = $"/api/acme/{path}/outcomes";
            (await own.GetAsync(address, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
            (await other.GetAsync(address, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
            (await viewer.GetAsync(address, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        }
    }

    [Theory]
    [InlineData("from=tomorrow", "from")]
    [InlineData("to=2026-13-01", "to")]
    [InlineData("from=2020-01-06&to=2020-01-12", "from")]
    public async Task APeriodThatCannotBeShown_IsRefusedAtItsField(string query, string field)
    {
        using var response = await gateway.Client.GetAsync($"/api/acme/partners/p-1/outcomes?{query}", Cancellation);

        var problem = await response.ShouldBeProblem(400, FieldCodes.FieldInvalid);
        problem.Text("field").ShouldBe(field);
    }

    private async Task<JsonElement> Until(string path, int week, string figure, int value)
    {
        var shown = default(JsonElement);
        await Awaited.Until(
            async () => Text(shown = await gateway.Outcomes(path), week, figure) == $"{value}",
            $"{figure} of week {week} to be {value}"
        );
        return shown;
    }

    private static string Text(JsonElement shown, int week, string figure) =>
        Text(shown.GetProperty("weeks")[week].GetProperty("figures").GetProperty(figure));

    private static string Goal(JsonElement shown, int week) =>
        Text(shown.GetProperty("weeks")[week].GetProperty("figures").GetProperty("goals")[0].GetProperty("reached"));

    private static string Retention(JsonElement shown, int after) =>
        Text(
            shown
                .GetProperty("retention")
                .EnumerateArray()
                .Single(one => one.Number("after") == after)
                .GetProperty("active")
        );

    /// <summary>Null and withheld, or neither.</summary>
    private static string Text(JsonElement figure) =>
        figure.GetProperty("withheld").GetBoolean() ? WithheldText(figure) : figure.GetProperty("value").GetRawText();

    private static string WithheldText(JsonElement figure)
    {
        figure.GetProperty("value").ValueKind.ShouldBe(JsonValueKind.Null);
        return "withheld";
    }
}
