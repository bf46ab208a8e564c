using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Browser;

/// <summary>What a partner manager sees happen on a board that is open, and how soon.</summary>
[Collection<BrowserCollection>]
public sealed class LiveBoardTests(PortalBrowser portal, ITestOutputHelper output)
{
    /// <summary>Half of the changes are on the page this soon after their 2xx.</summary>
    private const double MedianMaxMilliseconds = 1_000;
    private const int Rounds = 10;

    private static readonly string[] DiscoveryItems =
    [
        "welcome-package",
        "kickoff-meeting",
        "master-agreement",
        "insurance-evidence",
        "hl7-fhir-experience",
    ];

    [Fact]
    public async Task AWebhook_BringsThePartnerOntoTheOpenBoard_AndAdvancingMovesIt()
    {
        await using var visit = await portal.Open();
        await visit.OpenBoard(find: "moving");
        var (appearing, moving) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var id = portal.Fresh("moving");
            var name = $"Clinic {id}";
            var appears = await visit.Expect(name, "Discovery");
            appearing.Add(await appears.MillisecondsAfter(await portal.RegisterPartner(id, name)));

            foreach (var item in DiscoveryItems)
            {
                await portal.SendWebhook("partner.checklist.completed", $$"""{"partner":"{{id}}","item":"{{item}}"}""");
            }

            var moves = await visit.Expect(name, "Integration");
            moving.Add(await moves.MillisecondsAfter(await portal.Post($"/api/acme/partners/{id}/advance")));
        }

        await visit.Picture("board-live-partners");
        Report("partner webhook to card", appearing);
        Report("partner advance to next column", moving);
        visit.ShouldBeClean();
    }

    [Fact]
    public async Task ADealWebhook_BringsTheDealOntoTheOpenBoard_AndAStageWebhookMovesIt()
    {
        await using var visit = await portal.Open();
        var partner = portal.Fresh("seller");
        await portal.RegisterPartner(partner, $"Seller {partner}");
        await visit.OpenBoard("deals", find: "Hospital");
        var (appearing, moving) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var id = portal.Fresh("deal");
            var customer = $"Hospital {id}";
            var appears = await visit.Expect(customer, "Discovery");
            appearing.Add(
                await appears.MillisecondsAfter(
                    await portal.SendWebhook(
                        "deal.registered",
                        $$"""
                        {"deal":"{{id}}","partner":"{{partner}}","product":"enterprise",
                        "customer":{"name":"{{customer}}","domain":"{{id}}.example"},
                        "amount":{"minor":12500000,"currency":"USD"} }
                        """
                    )
                )
            );

            await portal.Post($"/api/acme/deals/{id}/approve");
            var moves = await visit.Expect(customer, "Integration");
            moving.Add(
                await moves.MillisecondsAfter(
                    await portal.SendWebhook("deal.stage.changed", $$"""{"deal":"{{id}}","phase":"integration"}""")
                )
            );
        }

        await visit.Picture("board-live-deals");
        Report("deal webhook to card", appearing);
        Report("deal stage webhook to next column", moving);
        visit.ShouldBeClean();
    }

    [Fact]
    public async Task WhileTheGatewayIsGone_TheBoardSaysSo_AndCatchesUpAfterwards()
    {
        await using var visit = await portal.Open();
        var id = portal.Fresh("after-crash");
        await visit.OpenBoard(find: id);

        await portal.Gateway.Kill();
        await visit.Mode("reconnecting", 5_000);
        await visit.Picture("board-reconnecting");
        await portal.Gateway.Start();
        await portal.RegisterPartner(id, $"Clinic {id}");

        await visit.Live();
        var appears = await visit.Expect($"Clinic {id}", "Discovery");
        await appears.At();
        visit.Forgive();
    }

    [Fact]
    public async Task WithoutANetwork_TheBoardIsNotCalledLive_AndCatchesUpWithWhatItMissed()
    {
        await using var visit = await portal.Open();
        var id = portal.Fresh("missed");
        await visit.OpenBoard(find: id);

        await visit.Context.SetOfflineAsync(true);
        await visit.Mode("reconnecting", 5_000);
        var appears = await visit.Expect($"Clinic {id}", "Discovery");
        await RegisterAndSeeElsewhere(id);
        var online = await visit.Now();
        await visit.Context.SetOfflineAsync(false);

        await visit.Live();
        (await appears.At()).ShouldBeGreaterThanOrEqualTo(online, "the board showed news while offline");
    }

    [Fact]
    public async Task PausingTheBoard_HoldsChangesBack_AndResumingShowsThem()
    {
        await using var visit = await portal.Open();
        var id = portal.Fresh("paused");
        await visit.OpenBoard(find: id);

        await visit.Indicator.ClickAsync();
        await visit.Mode("paused", 5_000);
        var appears = await visit.Expect($"Clinic {id}", "Discovery");
        await RegisterAndSeeElsewhere(id);
        var resumed = await visit.Now();
        await visit.Indicator.ClickAsync();

        await visit.Live();
        (await appears.At()).ShouldBeGreaterThanOrEqualTo(resumed, "the board moved while paused");
        visit.ShouldBeClean();
    }

    /// <summary>
    /// Registers a partner and waits until a board that is live shows it, and another one after it: by then every board
    /// that listens has been told of the first.
    /// </summary>
    private async Task RegisterAndSeeElsewhere(string id)
    {
        await using var witness = await portal.Open();
        await witness.OpenBoard(find: id);
        foreach (var partner in new[] { id, $"{id}-next" })
        {
            var appears = await witness.Expect($"Clinic {partner}", "Discovery");
            await portal.RegisterPartner(partner, $"Clinic {partner}");
            await appears.At();
        }
    }

    private void Report(string what, List<double> milliseconds)
    {
        milliseconds.Sort();
        var (median, longest) = (milliseconds[milliseconds.Count / 2], milliseconds[^1]);
        output.WriteLine($"{what}: median {median:f0} ms, longest {longest:f0} ms of {milliseconds.Count}");
        median.ShouldBeLessThan(MedianMaxMilliseconds, what);
    }
}
