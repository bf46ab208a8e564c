using System.Net.Http.Json;
using System.Net.WebSockets;
using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Board;

/// <summary>A hub connection is worth what its credentials are worth now, whatever its client asks for.</summary>
public sealed class EndedCredentialsTests(LiveGateway gateway) : IClassFixture<LiveGateway>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Role> Roles => [.. Enum.GetValues<Role>()];

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task ARevokedKey_WatchesNothingMore_HoweverOftenItAsks(Role role)
    {
        var key = await gateway.Key(role, role == Role.Partner ? "ended-p" : null);
        await using var viewer = new HubViewer(gateway.Hub(LiveGateway.TextOf(key)));
        await viewer.Connect();
        await viewer.Watch("acme", "partners");
        await viewer.Until(board => board.Snapshots == 1, "the snapshot");
        await gateway.Do(ApiKeyKey.Of(new("acme"), key.Id), new RevokeApiKey());

        await Should.ThrowAsync<Exception>(() => viewer.Watch("acme", "partners"));

        viewer.Board.Snapshots.ShouldBe(1);
        await viewer.Closed;
    }

    [Fact]
    public async Task ARevokedKey_ThatWatchesNothing_LosesItsConnection()
    {
        var key = await gateway.Key(Role.Viewer);
        await using var viewer = new HubViewer(gateway.Hub(LiveGateway.TextOf(key)));
        await viewer.Connect();

        await gateway.Do(ApiKeyKey.Of(new("acme"), key.Id), new RevokeApiKey());

        await viewer.Closed;
    }

    [Fact]
    public async Task SigningOut_EndsTheHubConnectionsOfTheSession()
    {
        var key = LiveGateway.TextOf(await gateway.Key(Role.PartnerManager));
        using var browser = gateway.CreateClient();
        var signedIn = await browser.PostAsJsonAsync("/api/session", new { key }, Cancellation);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        await using var viewer = new HubViewer(gateway.Hub(("Cookie", cookie)));
        await viewer.Connect();
        await viewer.Watch("acme", "partners");
        await viewer.Until(board => board.Snapshots == 1, "the snapshot");

        using var end = new HttpRequestMessage(HttpMethod.Delete, "/api/session");
        end.Headers.Add(SessionCookie.PortalHeader, SessionCookie.PortalValue);
        (await browser.SendAsync(end, Cancellation)).EnsureSuccessStatusCode();

        await Should.ThrowAsync<Exception>(() => viewer.Watch("acme", "partners"));
        await viewer.Closed;
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    public async Task APageOfAnotherOrigin_MayNotConnect(string origin)
    {
        await using var viewer = new HubViewer(
            gateway.Hub((ApiKeyAuthentication.Header, LiveGateway.BootstrapKeyText), ("Origin", origin))
        );

        (await Should.ThrowAsync<WebSocketException>(viewer.Connect)).Message.ShouldContain("403");
    }

    [Fact]
    public async Task APageOfTheServiceItself_MayConnect()
    {
        gateway.StartServer();
        var origin = gateway.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        await using var viewer = new HubViewer(
            gateway.Hub((ApiKeyAuthentication.Header, LiveGateway.BootstrapKeyText), ("Origin", origin))
        );

        await viewer.Connect();
        await viewer.Watch("acme", "partners");
        await viewer.Until(board => board.Snapshots == 1, "the snapshot");
    }
}
