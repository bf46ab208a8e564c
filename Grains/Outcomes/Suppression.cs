namespace EcosystemSilo.Grains.Outcomes;

/// <summary>
/// Which figures may be shown. Whatever is shown is made of cells that may be shown by themselves, so that nothing else
/// follows from it: a total leaves out the weeks that are withheld, and a partner's figure leaves out the withheld
/// programs unless these, taken together, may be shown too.
/// </summary>
/// <param name="smallest">The fewest people that a figure may describe.</param>
public readonly struct Suppression(int smallest)
{
    /// <summary>
    /// A share is shown only if enough people belong to it and enough do not: of 0 and 100 percent everybody's answer
    /// would be known, and near them that of a few.
    /// </summary>
    public bool Shows(Indicator indicator, Cell cell) =>
        IsShare(indicator) ? cell.Sum >= smallest && cell.People - cell.Sum >= smallest : cell.People >= smallest;

    /// <summary>One figure of several groups of different people; null when it is withheld.</summary>
    public Cell? Pool(Indicator indicator, IEnumerable<Cell> groups)
    {
        var (shown, withheld, isShown) = (default(Cell), default(Cell), false);
        foreach (var cell in groups)
        {
            if (Shows(indicator, cell))
            {
                (shown, isShown) = (shown + cell, true);
            }
            else
            {
                withheld += cell;
            }
        }

        // The difference between this figure and those of the groups is either nothing or may be shown.
        return Shows(indicator, withheld) ? shown + withheld
            : isShown ? shown
            : null;
    }

    private static bool IsShare(Indicator indicator) =>
        indicator is Indicator.Active or Indicator.Goal or Indicator.Retention;
}
