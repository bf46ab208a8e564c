namespace EcosystemSilo.Grains.Interfaces.Lists;

/// <summary>Which part of a list is wanted.</summary>
/// <param name="Limit">At most this many items, 1 to <see cref="LimitMax"/>.</param>
/// <param name="After">The <see cref="Page{T}.Next"/> of the page before; null for the first page.</param>
public readonly record struct PageRequest(int Limit, long? After = null)
{
    public const int LimitDefault = 50;

    /// <summary>A screenful several times over; more is a crawl, which the cursor serves as well.</summary>
    public const int LimitMax = 200;
}

/// <summary>
/// A part of a list. Lists show what was created last first; creation order never changes, so pages are stable.
/// </summary>
/// <param name="Next">Where the next page begins; null on the last one.</param>
/// <param name="Total">How many items match in all.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, long? Next, int Total);
