using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Interfaces.Sources;

namespace EcosystemSilo.Tests.Simulation.Lives;

/// <summary>
/// A sender of webhooks: single events that are commands, batches, events that nothing is mapped to, and dead letters
/// that somebody replays.
/// </summary>
internal sealed class WebhookLife(World world, BlueprintDocument program, int number) : Life(world, program, number)
{
    public static readonly SourceId Source = new("crm");

    private static readonly Refusal Unmappable = new(Refusals.MappingInvalid, "No stage of this name.");

    private readonly List<GrainKey> _kept = [];
    private int _events;

    public override async Task Live()
    {
        var key = SourceKey.Of(Ecosystem, Source);
        await Clients.Send(key, new CreateSource("CRM", "standard-webhooks", new SourceMapping(), AnySecret()));
        while (!World.IsOver)
        {
            await Wait(days: 2);
            await (
                Luck.Next(30) == 0
                    ? Clients.Send(key, new RotateSecret(AnySecret(), TimeSpan.FromDays(1)))
                    : Task.WhenAll(Several(Deliver))
            );
        }
    }

    private Task Deliver() =>
        Luck.Next(10) switch
        {
            < 3 => Apply(),
            3 => Keep(new IgnoreDelivery(Source, AnyEvent())),
            4 => Keep(new BuryDelivery(Source, AnyEvent(), Unmappable)),
            < 8 => Keep(new ReceiveDelivery(Source, [.. Enumerable.Range(0, Luck.Next(2, 6)).Select(_ => AnyPart())])),
            _ => Replay(),
        };

    private Task Apply()
    {
        var (target, command) = AnyMapped();
        return Send(target, command);
    }

    private async Task Keep(ICommand delivery)
    {
        var key = DeliveryKey.Of(Ecosystem, new DeliveryId($"in-{++_events}"));
        if (await Send(key, delivery) is Accepted && delivery is not ReceiveDelivery)
        {
            _kept.Add(key);
        }
    }

    private Task Replay() =>
        _kept.Count == 0
            ? Task.CompletedTask
            : Clients.Send(Any(_kept), new RecordReplay(Luck.Next(2) == 0 ? Unmappable : null));

    private Task<Reply?> Send(GrainKey key, ICommand command) =>
        Clients.Send(key, command, new Sender(SourceKey.Scope(Ecosystem, Source), SourceKey.Actor(Source)));

    private DeliveryPart AnyPart()
    {
        var sent = AnyEvent();
        if (Luck.Next(4) == 0)
        {
            return new DeliveryPart(sent, Command: null, Luck.Next(2) == 0 ? Unmappable : null);
        }

        var (target, command) = AnyMapped();
        var wire = Wire.Of(command);
        var body = JsonSerializer.SerializeToElement(command, wire.Json);
        return new DeliveryPart(sent, new CommandEnvelope(target.ToString(), wire.Name, wire.Version, body), null);
    }

    private (GrainKey Target, ICommand Command) AnyMapped()
    {
        var partner = AnyPartner();
        var phase = Any(Program.PartnerPhases);
        return Luck.Next(3) == 0 || phase.Checklist.Count == 0
            ? (
                DealKey.Of(Ecosystem, new DealId($"{partner}.d-0")),
                new ChangeDealAmount(new Money(Luck.Next(1_000_000), Program.Currency))
            )
            : (PartnerKey.Of(Ecosystem, partner), new CompleteItem(new ItemId(Any(phase.Checklist).Id)));
    }

    private SenderEvent AnyEvent()
    {
        var id = $"part-{Number}.{++_events}";
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
        return new SenderEvent(id, "deal.stage-changed", About(TimeSpan.Zero), "{}", hash);
    }
}
