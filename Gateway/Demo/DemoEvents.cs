using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Partners;

namespace EcosystemSilo.Gateway.Demo;

/// <summary>Invents what happens next in a demo ecosystem, from what its lists show now.</summary>
public sealed class DemoEvents(IGrains grains, IPartnerList partners, IDealList deals, TimeProvider clock)
{
    private const int Seed = 7;

    /// <summary>How far into the lists it looks: enough variety for a board that people watch.</summary>
    private const int Choice = 200;

    private readonly Random _random = new(Seed);

    public static Ask Circumstances(EcosystemId ecosystem) =>
        new($"{ecosystem}/demo", Guid.NewGuid().ToString("n"), "demo", $"demo-{Guid.NewGuid():n}");

    /// <summary>The next event as the body of a webhook; null when a person acted instead, past the webhooks.</summary>
    public async Task<object?> Next(EcosystemId ecosystem, CancellationToken cancellation) =>
        _random.Next(10) switch
        {
            < 5 => await PartnerProgress(ecosystem, cancellation),
            < 6 => await NewPartner(ecosystem, cancellation),
            < 8 => await NewDeal(ecosystem, cancellation),
            _ => await DealProgress(ecosystem, cancellation),
        };

    private async Task<object?> PartnerProgress(EcosystemId ecosystem, CancellationToken cancellation)
    {
        var phase = (Phase)_random.Next((int)Phase.Scale);
        if (Pick(partners.Find(ecosystem, new PartnerQuery(phase), new PageRequest(Choice))) is not { } card)
        {
            return null;
        }

        var key = PartnerKey.Of(ecosystem, new PartnerId(card.Id));
        var partner = await grains.Read<PartnerView>(key, ReadAt.Newest, cancellation);
        var open = partner?.View.Lifecycle.Checklist.FirstOrDefault(item => item is { Required: true, DoneAt: null });
        if (open is null)
        {
            await grains.Ask(key, new AdvancePhase(), Circumstances(ecosystem), cancellation);
            return null;
        }

        return Event("partner.checklist.completed", new { partner = card.Id, item = open.Item.Value });
    }

    private async Task<object?> NewPartner(EcosystemId ecosystem, CancellationToken cancellation)
    {
        var categories = (await Rules(ecosystem, cancellation)).Categories;
        var category = categories[_random.Next(categories.Count)];
        var id = $"new-{Guid.NewGuid():n}"[..12];
        return Event(
            "partner.registered",
            new
            {
                partner = id,
                name = $"New {category.Name} {id[4..8]}",
                category = category.Id,
            }
        );
    }

    private async Task<object?> NewDeal(EcosystemId ecosystem, CancellationToken cancellation)
    {
        if (Pick(partners.Find(ecosystem, new PartnerQuery(), new PageRequest(Choice))) is not { } partner)
        {
            return null;
        }

        var rules = await Rules(ecosystem, cancellation);
        var number = _random.Next(1, 400);
        return Event(
            "deal.registered",
            new
            {
                deal = $"deal-{Guid.NewGuid():n}"[..13],
                partner = partner.Id,
                customer = new { name = $"County Hospital {number}", domain = $"hospital-{number}.example" },
                product = rules.Products[_random.Next(rules.Products.Count)].Id,
                amount = new { minor = 100_00L * _random.Next(200, 9_000), currency = rules.Currency },
            }
        );
    }

    private async Task<object?> DealProgress(EcosystemId ecosystem, CancellationToken cancellation)
    {
        var phase = (Phase)_random.Next((int)Phase.Scale);
        var status = _random.Next(2) == 0 ? DealStatus.Registered : DealStatus.Approved;
        if (Pick(deals.Find(ecosystem, new DealQuery(phase, status), new PageRequest(Choice))) is not { } deal)
        {
            return null;
        }

        if (deal is { Status: DealStatus.Registered, Protection: Protection.Protected } && _random.Next(2) == 0)
        {
            var key = DealKey.Of(ecosystem, new DealId(deal.Id));
            await grains.Ask(key, new ApproveDeal(), Circumstances(ecosystem), cancellation);
            return null;
        }

        return Event("deal.stage.changed", new { deal = deal.Id, phase = (phase + 1).ToString().ToLowerInvariant() });
    }

    private object Event(string type, object data) =>
        new
        {
            type,
            timestamp = clock.GetUtcNow(),
            data,
        };

    private T? Pick<T>(Page<T> page)
        where T : class => page.Items.Count == 0 ? null : page.Items[_random.Next(page.Items.Count)];

    private async Task<BlueprintDocument> Rules(EcosystemId ecosystem, CancellationToken cancellation) =>
        (await grains.Read<BlueprintView>(BlueprintKey.Of(ecosystem), ReadAt.Newest, cancellation))!.View.Document;
}
