using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;

namespace EcosystemSilo.Tests.Simulation;

/// <summary>
/// One partner from its registration to the end of the year: through its checklists and phases, sometimes late, and
/// registering deals for customers that other partners want as well.
/// </summary>
internal sealed class PartnerLife
{
    /// <summary>Few enough that deals compete for accounts.</summary>
    private const int CustomersCount = 12;
    private const int DealsMax = 8;

    private readonly World _world;
    private readonly Random _luck;
    private readonly BlueprintDocument _program;
    private readonly EcosystemId _ecosystem;
    private readonly PartnerId _id;
    private readonly List<Task> _deals = [];

    public PartnerLife(World world, int number)
    {
        _world = world;
        _luck = new Random((world.Seed * 1_000) + number);
        _program = world.Programs[number % world.Programs.Count];
        _ecosystem = new EcosystemId(_program.Ecosystem);
        _id = new PartnerId($"p-{number}");
    }

    public async Task Live()
    {
        var key = PartnerKey.Of(_ecosystem, _id);
        await _world.Pause((_world.End - _world.Now) * _luck.NextDouble() * 0.5);
        var category = new CategoryId(Any(_program.Categories).Id);
        await _world.Clients.Send(key, new RegisterPartner($"Partner {_id}", category, "emea"));
        while (!_world.IsOver)
        {
            await Wait(days: 5);
            if (_deals.Count < DealsMax && _luck.Next(8) == 0)
            {
                _deals.Add(Pursue(_deals.Count));
            }
            else if (await _world.Clients.Read<PartnerView>(key) is { } partner)
            {
                await Task.WhenAll(Several(() => _world.Clients.Send(key, NextStep(partner.Lifecycle))));
            }
        }

        await Task.WhenAll(_deals);
    }

    /// <summary>Takes a deal from its registration to where it is closed.</summary>
    private async Task Pursue(int number)
    {
        var key = DealKey.Of(_ecosystem, new DealId($"{_id}.d-{number}"));
        var customer = _luck.Next(CustomersCount);
        var register = new RegisterDeal(
            _id,
            new Customer($"Customer {customer}", $"www.customer-{customer}.example"),
            new ProductId(Any(_program.Products).Id),
            AnyAmount()
        );
        await _world.Clients.Send(key, register);
        while (!_world.IsOver)
        {
            await Wait(days: 12);
            var deal = await _world.Clients.Read<DealView>(key);
            if (deal is { Status: not (DealStatus.Registered or DealStatus.Returned or DealStatus.Approved) })
            {
                return;
            }

            await Task.WhenAll(Several(() => _world.Clients.Send(key, deal is null ? register : NextStep(deal))));
        }
    }

    private ICommand NextStep(DealView deal) =>
        (deal.Status, _luck.Next(20)) switch
        {
            (_, < 5) => NextStep(deal.Lifecycle),
            (_, 5) => new ChangeDealAmount(AnyAmount()),
            (_, 6) => new WithdrawDeal("no budget"),
            (_, 7) => new LoseDeal(),
            (_, 8) => new RejectDeal("out of scope"),
            (_, 9) => new ReturnDeal("incomplete"),
            (DealStatus.Returned, _) => new ResubmitDeal(AnyAmount()),
            (DealStatus.Approved, < 16) => NextStep(deal.Lifecycle),
            (DealStatus.Approved, _) => new WinDeal(),
            _ => new ApproveDeal(),
        };

    private ICommand NextStep(LifecycleView lifecycle)
    {
        if (lifecycle.Visits.Count == 0 || _luck.Next(25) == 0)
        {
            return new CompleteItem(new ItemId("no-such-item"));
        }

        var open = lifecycle.Checklist.Where(item => item.DoneAt is null).ToList();
        return open.Count > 0 && _luck.Next(10) > 0 ? new CompleteItem(Any(open).Item)
            : lifecycle.Checklist.Count > 0 && _luck.Next(10) == 0 ? new CompleteItem(Any(lifecycle.Checklist).Item)
            : _luck.Next(3) == 0 ? new AdvancePhase(lifecycle.Current.Phase + 1)
            : new AdvancePhase();
    }

    /// <summary>Now and then several people do something to the same grain at once.</summary>
    private Task[] Several(Func<Task> send) =>
        [.. Enumerable.Range(0, _luck.Next(6) == 0 ? _luck.Next(2, 6) : 1).Select(_ => send())];

    /// <summary>So long on average, as it comes.</summary>
    private Task Wait(double days)
    {
        var time = TimeSpan.FromDays(days * -Math.Log(1 - _luck.NextDouble()) + 0.0001);
        var left = _world.End - _world.Now;
        return _world.Pause(time < left || left <= TimeSpan.Zero ? time : left);
    }

    private Money AnyAmount() => new(_luck.Next(1_000_000), _program.Currency);

    private T Any<T>(IReadOnlyList<T> among) => among[_luck.Next(among.Count)];
}
