namespace EcosystemSilo.Grains.Outcomes;

/// <summary>The cells of one program, before anything is withheld: they stay inside.</summary>
public sealed class OutcomeSums
{
    private readonly Dictionary<CellId, Cell> _cells = [];

    public IEnumerable<CellId> Ids => _cells.Keys;

    public void Add(CellId id, Cell cell) => _cells[id] = _cells.GetValueOrDefault(id) + cell;

    public Cell Find(CellId id) => _cells.GetValueOrDefault(id);
}
