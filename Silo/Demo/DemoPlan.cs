using EcosystemSilo.Grains.Blueprints;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;

namespace EcosystemSilo.Silo.Demo;

/// <summary>One thing that happens in the demo's past: so many days ago, this grain is asked this.</summary>
internal sealed record DemoStep(int DaysAgo, GrainKey Target, ICommand Command);

/// <summary>
/// The invented past of an ecosystem: partners of every category on their way through the phases, some late, their
/// deals, and a partner with customer programs. The same seed gives the same past.
/// </summary>
internal sealed class DemoPlan(BlueprintDocument blueprint, int seed)
{
    private const int PastDays = 75;

    private readonly Random _random = new(seed);
    private readonly EcosystemId _ecosystem = new(blueprint.Ecosystem);
    private readonly List<DemoStep> _steps = [];

    /// <summary>Steps in the order of time; steps of one grain keep theirs.</summary>
    public static IReadOnlyList<DemoStep> Make(
        BlueprintDocument blueprint,
        int partners,
        int deals,
        int seed,
        DateTimeOffset now
    )
    {
        var plan = new DemoPlan(blueprint, seed);
        for (var index = 0; index < partners; index++)
        {
            plan.AddPartner(index);
        }

        for (var index = 0; index < deals; index++)
        {
            plan.AddDeal(index, partners);
        }

        plan._steps.AddRange(new DemoProgram(blueprint, plan._random, now).Steps());
        return [.. plan._steps.OrderByDescending(step => step.DaysAgo)];
    }

    public static PartnerId PartnerOf(int index) => new($"demo-{index + 1:0000}");

    private void AddPartner(int index)
    {
        var category = new CategoryId(blueprint.Categories[index % blueprint.Categories.Count].Id);
        var key = PartnerKey.Of(_ecosystem, PartnerOf(index));
        var day = _random.Next(0, PastDays);
        var register = new RegisterPartner(DemoNames.Organisation(_random), category, DemoNames.Region(_random));
        _steps.Add(new DemoStep(day, key, register));
        var pace = 0.5 + _random.NextDouble();
        foreach (var phase in Enum.GetValues<Phase>())
        {
            var rule = blueprint.PartnerPhase(phase);
            foreach (var item in rule.Items(category).Where(item => item.Required))
            {
                day -= (int)Math.Ceiling(pace * (rule.TimeBoxDays ?? PastDays) / Math.Max(1, rule.Checklist.Count));
                if (day < 0)
                {
                    return;
                }

                _steps.Add(new DemoStep(day, key, new CompleteItem(item.Item)));
            }

            if (phase != Phase.Scale)
            {
                _steps.Add(new DemoStep(day, key, new AdvancePhase()));
            }
        }
    }

    private void AddDeal(int index, int partners)
    {
        var key = DealKey.Of(_ecosystem, new DealId($"demo-deal-{index + 1:000}"));
        var day = _random.Next(0, PastDays - 15);
        var product = DemoNames.Pick(blueprint.Products, _random);
        var amount = new Money(100_00L * _random.Next(200, 9_000), blueprint.Currency);
        var customer = new Customer(DemoNames.Customer(_random), $"customer-{_random.Next(partners)}.example");
        var partner = PartnerOf(_random.Next(partners));
        _steps.Add(new DemoStep(day, key, new RegisterDeal(partner, customer, new ProductId(product.Id), amount)));
        for (var phase = _random.Next(0, 4); phase > 0 && day > 4; phase--)
        {
            day -= _random.Next(2, 12);
            _steps.Add(new DemoStep(Math.Max(day, 0), key, new AdvancePhase()));
        }
    }
}
