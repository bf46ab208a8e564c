using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Board;
using EcosystemSilo.Grains.Interfaces.Lists;

namespace EcosystemSilo.Silo.Projections;

/// <summary>A row that belongs to a partner, whose name, tier and category its card shows.</summary>
internal interface IOwnedRow : IRow
{
    PartnerId Partner { get; }

    Card Card(PartnerRow? partner);
}

/// <summary>The rows of one kind that belong to partners, and the board that their cards stand on.</summary>
internal sealed class OwnedRows<TRow>(BoardKind kind, TimeProvider time)
    where TRow : class, IOwnedRow
{
    private readonly Dictionary<PartnerId, List<string>> byPartner = [];

    public Table<TRow> Table { get; } = new();

    public BoardFeed Board { get; } = new(kind, time);

    public TRow? Find(string id) => Table.Find(id);

    public TRow[] All() => Table.All();

    /// <summary>For the one writer only.</summary>
    public IEnumerable<TRow> Of(PartnerId partner) => Ids(partner).Select(Table.Find).OfType<TRow>();

    /// <summary>Remembers whose a new row is.</summary>
    public void Own(TRow row) => Ids(row.Partner).Add(row.Id);

    /// <summary>Takes over saved rows, after those of the partners.</summary>
    public void Load(IEnumerable<TRow> rows, long boardVersion, Func<TRow, PartnerRow?> partnerOf)
    {
        Table.Load(rows);
        var all = All();
        foreach (var row in all)
        {
            Own(row);
        }

        Board.Load(boardVersion, all.Select(row => row.Card(partnerOf(row))));
    }

    private List<string> Ids(PartnerId partner)
    {
        if (!byPartner.TryGetValue(partner, out var ids))
        {
            byPartner.Add(partner, ids = []);
        }

        return ids;
    }
}
