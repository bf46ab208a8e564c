namespace EcosystemSilo.Silo.Operations;

/// <summary>
/// How often commands took how long, in classes that each reach a twelfth of an octave further than the one before:
/// what is said of them is right within 6 %. Counts of several silos can be added.
/// </summary>
internal static class CommandTimes
{
    /// <summary>From 20 µs, which no command undercuts, to half a minute, which none outlives.</summary>
    public const int Classes = 250;

    private const double Shortest = 20e-6;
    private const double ClassesPerOctave = 12;

    public static int ClassOf(double seconds) =>
        seconds <= Shortest
            ? 0
            : Math.Min(Classes - 1, (int)Math.Ceiling(Math.Log2(seconds / Shortest) * ClassesPerOctave));

    /// <summary>The longest time of a class.</summary>
    public static double MillisecondsOf(int number) => Shortest * 1_000 * Math.Pow(2, number / ClassesPerOctave);

    /// <summary>The time that the given share of commands stayed within; null when there were none.</summary>
    public static double? Percentile(ReadOnlySpan<long> counts, double share)
    {
        var all = 0L;
        foreach (var count in counts)
        {
            all += count;
        }

        var left = (long)Math.Ceiling(all * share);
        for (var number = 0; number < counts.Length && all > 0; number++)
        {
            left -= counts[number];
            if (left <= 0)
            {
                return Math.Round(MillisecondsOf(number), 3);
            }
        }

        return null;
    }
}

/// <summary>What was measured in one step of time.</summary>
/// <param name="Number">Steps since 1970, the same number in all processes.</param>
/// <param name="Seconds">How much of the step was measured.</param>
/// <param name="Times">The classes that have commands, and how many each.</param>
internal sealed record MeasuredStep(long Number, double Seconds, IReadOnlyList<TimeClass> Times);

/// <summary>Commands of one class of <see cref="CommandTimes"/>.</summary>
internal readonly record struct TimeClass(int Number, long Count);
