using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Tests.Engines;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Reactions;

/// <summary>Every part of a batch is applied, ignored or a dead letter: accepted is the sum of the three.</summary>
public sealed class BatchTests
{
    private static readonly SourceId Source = new("hubspot");
    private static readonly GrainKey Batch = DeliveryKey.Of(TestSilo.Acme, new DeliveryId("hubspot.batch-1"));
    private static readonly RegisterPartner Register = new("St Mary", new CategoryId("medical-device"));

    [Fact]
    public async Task APartWithACommand_TakesEffect()
    {
        await using var silo = await Silos.On(new MemoryDisk());

        await silo.Accept(Batch, new ReceiveDelivery(Source, [Part("p-1", Register), Part("p-2", Register)]));

        (await Exists<PartnerView>(silo, Partner("p-1"))).Name.ShouldBe("St Mary");
        (await Exists<PartnerView>(silo, Partner("p-2"))).Name.ShouldBe("St Mary");
    }

    [Fact]
    public async Task APartThatWasNotMapped_IsADeadLetterOfItsOwn()
    {
        var reason = new Refusal(Refusals.MappingInvalid, "No such stage.", "dealstage");
        await using var silo = await Silos.On(new MemoryDisk());

        await silo.Accept(Batch, new ReceiveDelivery(Source, [new DeliveryPart(Event(0), Command: null, reason)]));

        var letter = await Exists<DeliveryView>(silo, Own(0));
        (letter.Status, letter.Reason, letter.Event).ShouldBe((DeliveryStatus.Dead, reason, Event(0)));
    }

    [Fact]
    public async Task APartThatNothingIsMappedTo_IsIgnoredVisibly()
    {
        await using var silo = await Silos.On(new MemoryDisk());

        await silo.Accept(
            Batch,
            new ReceiveDelivery(Source, [new DeliveryPart(Event(0), Command: null, Reason: null)])
        );

        (await Exists<DeliveryView>(silo, Own(0))).Status.ShouldBe(DeliveryStatus.Ignored);
    }

    [Fact]
    public async Task APartThatIsRefused_IsADeadLetter_AndTheOthersGoOn()
    {
        await using var silo = await Silos.On(new MemoryDisk());

        await silo.Accept(
            Batch,
            new ReceiveDelivery(
                Source,
                [Part("p-1", Register), Part("nobody", new CompleteItem(new ItemId("kickoff"))), Part("p-2", Register)]
            )
        );

        (await Exists<DeliveryView>(silo, Own(1))).Reason.ShouldNotBeNull().Code.ShouldBe(Refusals.NotFound);
        await Exists<PartnerView>(silo, Partner("p-1"));
        await Exists<PartnerView>(silo, Partner("p-2"));
    }

    [Theory]
    [InlineData("acme/partner/p-9", "no.such-command", "{}")]
    [InlineData("acme/partner/p-9", "partner.register", "{\"name\":7}")]
    [InlineData("acme/partner/p-9", "partner.register", "null")]
    [InlineData("acme/no-such-kind/p-9", "partner.register", "{\"name\":\"St Mary\",\"category\":\"bank\"}")]
    [InlineData("acme/deal/d-9", "account.close", "{\"deal\":\"d-9\"}")]
    [InlineData("no key", "partner.register", "{\"name\":\"St Mary\",\"category\":\"bank\"}")]
    public async Task APartThatNobodyCanHandle_IsADeadLetter_AndTheOthersGoOn(string target, string name, string body)
    {
        var poison = new CommandEnvelope(target, name, 1, JsonDocument.Parse(body).RootElement);
        await using var silo = await Silos.On(new MemoryDisk());
        await silo.Accept(
            DealKey.Of(TestSilo.Acme, new DealId("d-9")),
            new RegisterDeal(new PartnerId("p-1"), new Customer("St Mary", "stmary.org"), new ProductId("enterprise"))
        );

        await silo.Accept(
            Batch,
            new ReceiveDelivery(
                Source,
                [Part("p-1", Register), new DeliveryPart(Event(1), poison, Reason: null), Part("p-2", Register)]
            )
        );

        var letter = await Exists<DeliveryView>(silo, Own(1));
        (letter.Status, letter.Event).ShouldBe((DeliveryStatus.Dead, Event(1)));
        await Exists<PartnerView>(silo, Partner("p-1"));
        await Exists<PartnerView>(silo, Partner("p-2"));
    }

    [Fact]
    public async Task PartsForOneGrain_TakeEffectInTheirOrder()
    {
        ICommand[] commands = [SourceCommands.Change(1), SourceCommands.Rotate(1), SourceCommands.Change(2)];
        await using var silo = await Silos.On(new MemoryDisk());
        await silo.Accept(SourceCommands.Key, SourceCommands.Create);

        var parts = commands.Select((command, n) => Part(n, SourceCommands.Key, command));
        await silo.Accept(Batch, new ReceiveDelivery(Source, [.. parts]));

        var last = SourceCommands.Change(2).Mapping;
        await silo.Until<SourceView>(SourceCommands.Key, source => source.Mapping == last, "the last part");
        (await silo.Events(SourceCommands.Key))
            .Select(e => e.Name)
            .ShouldBe(["source.created", "source.mapping-changed", "source.secret-rotated", "source.mapping-changed"]);
    }

    [Fact]
    public async Task ABatchReadAgainAfterACrash_HasNoSecondEffect()
    {
        var disk = new MemoryDisk();
        var journal = new WatchedJournal(new MemoryJournal(disk, TimeProvider.System))
        {
            Saves = progress => progress.Reader != "reactions",
        };
        await using (var before = await TestSilo.Start(journal: journal))
        {
            DeliveryPart[] parts = [Part("p-1", Register), Part("nobody", new CompleteItem(new ItemId("kickoff")))];
            await before.Accept(Batch, new ReceiveDelivery(Source, parts));
            await Exists<DeliveryView>(before, Own(1));
            await Exists<PartnerView>(before, Partner("p-1"));
        }

        await using var after = await Silos.On(disk);
        var next = Batch with { Id = "hubspot.batch-2" };
        await after.Accept(next, new ReceiveDelivery(Source, [Part("p-3", Register)]));
        await Exists<PartnerView>(after, Partner("p-3"));

        (await after.Events(Partner("p-1"))).Count.ShouldBe(2);
        (await after.Events(Own(1))).Count.ShouldBe(1);
    }

    private static async Task<TView> Exists<TView>(TestSilo silo, GrainKey key)
        where TView : class, IView => await silo.Until<TView>(key, _ => true, "its first event");

    private static DeliveryPart Part(string partner, ICommand command) =>
        Part(
            new SenderEvent($"evt-{partner}", "some.type", Story.Morning, "{}", HashOf(partner)),
            Partner(partner),
            command
        );

    private static DeliveryPart Part(int number, GrainKey target, ICommand command) =>
        Part(Event(number), target, command);

    private static DeliveryPart Part(SenderEvent sent, GrainKey target, ICommand command)
    {
        var wire = Wire.Of(command);
        var body = JsonSerializer.SerializeToElement(command, wire.Json);
        return new DeliveryPart(
            sent,
            new CommandEnvelope(target.ToString(), wire.Name, wire.Version, body),
            Reason: null
        );
    }

    private static SenderEvent Event(int number) =>
        new($"evt-{number}", "some.type", Story.Morning, "{}", HashOf($"{number}"));

    private static string HashOf(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static GrainKey Own(int part) => Batch with { Id = $"{Batch.Id}.{part}" };

    private static GrainKey Partner(string id) => PartnerKey.Of(TestSilo.Acme, new PartnerId(id));
}
