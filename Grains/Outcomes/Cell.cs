using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Grains.Outcomes;

/// <summary>What a figure says of its people.</summary>
public enum Indicator
{
    /// <summary>How many there are.</summary>
    People,

    /// <summary>The share of whom there is data.</summary>
    Active,

    /// <summary>Their mean day in a measure.</summary>
    Mean,

    /// <summary>Their mean day against that of their first two weeks.</summary>
    Change,

    /// <summary>The share whose mean day reached the goal.</summary>
    Goal,

    /// <summary>The share that is still active some weeks after the first.</summary>
    Retention,
}

/// <summary>A figure's place.</summary>
/// <param name="At">Retention: weeks after the first; others: the day number of the week's Monday.</param>
public readonly record struct CellId(Indicator Indicator, Measure? Measure, int At)
{
    public static CellId Of(Indicator indicator, DateOnly monday, Measure? measure = null) =>
        new(indicator, measure, monday.DayNumber);

    public static CellId Retention(int after) => new(Indicator.Retention, Measure: null, after);
}

/// <summary>Sums over people, of which a figure is made. Those of different people add up.</summary>
/// <param name="Sum">Of their mean days; of a share, how many belong to it.</param>
/// <param name="Before">The sum of their mean days in their first two weeks.</param>
public readonly record struct Cell(int People, double Sum = 0, double Before = 0)
{
    public static Cell operator +(Cell one, Cell other) =>
        new(one.People + other.People, one.Sum + other.Sum, one.Before + other.Before);

    /// <summary>One person, who belongs to a share or not.</summary>
    public static Cell Share(bool belongs) => new(1, belongs ? 1 : 0);
}
