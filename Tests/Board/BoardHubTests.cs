using EcosystemSilo.Gateway.Board;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Tests.Blueprints;
using Microsoft.AspNetCore.SignalR;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Board;

public sealed class BoardHubTests(LiveGateway gateway) : IClassFixture<LiveGateway>
{
    [Fact]
    public async Task AViewer_GetsASnapshot_ThenEveryChange()
    {
        await gateway.Register("live-1");
        await using var viewer = await Connect(LiveGateway.BootstrapKeyText);

        await viewer.Watch("acme", "partners");
        await viewer.Until(board => board.Cards.ContainsKey("live-1"), "the snapshot");
        await gateway.Register("live-2");
        await viewer.Until(board => board.Cards.ContainsKey("live-2"), "the new card");

        viewer.Board.Snapshots.ShouldBe(1);
        viewer.Board.Deltas.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task AViewerThatWasAway_GoesOnFromItsVersion()
    {
        await gateway.Register("away-1");
        var viewer = new BoardViewer();
        await using (var before = await Connect(LiveGateway.BootstrapKeyText, viewer))
        {
            await before.Watch("acme", "partners");
            await before.Until(board => board.Cards.ContainsKey("away-1"), "the snapshot");
        }

        await gateway.Register("away-2");
        await using var after = await Connect(LiveGateway.BootstrapKeyText, viewer);
        await after.Watch("acme", "partners", from: viewer.Version);
        await after.Until(board => board.Cards.ContainsKey("away-2"), "what happened meanwhile");

        viewer.Snapshots.ShouldBe(1);
        viewer.Cards.ShouldContainKey("away-1");
    }

    [Fact]
    public async Task AVersionFromAnotherWorld_GetsASnapshotInTheEnd()
    {
        await gateway.Register("world-1");
        await using var viewer = await Connect(LiveGateway.BootstrapKeyText);

        await viewer.Watch("acme", "partners", from: 1_000_000_000);

        await viewer.Until(board => board.Snapshots == 1, "a snapshot");
    }

    [Fact]
    public async Task AFilter_IsKeptByTheServer()
    {
        await gateway.Register("filter-1", "data-analytics");
        await using var viewer = await Connect(LiveGateway.BootstrapKeyText);
        await viewer.Watch("acme", "partners", new WatchFilter(Category: "data-analytics", Text: "FILTER"));
        await viewer.Until(board => board.Cards.ContainsKey("filter-1"), "the snapshot");

        await gateway.Register("filter-2");
        await gateway.Register("filter-3", "data-analytics");
        await viewer.Until(board => board.Cards.ContainsKey("filter-3"), "the matching card");

        viewer.Board.Cards.Keys.ShouldBe(["filter-1", "filter-3"], ignoreOrder: true);
    }

    [Fact]
    public async Task ANewWatch_ReplacesTheOldOne_AndUnwatchEndsIt()
    {
        await gateway.Register("twice-1");
        await using var viewer = await Connect(LiveGateway.BootstrapKeyText);
        await viewer.Watch("acme", "partners");
        await viewer.Until(board => board.Cards.ContainsKey("twice-1"), "the partners");

        await viewer.Watch("acme", "deals");
        await viewer.Until(board => board.Snapshots == 2, "the deals");
        await gateway.Register("twice-2");
        await gateway.Do(DealKey.Of(new("acme"), new DealId("twice-d")), Deal("twice-1"));
        await viewer.Until(board => board.Cards.ContainsKey("twice-d"), "the deal");
        viewer.Board.Cards.ShouldNotContainKey("twice-2");

        await viewer.Unwatch();
        var version = viewer.Board.Version;
        await using var witness = await Connect(LiveGateway.BootstrapKeyText);
        await witness.Watch("acme", "deals");
        await witness.Until(board => board.Cards.ContainsKey("twice-d"), "the deals");
        foreach (var deal in new[] { "twice-e", "twice-f" })
        {
            await gateway.Do(DealKey.Of(new("acme"), new DealId(deal)), Deal("twice-1"));
            await witness.Until(board => board.Cards.ContainsKey(deal), "a deal that a viewer who watches is told of");
        }

        viewer.Board.Cards.ShouldNotContainKey("twice-e", "nobody watches here any more");
        await viewer.Watch("acme", "partners");
        await viewer.Until(board => board.Cards.ContainsKey("twice-2"), "the partners again");
        viewer.Board.Cards.ShouldNotContainKey("twice-e");
        viewer.Board.Version.ShouldNotBe(version);
    }

    [Fact]
    public async Task APartner_SeesItsOwnCardsOnly()
    {
        await gateway.Register("own-1");
        await gateway.Register("own-2");
        var key = await gateway.Key(Role.Partner, "own-1");
        await using var viewer = await Connect(LiveGateway.TextOf(key));

        await viewer.Watch("acme", "deals");
        await viewer.Until(board => board.Snapshots == 1, "the snapshot");
        await gateway.Do(DealKey.Of(new("acme"), new DealId("own-d2")), Deal("own-2"));
        await gateway.Do(DealKey.Of(new("acme"), new DealId("own-d1")), Deal("own-1"));
        await viewer.Until(board => board.Cards.ContainsKey("own-d1"), "its own deal");

        viewer.Board.Cards.Keys.ShouldBe(["own-d1"]);
    }

    [Theory]
    [InlineData("purposeful-live", "partners", null, "ecosystem-forbidden")]
    [InlineData("nowhere", "partners", null, "ecosystem-forbidden")]
    [InlineData("", "partners", null, "ecosystem-forbidden")]
    [InlineData("acme", "funds", null, "request.field-invalid")]
    [InlineData("acme", "partners", "retirement", "request.field-invalid")]
    public async Task WhatMayNotBeWatched_IsRefusedWithACode(string ecosystem, string kind, string? phase, string code)
    {
        var key = await gateway.Key(Role.Viewer);
        await using var viewer = await Connect(LiveGateway.TextOf(key));

        var refused = await Should.ThrowAsync<HubException>(() =>
            viewer.Watch(ecosystem, kind, new WatchFilter(Phase: phase))
        );

        refused.Message.ShouldStartWith($"{code}: ");
        await viewer.Watch("acme", "partners");
        await viewer.Until(board => board.Snapshots > 0, "the snapshot of what may be watched");
        viewer.Board.Snapshots.ShouldBe(1, "what was refused sent one as well");
    }

    [Fact]
    public async Task ARevokedKey_EndsItsWatch()
    {
        var key = await gateway.Key(Role.Viewer);
        await using var viewer = await Connect(LiveGateway.TextOf(key));
        await viewer.Watch("acme", "partners");
        await viewer.Until(board => board.Snapshots == 1, "the snapshot");

        await gateway.Do(ApiKeyKey.Of(new("acme"), key.Id), new RevokeApiKey());

        await viewer.Closed;
    }

    [Fact]
    public async Task AnExpiredKey_EndsItsConnection()
    {
        var key = await gateway.Key(Role.Viewer, expiresAt: TimeProvider.System.GetUtcNow().AddSeconds(3));
        await using var viewer = await Connect(LiveGateway.TextOf(key));
        await viewer.Watch("acme", "partners");
        await viewer.Until(board => board.Snapshots == 1, "the snapshot");

        await viewer.Closed;
    }

    [Fact]
    public async Task WithoutAKey_NobodyConnects()
    {
        await using var viewer = new HubViewer(gateway.Hub("esk_acme_k1_no-such-secret"));

        await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(viewer.Connect);
    }

    private async Task<HubViewer> Connect(string key, BoardViewer? board = null)
    {
        var viewer = new HubViewer(gateway.Hub(key), board);
        await viewer.Connect();
        return viewer;
    }

    private static RegisterDeal Deal(string partner) =>
        new(
            new PartnerId(partner),
            new Customer("Saint Mary", $"{Guid.NewGuid():n}.example.org"),
            new ProductId(ShippedBlueprints.Acme.Products[0].Id)
        );
}
