using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Partners;

namespace EcosystemSilo.Tests.Simulation.Lives;

/// <summary>
/// One partner from its registration to the end of the year: through its checklists and phases, sometimes late, and
/// registering deals for customers that other partners want as well.
/// </summary>
internal sealed class PartnerLife(World world, BlueprintDocument program, int number) : Life(world, program, number)
{
    /// <summary>Few enough that deals compete for accounts.</summary>
    private const int CustomersCount = 12;
    private const int DealsMax = 8;

    private readonly PartnerId _id = new($"p-{number}");
    private readonly List<Task> _deals = [];

    public override async Task Live()
    {
        var key = PartnerKey.Of(Ecosystem, _id);
        await World.Pause((World.End - World.Now) * Luck.NextDouble() * 0.5);
        var category = new CategoryId(Any(Program.Categories).Id);
        await Clients.Send(key, new RegisterPartner($"Partner {_id}", category, "emea"));
        while (!World.IsOver)
        {
            await Wait(days: 5);
            if (_deals.Count < DealsMax && Luck.Next(8) == 0)
            {
                _deals.Add(Pursue(_deals.Count));
            }
            else if (await Clients.Read<PartnerView>(key) is { } partner)
            {
                await Task.WhenAll(Several(() => Clients.Send(key, NextStep(partner.Lifecycle))));
            }
        }

        await Task.WhenAll(_deals);
    }

    /// <summary>Takes a deal from its registration to where it is closed.</summary>
    private async Task Pursue(int number)
    {
        var key = DealKey.Of(Ecosystem, new DealId($"{_id}.d-{number}"));
        var customer = Luck.Next(CustomersCount);
        var register = new RegisterDeal(
            _id,
            new Customer($"Customer {customer}", $"www.customer-{customer}.example"),
            new ProductId(Any(Program.Products).Id),
            AnyAmount()
        );
        await Clients.Send(key, register);
        while (!World.IsOver)
        {
            await Wait(days: 12);
            var deal = await Clients.Read<DealView>(key);
            if (deal is { Status: not (DealStatus.Registered or DealStatus.Returned or DealStatus.Approved) })
            {
                return;
            }

            await Task.WhenAll(Several(() => Clients.Send(key, deal is null ? register : NextStep(deal))));
        }
    }

    private ICommand NextStep(DealView deal) =>
        (deal.Status, Luck.Next(20)) switch
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

    private Money AnyAmount() => new(Luck.Next(1_000_000), Program.Currency);
}
