using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Tests.Http;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Operations;

public sealed class PauseApiTests : IAsyncLifetime
{
    private const string Grain = "/api/acme/operations/grains/partner/p-1";
    private const string Because = """{"reason":"moved to the new CRM"}""";

    private readonly RunningGateway _gateway = new();
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _client = _gateway.Client();
        var created = await _client.Post(
            "/api/acme/partners",
            """{"id":"p-1","name":"St Mary","category":"system-integrator"}"""
        );
        ((int)created.StatusCode).ShouldBe(201);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task PausingAndResuming_IsSaidByTheGrain_ToItsCallers_AndInItsTimeline()
    {
        var paused = await _client.Post($"{Grain}/pause", Because, ("Idempotency-Key", "pause-1"));
        var again = await _client.Post($"{Grain}/pause", Because, ("Idempotency-Key", "pause-1"));

        var state = await paused.Body();
        (state.GetProperty("isPaused").GetBoolean(), state.GetProperty("version").GetInt64()).ShouldBe((true, 3));
        state.GetProperty("pause").GetProperty("reason").GetString().ShouldBe("moved to the new CRM");
        (await again.Body()).GetRawText().ShouldBe(state.GetRawText());
        var refused = await _client.Post("/api/acme/partners/p-1/checklist/kickoff/complete");
        await refused.ShouldBeProblem(409, Refusals.GrainPaused);
        (await _client.GetAsync("/api/acme/partners/p-1", Cancellation)).IsSuccessStatusCode.ShouldBeTrue();

        var resumed = await (await _client.Post($"{Grain}/resume")).Body();

        resumed.GetProperty("isPaused").GetBoolean().ShouldBeFalse();
        resumed.TryGetProperty("pause", out _).ShouldBeFalse();
        (await Body($"{Grain}/pause")).GetRawText().ShouldBe(resumed.GetRawText());
        var timeline = (await Body("/api/acme/partners/p-1/timeline")).GetProperty("items").EnumerateArray().ToList();
        timeline
            .Select(entry => entry.GetProperty("event").GetString())
            .Take(2)
            .ShouldBe(["grain.resumed", "grain.paused"]);
        timeline[1].GetProperty("title").GetString()!.ShouldContain("moved to the new CRM");
    }

    [Fact]
    public async Task BadRequests_AreRefusedWithFieldAndRule()
    {
        await (await _client.Post($"{Grain}/pause")).ShouldBeProblem(400, "request.field-missing");
        await (await _client.Post($"{Grain}/pause", """{"reason":"x","until":"tomorrow"}""")).ShouldBeProblem(
            400,
            "request.field-unknown"
        );
        await (await _client.Post("/api/acme/operations/grains/partner/nobody/pause", Because)).ShouldBeProblem(
            404,
            Refusals.NotFound
        );
        await (await _client.Post("/api/acme/operations/grains/spaceship/p-1/resume")).ShouldBeProblem(
            404,
            Refusals.NotFound
        );
        var key = await (await _client.Post("/api/acme/keys", """{"name":"m","role":"partner-manager"}""")).Body();
        using var manager = _gateway.Client(key.GetProperty("key").GetString());
        await (await manager.Post($"{Grain}/pause", Because)).ShouldBeProblem(403, "role-forbidden");
    }

    [Fact]
    public async Task ADeliveryForAPausedGrain_IsKept_AndTakesEffectOnceItIsResumed()
    {
        const string Event =
            """{"type":"partner.checklist.completed","timestamp":"2026-11-21T12:00:00Z","data":{"partner":"p-1","item":"kickoff"}}""";
        var item = await FirstItem();
        var said = Event.Replace("kickoff", item, StringComparison.Ordinal);
        var sender = await _gateway.CreateSource("standard-webhooks");
        await _client.Post($"{Grain}/pause", Because);

        (await Outcome(await sender.Send(_client, said, "msg_1"))).ShouldBe("received");
        (await Outcome(await sender.Send(_client, said, "msg_1"))).ShouldBe("repeated");
        await _client.Post($"{Grain}/resume");

        await Awaited.Until(
            async () =>
                (
                    await _gateway.Grains.Read<PartnerView>(
                        PartnerKey.Of(new EcosystemId("acme"), new PartnerId("p-1")),
                        ReadAt.Newest,
                        Cancellation
                    )
                )!.View.Lifecycle.Checklist.Any(one => one.DoneAt is not null),
            "the item to be completed"
        );
        (await Outcome(await sender.Send(_client, said, "msg_1"))).ShouldBe("repeated");
    }

    private async Task<string> FirstItem()
    {
        var partner = await Body("/api/acme/partners/p-1");
        return partner.GetProperty("checklist")[0].GetProperty("item").GetString()!;
    }

    private async Task<JsonElement> Body(string path) => await (await _client.GetAsync(path, Cancellation)).Body();

    private static async Task<string?> Outcome(HttpResponseMessage response) =>
        (await response.Body()).GetProperty("outcome").GetString();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
