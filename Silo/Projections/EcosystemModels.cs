using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.Board;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Interfaces.Sources;

namespace EcosystemSilo.Silo.Projections;

/// <summary>
/// Everything that is shown of one ecosystem. One writer; tables and boards take any number of readers.
/// </summary>
/// <param name="changed">Told of every row that changed, by kind and id; a null row was dropped.</param>
internal sealed class EcosystemModels(EcosystemId ecosystem, TimeProvider time, Action<GrainKey, object?> changed)
{
    private readonly Lock countsGate = new();
    private readonly Dictionary<string, CountsRow> counts = new(StringComparer.Ordinal);
    private readonly Dictionary<PartnerId, List<string>> dealsOf = [];

    public Table<PartnerRow> Partners { get; } = new();
    public Table<DealRow> Deals { get; } = new();
    public Table<DeliveryRow> Deliveries { get; } = new(ProjectionLimits.DeliveriesListedMax);
    public Table<SourceRow> Sources { get; } = new();
    public Table<ApiKeyRow> ApiKeys { get; } = new();
    public BoardFeed PartnerBoard { get; } = new(BoardKind.Partners, time);
    public BoardFeed DealBoard { get; } = new(BoardKind.Deals, time);

    public CountsRow? Counts(string source)
    {
        lock (countsGate)
        {
            return counts.GetValueOrDefault(source);
        }
    }

    public BoardFeed Board(BoardKind kind) => kind == BoardKind.Partners ? PartnerBoard : DealBoard;

    public PartnerRow? PartnerOf(DealRow deal) => Partners.Find(deal.Partner.Value);

    public void Fold(Fact fact)
    {
        Count(fact);
        switch (fact.Grain.Kind)
        {
            case PartnerKey.Kind:
                FoldPartner(fact);
                break;
            case DealKey.Kind:
                FoldDeal(fact);
                break;
            case DeliveryKey.Kind:
                Fold(Deliveries, fact, DeliveryRow.Fold);
                break;
            case SourceKey.Kind:
                Fold(Sources, fact, SourceRow.Fold);
                break;
            case ApiKeyKey.Kind:
                Fold(ApiKeys, fact, ApiKeyRow.Fold);
                break;
        }
    }

    /// <summary>Takes over saved rows, in any order, before the first fold.</summary>
    public void Load(IReadOnlyCollection<object> rows)
    {
        Partners.Load(rows.OfType<PartnerRow>());
        Deals.Load(rows.OfType<DealRow>());
        Deliveries.Load(rows.OfType<DeliveryRow>());
        Sources.Load(rows.OfType<SourceRow>());
        ApiKeys.Load(rows.OfType<ApiKeyRow>());
        foreach (var row in rows.OfType<CountsRow>())
        {
            counts[row.Id] = row;
        }

        var deals = Deals.All();
        foreach (var deal in deals)
        {
            DealsOf(deal.Partner).Add(deal.Id);
        }

        var versions = rows.OfType<BoardRow>().ToDictionary(row => row.Kind, row => row.Version);
        PartnerBoard.Load(versions.GetValueOrDefault(BoardKind.Partners), Partners.All().Select(row => row.Card()));
        DealBoard.Load(versions.GetValueOrDefault(BoardKind.Deals), deals.Select(row => row.Card(PartnerOf(row))));
    }

    private void FoldPartner(Fact fact)
    {
        var before = Partners.Find(fact.Grain.Id);
        if (Fold(Partners, fact, PartnerRow.Fold) is not { } after)
        {
            return;
        }

        Show(PartnerBoard, fact, before?.Card(), after.Card());
        if ((before?.Name, before?.Tier, before?.Category) == (after.Name, after.Tier, after.Category))
        {
            return;
        }

        foreach (var deal in DealsOf(new PartnerId(after.Id)).Select(id => Deals.Find(id)).OfType<DealRow>())
        {
            Show(DealBoard, fact, deal.Card(before), deal.Card(after));
        }
    }

    private void FoldDeal(Fact fact)
    {
        var before = Deals.Find(fact.Grain.Id);
        if (Fold(Deals, fact, DealRow.Fold) is not { } after)
        {
            return;
        }

        if (before is null)
        {
            DealsOf(after.Partner).Add(after.Id);
        }

        var partner = PartnerOf(after);
        Show(DealBoard, fact, before?.Card(partner), after.Card(partner));
    }

    private void Count(Fact fact)
    {
        var delivery = fact.Grain.Kind == DeliveryKey.Kind ? Deliveries.Find(fact.Grain.Id) : null;
        if (CountsRow.SourceOf(fact, delivery) is not { } source)
        {
            return;
        }

        var row = CountsRow.Fold(Counts(source), source, fact, delivery?.Card.Status);
        lock (countsGate)
        {
            counts[source] = row;
        }

        changed(new GrainKey(ecosystem, CountsRow.Kind, source), row);
    }

    private void Show(BoardFeed board, Fact fact, Card? before, Card? after)
    {
        if (board.Move(fact.Position, before, after, fact.Recorded.Correlation))
        {
            var row = new BoardRow(board.Kind, fact.Position);
            changed(new GrainKey(ecosystem, BoardRow.RowKind, row.Kind.ToString()), row);
        }
    }

    /// <summary>The row after the fact; null when the fact changed nothing.</summary>
    private TRow? Fold<TRow>(Table<TRow> table, Fact fact, Func<TRow?, Fact, TRow?> fold)
        where TRow : class, IRow
    {
        var before = table.Find(fact.Grain.Id);
        var after = fold(before, fact);
        if (after is null || ReferenceEquals(before, after))
        {
            return null;
        }

        foreach (var dropped in table.Put(after))
        {
            changed(fact.Grain with { Id = dropped.Id }, null);
        }

        changed(fact.Grain, after);
        return after;
    }

    private List<string> DealsOf(PartnerId partner)
    {
        if (!dealsOf.TryGetValue(partner, out var deals))
        {
            dealsOf.Add(partner, deals = []);
        }

        return deals;
    }
}
