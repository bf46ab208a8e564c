using System.Net;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Tests.Blueprints;
using EcosystemSilo.Tests.Http;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Board;

/// <summary>Lists, timelines and the board over REST, with the real readers behind them.</summary>
public sealed class ReadRoutesTests(LiveGateway gateway) : IClassFixture<LiveGateway>
{
    [Fact]
    public async Task AListOfPartners_IsPagedByACursor()
    {
        for (var partner = 1; partner <= 5; partner++)
        {
            await gateway.Register($"paged-{partner}");
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Get($"/api/acme/partners?q=paged-&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            page.GetProperty("total").GetInt32().ShouldBe(5);
            seen.AddRange(Ids(page));
            cursor = page.GetProperty("nextCursor").GetString();
        } while (cursor is not null);

        seen.ShouldBe(["paged-5", "paged-4", "paged-3", "paged-2", "paged-1"]);
    }

    [Fact]
    public async Task ACursorThatWasTamperedWith_OrTakenFromAnotherList_IsRefused()
    {
        await gateway.Register("cursor-1");
        await gateway.Register("cursor-2");
        var page = await Get("/api/acme/partners?q=cursor-&limit=1");
        var cursor = page.GetProperty("nextCursor").GetString()!;

        foreach (var query in new[] { $"q=cursor-&cursor={cursor[..^1]}~", $"q=other&cursor={cursor}", "cursor=1" })
        {
            var answer = await Client().GetAsync($"/api/acme/partners?{query}", TestContext.Current.CancellationToken);
            await answer.ShouldBeProblem(400, "cursor.invalid");
        }
    }

    [Theory]
    [InlineData("phase=retirement")]
    [InlineData("kind=funds")]
    [InlineData("tier=not%20an%20id")]
    [InlineData("text=%00")]
    public async Task ABoardThatIsNone_IsRefusedWithTheField(string query)
    {
        var answer = await Client().GetAsync($"/api/acme/board?{query}", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Body();
        problem.GetProperty("field").GetString().ShouldBe(query.Split('=')[0]);
    }

    [Fact]
    public async Task ThePartnersTimeline_TellsWhatHappened_NewestFirst()
    {
        await gateway.Register("told-1");

        var page = await Get("/api/acme/partners/told-1/timeline?limit=1");
        page.GetProperty("total").GetInt32().ShouldBe(2);
        var entered = page.GetProperty("items")[0];
        entered.GetProperty("event").GetString().ShouldBe("lifecycle.phase-entered");
        entered.GetProperty("title").GetString().ShouldStartWith("Entered discovery");
        entered.GetProperty("data").GetProperty("phase").GetString().ShouldBe("discovery");

        var cursor = page.GetProperty("nextCursor").GetString();
        var last = await Get($"/api/acme/partners/told-1/timeline?limit=1&cursor={cursor}");
        last.GetProperty("items")[0].GetProperty("event").GetString().ShouldBe("partner.registered");
        last.GetProperty("nextCursor").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task APartner_FindsNothingOfOthers()
    {
        await gateway.Register("mine");
        await gateway.Register("theirs");
        await gateway.Do(Deal("deal-of-mine"), Registration("mine"));
        await gateway.Do(Deal("deal-of-theirs"), Registration("theirs"));
        var key = LiveGateway.TextOf(await gateway.Key(Role.Partner, "mine"));

        foreach (
            var path in new[]
            {
                "/partners",
                "/deals",
                "/board?kind=partners",
                "/board?kind=deals",
                "/partners?q=theirs",
                "/deals?partner=theirs",
                "/deals?q=theirs",
                "/board?text=theirs",
            }
        )
        {
            (await Get($"/api/acme{path}", key)).GetRawText().ShouldNotContain("theirs", customMessage: path);
        }

        Ids(await Get("/api/acme/deals", key)).ShouldBe(["deal-of-mine"]);
        foreach (var path in new[] { "/partners/theirs/timeline", "/deals/deal-of-theirs/timeline" })
        {
            var answer = await gateway.As(key).GetAsync($"/api/acme{path}", TestContext.Current.CancellationToken);
            await answer.ShouldBeProblem(404, Refusals.NotFound);
        }
    }

    [Fact]
    public async Task AnotherEcosystem_IsForbidden()
    {
        var key = LiveGateway.TextOf(await gateway.Key(Role.EcosystemAdmin));

        foreach (var path in new[] { "partners", "deals", "board", "partners/p-1/timeline", "deals/d-1/timeline" })
        {
            var answer = await gateway
                .As(key)
                .GetAsync($"/api/purposeful-live/{path}", TestContext.Current.CancellationToken);
            await answer.ShouldBeProblem(403, "ecosystem-forbidden");
        }
    }

    private static IEnumerable<string> Ids(JsonElement page) =>
        page.GetProperty("items").EnumerateArray().Select(card => card.GetProperty("id").GetString()!);

    private HttpClient Client() => gateway.As(LiveGateway.BootstrapKeyText);

    private async Task<JsonElement> Get(string path, string key = LiveGateway.BootstrapKeyText)
    {
        var answer = await gateway.As(key).GetAsync(path, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await answer.Body();
    }

    private static GrainKey Deal(string id) => DealKey.Of(new("acme"), new DealId(id));

    private static RegisterDeal Registration(string partner) =>
        new(
            new PartnerId(partner),
            new Customer("Saint Mary", $"{partner}.example.org"),
            new ProductId(ShippedBlueprints.Acme.Products[0].Id)
        );
}
