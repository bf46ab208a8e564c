using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Accounts;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Silo.Projections;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Projections;

public sealed class DeliveryCountTests
{
    private const string Actor = "source:crm";

    private static readonly EcosystemId Acme = SeededEcosystem.Acme;
    private static readonly SourceId Crm = new("crm");
    private static readonly DateTimeOffset Monday = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private readonly SeededEcosystem ecosystem = new(seed: 1);
    private readonly ReadModels models = new(new ManualClock());

    [Fact]
    public void ACommandIsCountedOnce_HoweverManyEventsItHas()
    {
        Ask(PartnerKey.Of(Acme, new PartnerId("p-1")), Register());
        Ask(PartnerKey.Of(Acme, new PartnerId("p-2")), Register());

        ecosystem.Events.Count.ShouldBe(4);
        Counts().Applied.ShouldBe(2);
    }

    [Fact]
    public void WhatOthersAsk_IsNotCounted()
    {
        Ask(PartnerKey.Of(Acme, new PartnerId("p-1")), Register(), actor: "key:k-1");
        Ask(PartnerKey.Of(Acme, new PartnerId("p-2")), Register(), actor: "source:other");

        Counts().ShouldBe(new DeliveryCounts(0, 0, 0, 0, 0, 0));
    }

    [Fact]
    public void TheAccountsAnswers_AreNotTheSourcesCommands()
    {
        var deal = DealKey.Of(Acme, new DealId("d-1"));
        Ask(
            deal,
            new RegisterDeal(new PartnerId("p-1"), new Customer("Saint Mary", "stmary.org"), Product(), Amount: null)
        );
        Happen(
            AccountKey.Of(Acme, "stmary.org", Product()),
            new AccountProtected(new DealId("d-1"), new PartnerId("p-1"), Monday)
        );
        Ask(deal, new ConfirmProtection(Monday));

        Counts().Applied.ShouldBe(1);
    }

    [Fact]
    public void WhatFollowsFromTheSourcesCommands_IsNotOneOfThem()
    {
        var partner = PartnerKey.Of(Acme, new PartnerId("p-1"));
        var registered = ecosystem.Ask(partner, Register(), Actor);
        models.Fold([.. registered.Select(one => one with { CommandId = $"1371/{partner}/partner.register" })]);

        Counts().Applied.ShouldBe(0);
    }

    [Fact]
    public void DeliveriesThatAreNoCommand_AreCountedByTheirFate_AndListed()
    {
        Happen(Delivery("batch"), new DeliveryReceived(Crm, [], Monday));
        Happen(Delivery("unknown"), new DeliveryIgnored(Crm, Event("invoice.paid"), Monday));
        Happen(Delivery("dead"), Buried());
        Happen(Delivery("mended"), Buried());
        Happen(
            Delivery("mended"),
            new DeliveryReplayRefused(new Refusal("not-found", "Still unknown"), Monday, "test")
        );
        Happen(Delivery("mended"), new DeliveryReplayed(Monday, "test"));

        Counts().ShouldBe(new DeliveryCounts(0, 0, 1, 1, 1, 0));
        var cards = Find(new DeadLetterQuery()).Items;
        cards.Select(card => card.Id).ShouldBe(["mended", "dead", "unknown"]);
        cards[0].Replays.ShouldBe(2);
        cards[0].Reason!.Message.ShouldBe("Still unknown");
        Find(new DeadLetterQuery(Status: DeliveryStatus.Dead)).Items.Single().Id.ShouldBe("dead");
        Find(new DeadLetterQuery(Source: new SourceId("other"))).Total.ShouldBe(0);
    }

    [Fact]
    public void RepeatsAreCountedByTheirReceiver()
    {
        var sources = new SourceList(models);
        sources.CountRepeat(Acme, Crm);
        sources.CountRepeat(Acme, Crm);

        sources.Counts(Acme, Crm).Repeated.ShouldBe(2);
        sources.Counts(Acme, new SourceId("other")).Repeated.ShouldBe(0);
    }

    [Fact]
    public void TheOldestDeadLetters_DropOutOfTheList_NotOutOfTheCount()
    {
        const int buried = ProjectionLimits.DeliveriesListedMax + 1;
        for (var delivery = 0; delivery < buried; delivery++)
        {
            Happen(Delivery($"x-{delivery}"), Buried());
        }

        var page = Find(new DeadLetterQuery());
        page.Total.ShouldBeLessThanOrEqualTo(ProjectionLimits.DeliveriesListedMax);
        page.Items[0].Id.ShouldBe($"x-{buried - 1}");
        Counts().DeadLettered.ShouldBe(buried);
        models.TakeUnsaved().Rows["acme/delivery/x-0"].ShouldBeNull();
    }

    [Fact]
    public void ASourcesCard_ShowsHintsOfItsSecrets_AndNeverThemselves()
    {
        var key = SourceKey.Of(Acme, Crm);
        Happen(key, new SourceCreated("CRM", "hubspot-v3", new SourceMapping(), Secret("sealed-1", "aaaa", Monday)));
        Happen(key, new SecretRotated(Secret("sealed-2", "bbbb", Monday.AddDays(1)), Monday.AddDays(2)));

        var card = new SourceList(models).Find(Acme, new PageRequest(10)).Items.Single();
        card.Secrets.ShouldBe([
            new SecretHint("bbbb", Monday.AddDays(1), null),
            new SecretHint("aaaa", Monday, Monday.AddDays(2)),
        ]);
        var saved = RowJson.Write(models.TakeUnsaved().Rows["acme/source/crm"]!);
        System.Text.Encoding.UTF8.GetString(saved.Span).ShouldNotContain("sealed-");
    }

    private Page<DeadLetterCard> Find(DeadLetterQuery query) =>
        new DeliveryList(models).Find(Acme, query, new PageRequest(10));

    private DeliveryCounts Counts() => new SourceList(models).Counts(Acme, Crm);

    private void Ask(GrainKey key, ICommand command, string actor = Actor) =>
        models.Fold(ecosystem.Ask(key, command, actor));

    private void Happen(GrainKey key, IEvent happened) => models.Fold(ecosystem.Record(key, Actor, happened));

    private static GrainKey Delivery(string id) => DeliveryKey.Of(Acme, new DeliveryId(id));

    private static DeliveryBuried Buried() =>
        new(Crm, Event("deal.registered"), new Refusal("not-found", "There is no such partner"), Monday);

    private static SenderEvent Event(string type) => new("e-1", type, Monday, "{}", "aGFzaA==");

    private static SealedSecret Secret(string text, string hint, DateTimeOffset at) => new(text, hint, at);

    private static RegisterPartner Register() => new("North Clinic", new CategoryId("medical-device"));

    private static ProductId Product() => new(Tests.Blueprints.ShippedBlueprints.Acme.Products[0].Id);
}
