using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Blueprints;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo;
using EcosystemSilo.Tests.Blueprints;

namespace EcosystemSilo.Tests.Support;

/// <summary>
/// A small ecosystem whose life is drawn from a seed: random commands go to the real deciders, and what they accept is
/// recorded as a journal would. One seed gives one life.
/// </summary>
internal sealed class SeededEcosystem(int seed)
{
    public static readonly EcosystemId Acme = new("acme");

    private const int PartnersMax = 12;
    private const int OpenDealsMax = 20;

    private static readonly PublishedBlueprint Rules = new(1, ShippedBlueprints.Acme);

    private readonly Random random = new(seed);
    private readonly Dictionary<GrainKey, (long Version, IView View)> grains = [];
    private readonly List<RecordedEvent> events = [];
    private DateTimeOffset now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private int commands;
    private int deals;

    public IReadOnlyList<RecordedEvent> Events => events;

    public IReadOnlyDictionary<GrainKey, (long Version, IView View)> Grains => grains;

    /// <summary>Lives until at least so many more events are recorded, and returns the new ones.</summary>
    public IReadOnlyList<RecordedEvent> Live(int count)
    {
        var before = events.Count;
        while (events.Count < before + count)
        {
            var key = RandomKey();
            Ask(key, RandomCommand(key));
            now += TimeSpan.FromMinutes(random.Next(300));
        }

        return events.GetRange(before, events.Count - before);
    }

    /// <summary>Asks a grain; a refusal records nothing, as in the journal.</summary>
    public IReadOnlyList<RecordedEvent> Ask(GrainKey key, ICommand command, string actor = "test")
    {
        var kind = GrainKinds.Of(key);
        var (version, view) = grains.GetValueOrDefault(key);
        var decision = kind.Decide(view, command, new DecisionContext(key, now, actor, Rules));
        return Record(key, actor, decision.Refusal is null ? [.. decision.Events] : []);
    }

    /// <summary>Records events as one command's.</summary>
    public IReadOnlyList<RecordedEvent> Record(GrainKey key, string actor, params IEvent[] happened)
    {
        var before = events.Count;
        var (version, view) = grains.GetValueOrDefault(key);
        var command = $"c-{++commands}";
        foreach (var body in happened)
        {
            var encoded = GrainCodec.Encode(body);
            view = GrainKinds.Of(key).Apply(view, body);
            events.Add(
                new RecordedEvent(
                    events.Count + 1,
                    key.ToString(),
                    ++version,
                    encoded.Name,
                    encoded.Shape,
                    encoded.Payload,
                    now,
                    $"correlation-{commands}",
                    actor,
                    command
                )
            );
        }

        if (view is not null)
        {
            grains[key] = (version, view);
        }

        return events.GetRange(before, events.Count - before);
    }

    /// <summary>
    /// Mostly one of the newest deals, now and then a new one, so that life goes on when others close.
    /// </summary>
    private GrainKey RandomKey()
    {
        if (random.Next(3) == 0)
        {
            return PartnerKey.Of(Acme, RandomPartner());
        }

        var deal = random.Next(8) == 0 ? ++deals : Math.Max(1, deals - random.Next(OpenDealsMax));
        return DealKey.Of(Acme, new DealId($"d-{deal}"));
    }

    private PartnerId RandomPartner() => new($"p-{random.Next(PartnersMax)}");

    private ICommand RandomCommand(GrainKey key) =>
        (key.Kind, grains.GetValueOrDefault(key).View) switch
        {
            (PartnerKey.Kind, null) => new RegisterPartner(
                $"Partner {key.Id}",
                new CategoryId(Pick(ShippedBlueprints.Acme.Categories).Id)
            ),
            (_, null) => new RegisterDeal(
                RandomPartner(),
                new Customer($"Customer {random.Next(5)}", $"c{random.Next(5)}.example.org"),
                new ProductId(Pick(ShippedBlueprints.Acme.Products).Id),
                new Money(random.Next(1_000_000), "USD")
            ),
            (PartnerKey.Kind, PartnerView partner) => Progress(partner.Lifecycle),
            (_, DealView deal) => random.Next(3) > 0 ? Progress(deal.Lifecycle) : Settle(),
            _ => throw new InvalidOperationException($"No commands are known for {key}."),
        };

    private ICommand Progress(LifecycleView lifecycle)
    {
        var open = lifecycle.Checklist.Where(item => item.DoneAt is null).ToList();
        return random.Next(10) switch
        {
            < 6 when open.Count > 0 => new CompleteItem(Pick(open).Item),
            < 9 => new AdvancePhase(),
            _ when lifecycle.Current.DueAt is { } due => new DeadlineReached("time-box", due),
            _ => new AdvancePhase(),
        };
    }

    private ICommand Settle() =>
        random.Next(13) switch
        {
            0 => new ApproveDeal(),
            1 => new ReturnDeal("incomplete"),
            2 => new ResubmitDeal(new Money(random.Next(1_000_000), "USD")),
            3 => new WithdrawDeal(),
            4 => new RejectDeal("out of scope"),
            5 => new WinDeal(),
            6 => new LoseDeal(),
            7 => new ChangeDealAmount(new Money(random.Next(1_000_000), "USD")),
            8 => new ConfirmProtection(now.AddDays(random.Next(90))),
            9 => new ConfirmQueued(random.Next(1, 4)),
            10 => new EndProtection(),
            11 => new DenyProtection("the account is closed"),
            _ => new ApproveDeal(),
        };

    private T Pick<T>(IReadOnlyList<T> among) => among[random.Next(among.Count)];
}
