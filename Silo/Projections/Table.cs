using EcosystemSilo.Grains.Interfaces.Lists;

namespace EcosystemSilo.Silo.Projections;

/// <summary>One row of a read model: immutable, replaced as a whole.</summary>
internal interface IRow
{
    string Id { get; }

    /// <summary>Position of the first event: rows are listed by it, and it never changes.</summary>
    long Born { get; }
}

/// <summary>Rows in the order they were born. One writer, any number of readers.</summary>
/// <param name="max">Beyond it the oldest tenth drops out.</param>
internal sealed class Table<TRow>(int max = int.MaxValue)
    where TRow : class, IRow
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<TRow> rows = [];

    public TRow? Find(string id)
    {
        lock (gate)
        {
            return places.TryGetValue(id, out var place) ? rows[place] : null;
        }
    }

    public TRow[] All()
    {
        lock (gate)
        {
            return [.. rows];
        }
    }

    public void Load(IEnumerable<TRow> loaded)
    {
        lock (gate)
        {
            rows.AddRange(loaded);
            rows.Sort((one, other) => one.Born.CompareTo(other.Born));
            Index();
        }
    }

    /// <summary>Adds or replaces a row, and returns those that dropped out for it.</summary>
    public IReadOnlyList<TRow> Put(TRow row)
    {
        lock (gate)
        {
            if (places.TryGetValue(row.Id, out var place))
            {
                rows[place] = row;
                return [];
            }

            places.Add(row.Id, rows.Count);
            rows.Add(row);
            return rows.Count > max ? DropOldest() : [];
        }
    }

    private List<TRow> DropOldest()
    {
        var dropped = rows.GetRange(0, Math.Max(1, max / 10));
        rows.RemoveRange(0, dropped.Count);
        Index();
        return dropped;
    }

    private void Index()
    {
        places.Clear();
        for (var place = 0; place < rows.Count; place++)
        {
            places[rows[place].Id] = place;
        }
    }
}

internal static class Paging
{
    /// <summary>The rows that match, newest first, from where the page begins.</summary>
    /// <param name="rows">Oldest first.</param>
    public static Page<TItem> NewestFirst<TRow, TItem>(
        this TRow[] rows,
        PageRequest page,
        Func<TRow, bool> matches,
        Func<TRow, TItem> show
    )
        where TRow : class, IRow
    {
        var items = new List<TItem>(Math.Min(page.Limit, rows.Length));
        var total = 0;
        long? last = null;
        var more = false;
        for (var place = rows.Length - 1; place >= 0; place--)
        {
            var row = rows[place];
            if (!matches(row))
            {
                continue;
            }

            total++;
            if (row.Born >= (page.After ?? long.MaxValue))
            {
                continue;
            }

            if (items.Count < page.Limit)
            {
                items.Add(show(row));
                last = row.Born;
            }
            else
            {
                more = true;
            }
        }

        return new Page<TItem>(items, more ? last : null, total);
    }
}
