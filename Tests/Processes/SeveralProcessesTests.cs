using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Processes;

/// <summary>Real processes behind a plain proxy: whichever of them is asked, it is one service.</summary>
[Collection<AloneCollection>]
public sealed class SeveralProcessesTests(ThreeProcesses three, ITestOutputHelper output)
    : IClassFixture<ThreeProcesses>
{
    private IReadOnlyList<HttpClient> Clients => [.. three.Cluster.Processes.Select(process => process.Client())];

    [Fact]
    public async Task CommandsThroughChangingProcesses_GiveOneHistory_AndHealTheirConflictsThemselves()
    {
        const int Each = 20;
        var source = await Clients[0]
            .MustCreate("/api/acme/sources", new { name = "CRM", scheme = "standard-webhooks" });

        // All at once: every process decides on a state that the others are changing.
        var answers = await Task.WhenAll(
            Clients.SelectMany(
                (client, process) =>
                    Enumerable
                        .Range(0, Each)
                        .Select(n =>
                            client.Post($"/api/acme/sources/{source}/mapping", new { dealId = $"p{process}-{n}" })
                        )
            )
        );

        answers.Select(answer => answer.StatusCode).ShouldAllBe(status => status == HttpStatusCode.OK);
        var versions = answers.Select(ProcessStories.Version).Order();
        versions.ShouldBe(Enumerable.Range(2, 3 * Each).Select(version => (long)version));
        (await ProcessStories.Violations(three.Cluster.ConnectionString)).ShouldBeEmpty();
        output.WriteLine($"{answers.Length} commands through 3 processes at once: {answers.Length} taken");
    }

    [Fact]
    public async Task AReadOfAtLeastAVersion_SeesWhatAnotherProcessHasJustCommitted()
    {
        var clients = Clients;
        var source = await clients[0]
            .MustCreate("/api/acme/sources", new { name = "ERP", scheme = "standard-webhooks" });
        for (var n = 0; n < 30; n++)
        {
            var (writer, reader) = (clients[n % 3], clients[(n + 1) % 3]);
            var mapping = new { dealId = $"n-{n}" };
            var version = await writer.MustPost($"/api/acme/sources/{source}/mapping", mapping);

            var read = await reader.MustGet($"/api/acme/sources/{source}?atLeast={version}");

            read.GetProperty("version").GetInt64().ShouldBeGreaterThanOrEqualTo(version);
            read.GetProperty("mapping").GetProperty("dealId").GetString().ShouldBe($"n-{n}");
        }
    }

    [Fact]
    public async Task WaitingForTheAccountsWord_Works_WhicheverProcessHandsReactionsOn()
    {
        await Clients[0].RegisterPartner("waiting");
        foreach (var (number, client) in Clients.Index())
        {
            using var answer = await client.Post(
                "/api/acme/deals",
                ProcessStories.Deal($"waiting-{number}", "waiting", $"waiting-{number}.org"),
                prefer: "wait=25"
            );

            var deal = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.Created, deal.ToString());
            deal.GetProperty("protection").GetString().ShouldBe("protected", $"through process {number}");
        }

        var held = await ProcessStories.Sql(three.Cluster.ConnectionString, "SELECT name FROM leases");
        held.Select(name => name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '-'))
            .Order(StringComparer.Ordinal)
            .ShouldBe(["fetches", "outbound", "personal-samples", "reactions", "read-models"]);
    }

    [Fact]
    public async Task AKeyThatIsRevokedThroughOneProcess_IsRefusedByTheOthers()
    {
        using var issued = await Clients[0].Post("/api/acme/keys", new { name = "Short", role = "viewer" });
        var key = await issued.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var (id, text) = (key.GetProperty("id").GetString(), key.GetProperty("key").GetString()!);
        foreach (var process in three.Cluster.Processes)
        {
            (await Status(process, text)).ShouldBe(HttpStatusCode.OK);
        }

        await Clients[1].MustPost($"/api/acme/keys/{id}/revoke");

        foreach (var process in three.Cluster.Processes)
        {
            await Awaited.Until(
                async () => await Status(process, text) == HttpStatusCode.Unauthorized,
                $"{process.Url} to refuse the key"
            );
        }
    }

    [Fact]
    public async Task ASessionBegunWithOneProcess_IsGoodForTheOthers()
    {
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = cookies });
        var first = three.Cluster.Processes[0].Url;
        using var signedIn = await browser.PostAsJsonAsync(
            $"{first}/api/session",
            new { key = GatewayProcess.BootstrapKey },
            TestContext.Current.CancellationToken
        );
        signedIn.EnsureSuccessStatusCode();

        // A cookie knows no ports, as it would know only the proxy's.
        foreach (var process in three.Cluster.Processes)
        {
            (await browser.MustGet($"{process.Url}/api/session")).GetProperty("role").GetString().ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task AViewerOfOneProcess_SeesWhatIsCommittedThroughAnother_AndAllBoardsAgree()
    {
        await using var viewer = new ReconnectingViewer(three.Cluster.Processes[1].Url, "acme", "partners");
        await viewer.Connected();
        foreach (var (number, client) in Clients.Index())
        {
            for (var n = 0; n < 10; n++)
            {
                await client.RegisterPartner($"board-{number}-{n}");
            }
        }

        await viewer.Until(board =>
            board.Cards.Keys.Count(id => id.StartsWith("board-", StringComparison.Ordinal)) == 30
        );
        await Boards.Agree(three.Cluster.Processes);
    }

    [Fact]
    public async Task ThroughTheProxy_ACallersAddressIsItsOwn_AndNotWhatItClaims()
    {
        using var client = new HttpClient { BaseAddress = new Uri(three.Cluster.Proxy.Url) };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        client.DefaultRequestHeaders.Add("X-Api-Key", GatewayProcess.BootstrapKey);

        (await client.MustGet("/api/ecosystems")).GetArrayLength().ShouldBe(2);
        using var large = await client.PostAsync("/api/acme/partners", new ByteArrayContent(new byte[2 * 1024 * 1024]));
        large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    private static async Task<HttpStatusCode> Status(GatewayProcess process, string key)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        using var answer = await client.GetAsync(
            $"{process.Url}/api/acme/partners",
            TestContext.Current.CancellationToken
        );
        return answer.StatusCode;
    }
}
