using System.Net.Http.Json;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Senders.Intake;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks;

/// <summary>What a replay would do is shown first, and nothing happens by it.</summary>
public sealed class DryRunTests(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ADryRun_ShowsTheChange_AndMakesNone()
    {
        using var client = gateway.Client();
        var (letter, _) = await Bury(client, "p-dry");

        var before = await DryRun(client, letter);
        before.GetProperty("refusal").GetProperty("code").GetString().ShouldBe(Refusals.NotFound);

        await Register(client, "p-dry");
        var after = await DryRun(client, letter);

        after.TryGetProperty("refusal", out _).ShouldBeFalse();
        after.GetProperty("target").GetString().ShouldBe("acme/partner/p-dry");
        after.GetProperty("events")[0].GetString().ShouldBe("Completed welcome-package");
        var change = after.GetProperty("changes").EnumerateArray().Single();
        change.GetProperty("path").GetString().ShouldBe("$.lifecycle.checklist");
        (await Version("p-dry")).ShouldBe(2, "registering is two events, and nothing came after");

        using var replayed = await client.PostAsJsonAsync(
            "/api/acme/dead-letters/replay",
            new { ids = new[] { letter } },
            Cancellation
        );
        var results = await replayed.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        results[0].TryGetProperty("refusal", out _).ShouldBeFalse(results.ToString());
        (await Version("p-dry")).ShouldBe(3);
    }

    [Fact]
    public async Task APlanForMany_TellsOfEach_AndOneThatFailsDoesNotKeepTheOthers()
    {
        using var client = gateway.Client();
        var (good, _) = await Bury(client, "p-good");
        var (bad, _) = await Bury(client, "p-never");
        await Register(client, "p-good");
        var ids = new { ids = new[] { bad, good, "in-nothing" } };

        using var planned = await client.PostAsJsonAsync("/api/acme/dead-letters/plan", ids, Cancellation);
        using var replayed = await client.PostAsJsonAsync("/api/acme/dead-letters/replay", ids, Cancellation);

        foreach (var answer in new[] { planned, replayed })
        {
            var letters = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
            letters
                .EnumerateArray()
                .Select(letter =>
                    letter.TryGetProperty("refusal", out var refusal) ? refusal.GetProperty("code").GetString() : null
                )
                .ShouldBe([Refusals.NotFound, null, Refusals.NotFound]);
        }

        (await Version("p-good")).ShouldBe(3);
    }

    /// <summary>A checklist item of a partner that is not registered yet.</summary>
    private async Task<(string Letter, WebhookSender Sender)> Bury(HttpClient client, string partner)
    {
        var sender = await gateway.CreateSource("standard-webhooks");
        var body = $$$"""
            {"type":"partner.checklist.completed","timestamp":"2026-11-21T12:00:00Z","data":{"partner":"{{{partner}}}","item":"welcome-package"}}
            """;
        using var answer = await sender.Send(client, body, $"msg-{partner}");
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("deadLettered");
        var key = DeliveryIds.Of(new SourceId(sender.Source), $"msg-{partner}");
        return (key.Value, sender);
    }

    private static async Task<JsonElement> DryRun(HttpClient client, string letter)
    {
        using var answer = await client.PostAsync(
            $"/api/acme/dead-letters/{letter}/dry-run",
            content: null,
            Cancellation
        );
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    private static async Task Register(HttpClient client, string partner)
    {
        var body = new
        {
            id = partner,
            name = "St Mary",
            category = "medical-device",
        };
        using var answer = await client.PostAsJsonAsync("/api/acme/partners", body, Cancellation);
        ((int)answer.StatusCode).ShouldBe(201);
    }

    private async Task<long> Version(string partner) =>
        (
            await gateway.Grains.Read<PartnerView>(
                PartnerKey.Of(new EcosystemId("acme"), new PartnerId(partner)),
                ReadAt.Newest,
                Cancellation
            )
        )!.Version;
}
