using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Silo.Projections;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Projections;

public sealed class ListTests
{
    private static readonly EcosystemId Acme = SeededEcosystem.Acme;

    private readonly SeededEcosystem life = new(seed: 21);
    private readonly ReadModels models = new(new ManualClock());

    public ListTests() => models.Fold(life.Live(800));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(200)]
    public void Pages_ShowEverythingOnce_AlsoWhenNewOnesArriveBetweenThem(int limit)
    {
        var before = AllDeals(new DealQuery());
        var seen = new List<string>();
        long? after = null;
        do
        {
            var page = Deals(new DealQuery(), limit, after);
            page.Items.Count.ShouldBeLessThanOrEqualTo(limit);
            seen.AddRange(page.Items.Select(card => card.Id));
            after = page.Next;
            models.Fold(life.Live(5));
        } while (after is not null);

        seen.ShouldBe(before);
    }

    [Fact]
    public void Filters_SelectWhatTheySay_AndTotalsCountIt()
    {
        var all = Deals(new DealQuery(), PageRequest.LimitMax).Items;

        foreach (var query in Queries())
        {
            var expected = all.Where(card => Matches(card, query)).Select(card => card.Id).ToList();
            var page = Deals(query, PageRequest.LimitMax);
            page.Items.Select(card => card.Id).ShouldBe(expected, query.ToString());
            page.Total.ShouldBe(expected.Count);
            Deals(query, 1).Total.ShouldBe(expected.Count);
        }
    }

    [Fact]
    public void APartnersList_HoldsItselfAlone_WhenScoped()
    {
        var only = new PartnerId("p-3");
        var page = new PartnerList(models).Find(Acme, new PartnerQuery(Only: only), new PageRequest(50));

        page.Items.Single().Id.ShouldBe("p-3");
        page.Total.ShouldBe(1);
    }

    [Fact]
    public void UnknownEcosystems_HaveEmptyLists_AndDoNotFillTheMemory()
    {
        for (var name = 0; name < 2 * ProjectionLimits.EcosystemsAskedForMax; name++)
        {
            var nowhere = new EcosystemId($"nowhere-{name}");
            new PartnerList(models).Find(nowhere, new PartnerQuery(), new PageRequest(50)).Total.ShouldBe(0);
        }

        models.Ecosystems.Count().ShouldBe(ProjectionLimits.EcosystemsAskedForMax);
    }

    private static IEnumerable<DealQuery> Queries() =>
        [
            .. Enum.GetValues<Phase>().Select(phase => new DealQuery(Phase: phase)),
            .. Enum.GetValues<DealStatus>().Select(status => new DealQuery(Status: status)),
            new DealQuery(Partner: new PartnerId("p-1")),
            new DealQuery(Text: "CUSTOMER 3"),
            new DealQuery(Phase.Discovery, DealStatus.Registered, new PartnerId("p-2"), "customer"),
            new DealQuery(Text: "nothing is called this"),
        ];

    private static bool Matches(DealCard card, DealQuery query) =>
        (query.Phase ?? card.Phase) == card.Phase
        && (query.Status ?? card.Status) == card.Status
        && (query.Partner ?? card.Partner) == card.Partner
        && card.Name.Contains(query.Text ?? "", StringComparison.OrdinalIgnoreCase);

    private List<string> AllDeals(DealQuery query) =>
        [.. Deals(query, PageRequest.LimitMax).Items.Select(card => card.Id)];

    private Page<DealCard> Deals(DealQuery query, int limit, long? after = null) =>
        new DealList(models).Find(Acme, query, new PageRequest(limit, after));
}
