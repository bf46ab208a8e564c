using System.Net;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Senders.Intake;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Tests.Http;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks;

public sealed class WebhooksApiTests : IAsyncLifetime
{
    private const string Registered =
        """{"type":"partner.registered","timestamp":"2026-11-21T12:00:00Z","data":{"partner":"p-1","name":"St Mary","category":"system-integrator"}}""";

    private static readonly EcosystemId Acme = new("acme");
    private readonly RunningGateway _gateway = new();
    private HttpClient _client = null!;

    public ValueTask InitializeAsync()
    {
        _client = _gateway.Client();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task ASignedEvent_IsTheCommandItStandsFor()
    {
        var sender = await _gateway.CreateSource("standard-webhooks");

        (await Outcome(await sender.Send(_client, Registered, "msg_1"))).ShouldBe("applied");

        var partner = await _gateway.Grains.Read<PartnerView>(Partner("p-1"), ReadAt.Newest, Cancellation);
        partner.ShouldNotBeNull().View.Name.ShouldBe("St Mary");
    }

    [Fact]
    public async Task ADealsChangedAmount_IsTakenOver_AndOneWithoutAmountIsADeadLetter()
    {
        var sender = await _gateway.CreateSource("standard-webhooks");
        await sender.Send(_client, Registered, "msg_1");
        await sender.Send(
            _client,
            """{"type":"deal.registered","timestamp":"2026-11-21T12:00:00Z","data":{"deal":"d-1","partner":"p-1","product":"enterprise","customer":{"name":"St Mary","domain":"stmary.org"},"amount":{"minor":100,"currency":"USD"}}}""",
            "msg_2"
        );

        var changed = await sender.Send(
            _client,
            AmountChanged("""{"deal":"d-1","amount":{"minor":250,"currency":"EUR"}}"""),
            "msg_3"
        );
        var without = await sender.Send(_client, AmountChanged("""{"deal":"d-1"}"""), "msg_4");

        (await Outcome(changed)).ShouldBe("applied");
        (await Outcome(without)).ShouldBe("deadLettered");
        var deal = await _gateway.Grains.Read<DealView>(
            DealKey.Of(Acme, new DealId("d-1")),
            ReadAt.Newest,
            Cancellation
        );
        deal.ShouldNotBeNull().View.Amount.ShouldBe(new Money(250, "EUR"));
    }

    private static string AmountChanged(string data) =>
        $$"""{"type":"deal.amount.changed","timestamp":"2026-11-21T12:00:00Z","data":{{data}}}""";

    [Fact]
    public async Task TheSameDeliveryFiftyTimesAtOnce_HasOneEffectAndOnlyGoodAnswers()
    {
        var sender = await _gateway.CreateSource("standard-webhooks");

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => sender.Send(_client, Registered, "msg_1"))
        );

        var outcomes = await Task.WhenAll(answers.Select(Outcome));
        outcomes.Count(outcome => outcome == "applied").ShouldBe(1);
        outcomes.Count(outcome => outcome == "repeated").ShouldBe(49);
        (await _gateway.Grains.Read<PartnerView>(Partner("p-1"), ReadAt.Newest, Cancellation))!.Version.ShouldBe(2);
    }

    [Fact]
    public async Task TheSameIdWithAnotherBody_IsRefusedAlsoWhenItReachesAnotherPartner()
    {
        var sender = await _gateway.CreateSource("standard-webhooks");
        await sender.Send(_client, Registered, "msg_1");

        var other = Registered.Replace("p-1", "p-2", StringComparison.Ordinal);
        var answer = await sender.Send(_client, other, "msg_1");

        await answer.ShouldBeProblem(409, Refusals.IdReused);
        (await _gateway.Grains.Read<PartnerView>(Partner("p-2"), ReadAt.Newest, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task ABodyChangedAfterSigning_IsRefusedAndStoresNothing()
    {
        var sender = await _gateway.CreateSource("standard-webhooks");

        var answer = await sender.Send(_client, Registered, "msg_1", bytes => [.. bytes, (byte)' ']);

        await answer.ShouldBeProblem(401, "webhook.signature-invalid");
        (await _gateway.Grains.Read<PartnerView>(Partner("p-1"), ReadAt.Newest, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task AnEventOfUnknownType_IsAcceptedAndCounted()
    {
        var sender = await _gateway.CreateSource("standard-webhooks");
        var strange = """{"type":"invoice.paid","timestamp":"2026-11-21T12:00:00Z","data":{"invoice":"i-1"}}""";

        (await Outcome(await sender.Send(_client, strange, "msg_1"))).ShouldBe("ignored");
        (await Outcome(await sender.Send(_client, strange, "msg_1"))).ShouldBe("repeated");
    }

    [Fact]
    public async Task AnEventThatTheGrainRefuses_IsADeadLetterUntilItsReplaySucceeds()
    {
        var sender = await _gateway.CreateSource("standard-webhooks");
        var completed =
            """{"type":"partner.checklist.completed","timestamp":"2026-11-21T12:00:00Z","data":{"partner":"p-1","item":"welcome-package"}}""";
        var taken = await sender.Send(_client, completed, "msg_2");
        (await Outcome(taken)).ShouldBe("deadLettered");
        var id = DeliveryIds.Of(new SourceId(sender.Source), "msg_2").Value;
        var letter = await (await _client.GetAsync($"/api/acme/dead-letters/{id}", Cancellation)).Body();
        letter.GetProperty("reason").GetProperty("code").GetString().ShouldBe("not-found");

        var early = await (await _client.Post($"/api/acme/dead-letters/{id}/replay")).Body();
        early.GetProperty("status").GetString().ShouldBe("dead");

        await sender.Send(_client, Registered, "msg_1");
        var late = await (await _client.Post($"/api/acme/dead-letters/{id}/replay")).Body();
        late.GetProperty("status").GetString().ShouldBe("replayed");
        late.GetProperty("replays").GetInt32().ShouldBe(2);
        var partner = await _gateway.Grains.Read<PartnerView>(Partner("p-1"), ReadAt.Newest, Cancellation);
        partner!
            .View.Lifecycle.Checklist.Single(item => item.DoneAt is not null)
            .Item.Value.ShouldBe("welcome-package");
    }

    [Fact]
    public async Task AHubSpotBatch_IsHandedOnPartByPart()
    {
        var native = await _gateway.CreateSource("standard-webhooks");
        await native.Send(_client, Registered, "msg_1");
        var sender = await _gateway.CreateSource(
            "hubspot-v3",
            new
            {
                partner = "p-1",
                product = "enterprise",
                currency = "USD",
                customerName = "Customer {objectId}",
                customerDomain = "customer-{objectId}.example",
                stages = new Dictionary<string, string> { ["qualified"] = "integration", ["closedlost"] = "lost" },
            }
        );

        (await Outcome(await sender.Send(_client, Batch(attempt: 0), "unused"))).ShouldBe("received");
        (await Outcome(await sender.Send(_client, Batch(attempt: 1), "unused"))).ShouldBe("repeated");

        var deal = await Until(DealKey.Of(Acme, new DealId("hubspot-5")), view => view.Lifecycle.Visits.Count == 2);
        deal.Customer.Name.ShouldBe("Customer 5");
        deal = await Until(DealKey.Of(Acme, new DealId("hubspot-5")), view => view.Amount is not null);
        deal.Amount.ShouldBe(new Money(1_250_050, "USD"));
    }

    [Theory]
    [InlineData("U$D")]
    [InlineData("usd")]
    [InlineData("XAU")]
    public async Task AMappingWhoseCurrencyIsNone_IsRefused(string currency)
    {
        using var answer = await _client.Post(
            "/api/acme/sources",
            $$$"""{"name":"CRM","scheme":"hubspot-v3","mapping":{"currency":"{{{currency}}}"}}"""
        );

        await answer.ShouldBeProblem(400, FieldCodes.FieldInvalid);
    }

    [Fact]
    public async Task ABatchForAPartnerThatDoesNotExist_RegistersNoDeal()
    {
        var sender = await _gateway.CreateSource(
            "hubspot-v3",
            new
            {
                partner = "nobody",
                product = "enterprise",
                customerDomain = "customer-{objectId}.example",
            }
        );

        (await Outcome(await sender.Send(_client, Batch(attempt: 0), "unused"))).ShouldBe("received");

        var dead = "";
        for (var tries = 0; tries < 1_000 && !dead.Contains(Refusals.PartnerUnknown, StringComparison.Ordinal); tries++)
        {
            dead = await _client.GetStringAsync("/api/acme/dead-letters", Cancellation);
        }

        dead.ShouldContain(Refusals.PartnerUnknown);

        var deal = await _gateway.Grains.Read<DealView>(
            DealKey.Of(Acme, new DealId("hubspot-5")),
            ReadAt.Newest,
            Cancellation
        );
        deal.ShouldBeNull();
    }

    [Theory]
    [InlineData("/hooks/nowhere/s-1")]
    [InlineData("/hooks/acme/nobody")]
    public async Task AnAddressWithoutASource_IsNotFound(string address)
    {
        var answer = await _client.Post(address, Registered);

        await answer.ShouldBeProblem(404, Refusals.NotFound);
    }

    [Fact]
    public async Task AFiftyMegabyteBody_IsCutOff()
    {
        var sender = await _gateway.CreateSource("standard-webhooks");

        var answer = await sender.Send(_client, new string(' ', 50_000_000), "msg_1");

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static GrainKey Partner(string id) => PartnerKey.Of(Acme, new PartnerId(id));

    private static string Batch(int attempt) =>
        $$"""
            [{"eventId":1,"subscriptionId":2,"portalId":3,"appId":4,"occurredAt":1770000000000,"subscriptionType":"deal.creation","attemptNumber":{{attempt}},"objectId":5,"changeFlag":"CREATED"},
             {"eventId":2,"subscriptionId":2,"portalId":3,"appId":4,"occurredAt":1770000000001,"subscriptionType":"deal.propertyChange","attemptNumber":{{attempt}},"objectId":5,"propertyName":"dealstage","propertyValue":"qualified"},
             {"eventId":3,"subscriptionId":2,"portalId":3,"appId":4,"occurredAt":1770000000002,"subscriptionType":"deal.propertyChange","attemptNumber":{{attempt}},"objectId":5,"propertyName":"amount","propertyValue":"12500.50"}]
            """;

    private static async Task<string> Outcome(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        ((int)answer.StatusCode).ShouldBe(202, text);
        return JsonElement.Parse(text).GetProperty("outcome").GetString()!;
    }

    private async Task<DealView> Until(GrainKey key, Func<DealView, bool> condition)
    {
        var version = 0L;
        for (var tries = 0; tries < 20; tries++)
        {
            var at = new ReadAt(version + 1, TimeSpan.FromSeconds(1));
            var deal = await _gateway.Grains.Read<DealView>(key, at, Cancellation);
            if (deal is not null && condition(deal.View))
            {
                return deal.View;
            }

            version = deal?.Version ?? 0;
        }

        throw new TimeoutException($"{key} did not become what was awaited; it is at version {version}.");
    }
}
