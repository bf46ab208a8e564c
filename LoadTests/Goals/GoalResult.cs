namespace EcosystemSilo.LoadTests.Goals;

/// <summary>Which side of a goal is the good one.</summary>
internal enum Side
{
    AtLeast,
    AtMost,
}

/// <summary>What is to be reached: one row of the table of goals.</summary>
/// <param name="Name">Short, for the command line.</param>
/// <param name="Unit">x for a ratio, else ms, KB, B or s.</param>
internal sealed record Goal(string Name, string What, Side Side, double Threshold, string Unit)
{
    public string Text => $"{(Side == Side.AtLeast ? "≥" : "≤")} {Threshold:0.##} {Unit}";

    /// <param name="values">One value a round; the median is judged.</param>
    /// <param name="note">How it was measured, as far as it differs from the goal's words.</param>
    public GoalResult Measured(IReadOnlyList<double> values, IReadOnlyList<Series> series, string note = "") =>
        new(this, Spread.Of(values), series, note);
}

/// <summary>What the rounds were about, for charts and for whoever wants to judge for himself.</summary>
internal sealed record Series(string Label, string Unit, IReadOnlyList<double> Values);

internal sealed record GoalResult(Goal Goal, Spread Value, IReadOnlyList<Series> Series, string Note)
{
    public bool IsMet => Goal.Side == Side.AtLeast ? Value.Median >= Goal.Threshold : Value.Median <= Goal.Threshold;
}
