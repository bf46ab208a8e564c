using System.Net.Http.Json;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Tests.Http;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Operations;

/// <summary>One grain: what it is, what it was, where it is, and putting it out of memory.</summary>
[Collection<OperatedCollection>]
public sealed class GrainsApiTests(OperatedGateway operated)
{
    private const string Grains = "/api/acme/operations/grains";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, 401)]
    [InlineData(Role.Viewer, 403)]
    [InlineData(Role.Partner, 403)]
    [InlineData(Role.Integration, 403)]
    [InlineData(Role.PartnerManager, 403)]
    [InlineData(Role.EcosystemAdmin, 200)]
    public async Task OnlyAdminsOfTheEcosystem_LookIntoItsGrains(Role? role, int expected)
    {
        var id = $"roles-{role}".ToLowerInvariant();
        await operated.RegisterPartner(id);
        using var client = operated.As(role);

        foreach (var path in new[] { Grains, $"{Grains}/partner/{id}", $"{Grains}/partner/{id}/timeline" })
        {
            using var answer = await client.GetAsync(path, Cancellation);
            ((int)answer.StatusCode).ShouldBe(expected, path);
        }

        using var deactivated = await client.PostAsJsonAsync(
            $"{Grains}/partner/{id}/deactivate",
            new { reason = "to see" },
            Cancellation
        );
        ((int)deactivated.StatusCode).ShouldBe(expected);
        using var other = await client.GetAsync($"/api/purposeful-live/operations/grains/partner/{id}", Cancellation);
        ((int)other.StatusCode).ShouldBe(role is null ? 401 : 403);
    }

    [Fact]
    public async Task AGrain_HasItsStateDeadlinesHistoryAndPlace()
    {
        await operated.RegisterPartner("shown");

        var grain = await operated.Get($"{Grains}/partner/shown");
        var history = await operated.Get($"{Grains}/partner/shown/timeline?limit=1");

        grain.GetProperty("version").GetInt64().ShouldBeGreaterThan(0);
        grain.GetProperty("state").GetProperty("name").GetString().ShouldBe("Clinic shown");
        grain.GetProperty("deadlines").EnumerateArray().ShouldNotBeEmpty();
        grain.GetProperty("place").GetString().ShouldBe("active");
        grain.GetProperty("silo").GetString().ShouldNotBeNullOrEmpty();
        var entry = history.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        entry.GetProperty("version").GetInt64().ShouldBe(grain.GetProperty("version").GetInt64());
        entry.GetProperty("actor").GetString().ShouldNotBeNullOrEmpty();
        entry.GetProperty("correlation").GetString().ShouldNotBeNullOrEmpty();
        history.GetProperty("nextCursor").ValueKind.ShouldBe(JsonValueKind.String);
    }

    [Fact]
    public async Task Looking_DoesNotBringAGrainIntoMemory_AndTheNextCommandDoes()
    {
        await operated.RegisterPartner("leaves");

        var told = await operated.Send(
            HttpMethod.Post,
            $"{Grains}/partner/leaves/deactivate",
            new { reason = "it is in the way" }
        );

        told.GetProperty("was").GetString().ShouldBe("active");
        await Awaited.Until(async () => await Place("leaves") == "notActive", "the grain to leave memory");
        await operated.Get($"{Grains}/partner/leaves/timeline");
        (await Place("leaves")).ShouldBe("notActive", "looking brings nothing back");

        using var again = await operated.Operator.GetAsync("/api/acme/partners/leaves", Cancellation);
        again.EnsureSuccessStatusCode();
        (await Place("leaves")).ShouldBe("active");
        var second = await operated.Send(
            HttpMethod.Post,
            $"{Grains}/partner/not-there/deactivate",
            new { reason = "nothing there" }
        );
        second.GetProperty("was").GetString().ShouldBe("notActive");
    }

    [Fact]
    public async Task SecretsOfAGrain_AreShownToNobody()
    {
        var sender = await operated.Gateway.CreateSource("standard-webhooks");

        var shown =
            (await operated.Get($"{Grains}/source/{sender.Source}")).ToString()
            + await operated.Get($"{Grains}/source/{sender.Source}/timeline");

        shown.ShouldContain("•••");
        shown.ShouldContain("\"hint\"");
        foreach (var secret in shown.Split("\"sealed\":").Skip(1))
        {
            secret.ShouldStartWith("\"•••\"");
        }
    }

    [Theory]
    [InlineData("nobody/x", 400, "request.field-invalid")]
    [InlineData("partner/does-not-exist", 404, "not-found")]
    public async Task WhatIsNoGrain_IsRefused(string grain, int status, string code)
    {
        using var answer = await operated.Operator.GetAsync($"{Grains}/{grain}", Cancellation);

        await answer.ShouldBeProblem(status, code);
    }

    [Fact]
    public async Task AnIdThatIsTooLong_IsRefused()
    {
        using var answer = await operated.Operator.GetAsync($"{Grains}/partner/{new string('a', 401)}", Cancellation);

        (await answer.ShouldBeProblem(400, "request.field-invalid")).GetProperty("field").GetString().ShouldBe("id");
    }

    [Fact]
    public async Task Deactivating_NeedsAReason()
    {
        await operated.RegisterPartner("stays");
        using var answer = await operated.Operator.PostAsJsonAsync(
            $"{Grains}/partner/stays/deactivate",
            new { },
            Cancellation
        );

        (await answer.ShouldBeProblem(400, "request.field-missing"))
            .GetProperty("field")
            .GetString()
            .ShouldBe("reason");
        (await Place("stays")).ShouldBe("active");
    }

    private async Task<string?> Place(string partner) =>
        (await operated.Get($"{Grains}/partner/{partner}")).GetProperty("place").GetString();
}
