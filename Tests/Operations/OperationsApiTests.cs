using System.Net.Http.Json;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Tests.Http;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Operations;

/// <summary>What operators see of the installation as a whole, and that it is true.</summary>
[Collection<OperatedCollection>]
public sealed class OperationsApiTests(OperatedGateway operated)
{
    private const string Path = "/api/operations";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Partner)]
    [InlineData(Role.Integration)]
    [InlineData(Role.PartnerManager)]
    [InlineData(Role.EcosystemAdmin)]
    public async Task OfOneEcosystem_NobodySeesTheInstallation_NorChangesItsLog(Role? role)
    {
        using var client = operated.As(role);
        var expected = role is null ? 401 : 403;

        using var seen = await client.GetAsync(Path, Cancellation);
        using var changed = await client.PutAsJsonAsync($"{Path}/log-levels", Level("Orleans"), Cancellation);

        ((int)seen.StatusCode).ShouldBe(expected);
        ((int)changed.StatusCode).ShouldBe(expected);
        (await seen.Content.ReadAsStringAsync(Cancellation)).ShouldNotContain("silos");
    }

    [Fact]
    public async Task Figures_FollowWhatWasDone()
    {
        var before = await Cluster();
        var ids = Enumerable.Range(0, 5).Select(n => $"figures-{n}").ToList();
        foreach (var id in ids)
        {
            await operated.RegisterPartner(id);
        }

        var after = await Cluster();

        Silo(after).GetProperty("state").GetString().ShouldBe("active");
        Process(after).GetProperty("role").GetString().ShouldBe("Single");
        (Handled(after) - Handled(before)).ShouldBeGreaterThanOrEqualTo(ids.Count);
        (Active(after, "partner") - Active(before, "partner")).ShouldBe(ids.Count);
        Process(after).GetProperty("underWay").GetInt64().ShouldBeGreaterThanOrEqualTo(0);
        Process(after).GetProperty("memoryBytes").GetInt64().ShouldBeGreaterThan(1024 * 1024);
        (
            after.GetProperty("journal").GetProperty("lastPosition").GetInt64()
            - before.GetProperty("journal").GetProperty("lastPosition").GetInt64()
        ).ShouldBeGreaterThanOrEqualTo(ids.Count);
    }

    [Fact]
    public async Task Readers_ComeToTheEnd_AndTheProcessHasTheirLeases()
    {
        await operated.RegisterPartner("readers");

        await Awaited.Until(
            async () => Readers(await Cluster()).All(reader => reader.GetProperty("lag").GetInt64() == 0),
            "all readers to come to the end of the journal"
        );

        var cluster = await Cluster();
        var name = Process(cluster).GetProperty("name").GetString();
        Readers(cluster)
            .Select(reader => reader.GetProperty("name").GetString())
            .ShouldBe(["fetches", "outbound", "personal-samples-2", "reactions", "read-models-2"]);
        Readers(cluster).ShouldAllBe(reader => reader.GetProperty("holder").GetString() == name);
    }

    [Fact]
    public async Task Commands_AreMeasuredWhileSomebodyLooks()
    {
        await Cluster();
        await operated.RegisterPartner("measured");

        await Awaited.Until(
            async () => (await Cluster()).GetProperty("commands").TryGetProperty("p99Milliseconds", out _),
            "the first measured step"
        );

        var commands = (await Cluster()).GetProperty("commands");
        commands.GetProperty("stepSeconds").GetInt32().ShouldBe(5);
        commands.GetProperty("perSecond").GetDouble().ShouldBeGreaterThan(0);
        commands.GetProperty("p50Milliseconds").GetDouble().ShouldBeInRange(0.02, 6_000);
        commands
            .GetProperty("p99Milliseconds")
            .GetDouble()
            .ShouldBeGreaterThanOrEqualTo(commands.GetProperty("p50Milliseconds").GetDouble());
    }

    [Fact]
    public async Task DeadLetters_AreCountedByEcosystem()
    {
        using var client = operated.Gateway.Client();
        var sender = await operated.Gateway.CreateSource("standard-webhooks");
        var body =
            """{"type":"partner.checklist.completed","timestamp":"2026-11-21T12:00:00Z","data":{"partner":"nobody","item":"x"}}""";
        (await sender.Send(client, body, "msg-dead")).Dispose();

        await Awaited.Until(async () => Letters(await operated.Get(Path), "acme") == 1, "one dead letter");
        Letters(await operated.Get(Path), "purposeful-live").ShouldBe(0);
    }

    [Fact]
    public async Task ALogLevel_IsListedWithItsEnd_AndEndedOnDemand()
    {
        var outcomes = await operated.Send(HttpMethod.Put, $"{Path}/log-levels", Level("Npgsql.Command", minutes: 15));

        outcomes.EnumerateArray().ShouldHaveSingleItem().GetProperty("outcome").GetString().ShouldBe("done");
        var level = Levels(await Cluster()).Single(one => one.GetProperty("category").GetString() == "Npgsql.Command");
        level.GetProperty("level").GetString().ShouldBe("debug");
        (
            level.GetProperty("endsAt").GetDateTimeOffset() - TimeProvider.System.GetUtcNow()
        ).TotalMinutes.ShouldBeInRange(14, 15);
        level.GetProperty("by").GetString().ShouldNotBeNullOrEmpty();

        await operated.Send(HttpMethod.Put, $"{Path}/log-levels", Level("Npgsql.Command", minutes: 0));
        Levels(await Cluster()).ShouldNotContain(one => one.GetProperty("category").GetString() == "Npgsql.Command");
    }

    [Theory]
    [InlineData("", "debug", 5, "category", "request.field-invalid")]
    [InlineData("has space", "debug", 5, "category", "request.field-invalid")]
    [InlineData("Orleans", "loud", 5, "level", "request.field-invalid")]
    [InlineData("Orleans", "debug", 61, "minutes", "request.field-invalid")]
    [InlineData("Orleans", "debug", -1, "minutes", "request.field-invalid")]
    public async Task AWrongWish_NamesFieldAndRule(
        string category,
        string level,
        int minutes,
        string field,
        string code
    )
    {
        using var answer = await operated.Operator.PutAsJsonAsync(
            $"{Path}/log-levels",
            new
            {
                category,
                level,
                minutes,
            },
            Cancellation
        );

        var problem = await answer.ShouldBeProblem(400, code);
        problem.GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task ASiloThatIsNotThere_IsNotFound()
    {
        using var answer = await operated.Operator.PutAsJsonAsync(
            $"{Path}/log-levels",
            new
            {
                category = "Orleans",
                level = "debug",
                minutes = 1,
                silo = "10.0.0.7:1@1",
            },
            Cancellation
        );

        (await answer.ShouldBeProblem(404, "not-found")).GetProperty("field").GetString().ShouldBe("silo");
    }

    private async Task<JsonElement> Cluster() => (await operated.Get(Path)).GetProperty("cluster");

    private static JsonElement Silo(JsonElement cluster) =>
        cluster.GetProperty("silos").EnumerateArray().ShouldHaveSingleItem();

    private static JsonElement Process(JsonElement cluster) => Silo(cluster).GetProperty("process");

    private static long Handled(JsonElement cluster) => Process(cluster).GetProperty("handled").GetInt64();

    private static int Active(JsonElement cluster, string kind) =>
        Process(cluster)
            .GetProperty("active")
            .EnumerateArray()
            .Where(one => one.GetProperty("kind").GetString() == kind)
            .Sum(one => one.GetProperty("count").GetInt32());

    private static List<JsonElement> Readers(JsonElement cluster) =>
        [.. cluster.GetProperty("journal").GetProperty("readers").EnumerateArray()];

    private static List<JsonElement> Levels(JsonElement cluster) =>
        [.. Process(cluster).GetProperty("logLevels").EnumerateArray()];

    private static int Letters(JsonElement operations, string ecosystem) =>
        operations
            .GetProperty("deadLetters")
            .EnumerateArray()
            .Single(one => one.GetProperty("ecosystem").GetString() == ecosystem)
            .GetProperty("count")
            .GetInt32();

    private static object Level(string category, int minutes = 1) =>
        new
        {
            category,
            level = "debug",
            minutes,
        };
}
