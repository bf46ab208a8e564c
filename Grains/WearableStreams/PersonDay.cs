using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Grains.WearableStreams;

/// <summary>What one source says of one measure on one of a person's own days.</summary>
public sealed record SourceDay(SourceId Source, IReadOnlyList<Sample> Samples);

/// <summary>
/// One measure of one of a person's own days, of all sources together. Where several tell of the same time, the one
/// that the person's order puts first counts, so that a walk with a watch and a telephone is counted once. It follows
/// from the samples alone, in whatever order they came.
/// </summary>
public static class PersonDay
{
    /// <summary>A single moment stands for so long: a heart rate of another source within it says the same.</summary>
    private static readonly TimeSpan MomentLength = TimeSpan.FromMinutes(5);

    /// <param name="sources">The one that counts first stands first.</param>
    /// <returns>What counts, in the order of time; whole-day totals are not among it.</returns>
    public static IReadOnlyList<Sample> Merge(IReadOnlyList<SourceDay> sources)
    {
        var counted = new List<Sample>();
        var covered = new Coverage();
        foreach (var (at, source) in sources.Index())
        {
            var own = source.Samples.Where(sample => !sample.IsDailyTotal && !IsCovered(sample, covered)).ToList();
            counted.AddRange(own);
            if (at < sources.Count - 1)
            {
                // Only what comes after it gives way to a source; its own samples may overlap.
                covered.Add(own.Select(Span));
            }
        }

        counted.Sort(Sample.Compare);
        return counted;
    }

    /// <summary>The day in figures; null when nothing of it counts.</summary>
    public static DaySummary? Summarise(Measure measure, DateOnly day, IReadOnlyList<SourceDay> sources)
    {
        var counted = Merge(sources);
        var total = DailyTotal(sources);
        if (counted.Count == 0 && total is null)
        {
            return null;
        }

        var all = Figures.Of(counted.Count > 0 ? counted : [total!.Value]);
        return new DaySummary(
            day,
            Measures.Of(measure).Adds && total is { } whole ? all with { Sum = whole.Canonical } : all,
            [
                .. counted
                    .GroupBy(sample => sample.Start.Hour)
                    .OrderBy(hour => hour.Key)
                    .Select(hour => new HourSummary(hour.Key, Figures.Of([.. hour]))),
            ],
            measure == Measure.Sleep ? Stages(counted) : null,
            [.. sources.Where(source => source.Samples.Count > 0).Select(source => source.Source)]
        );
    }

    /// <summary>
    /// The whole-day total of the first source that says anything of the day: a total stands instead of the sum of its
    /// parts, but not instead of the parts of a source that counts more.
    /// </summary>
    private static Sample? DailyTotal(IReadOnlyList<SourceDay> sources)
    {
        var totals =
            sources
                .FirstOrDefault(source => source.Samples.Count > 0)
                ?.Samples.Where(sample => sample.IsDailyTotal)
                .ToList()
            ?? [];
        return totals.Count == 0 ? null : totals.Aggregate((best, other) => other.Beats(best) ? other : best);
    }

    private static Dictionary<char, double> Stages(IReadOnlyList<Sample> sleeps) =>
        sleeps
            .SelectMany(sleep => SleepStages.Read(sleep.Detail))
            .GroupBy(run => run.Stage)
            .OrderBy(stage => stage.Key)
            .ToDictionary(stage => stage.Key, stage => stage.Sum(run => run.Length.TotalMinutes));

    /// <summary>At least half of it: a minute of one device must not drop an hour of another.</summary>
    private static bool IsCovered(Sample sample, Coverage covered)
    {
        var (from, to) = Span(sample);
        return covered.Of(from, to) * 2 >= to - from;
    }

    private static (long From, long To) Span(Sample sample)
    {
        var from = sample.Start.UtcTicks;
        if (sample.End is { } end && end > sample.Start)
        {
            return (from, end.UtcTicks);
        }

        from -= from % MomentLength.Ticks;
        return (from, from + MomentLength.Ticks);
    }

    /// <summary>Time that is told of, as intervals that do not touch, in order.</summary>
    private sealed class Coverage
    {
        private List<(long From, long To)> _intervals = [];

        public void Add(IEnumerable<(long From, long To)> more)
        {
            var merged = new List<(long From, long To)>();
            foreach (var (from, to) in _intervals.Concat(more).Order())
            {
                if (merged.Count > 0 && from <= merged[^1].To)
                {
                    merged[^1] = (merged[^1].From, Math.Max(merged[^1].To, to));
                }
                else
                {
                    merged.Add((from, to));
                }
            }

            _intervals = merged;
        }

        /// <summary>How much of the time from one moment to another is told of.</summary>
        public long Of(long from, long to)
        {
            var at = _intervals.BinarySearch((from, long.MaxValue));
            at = at < 0 ? ~at : at;
            var covered = 0L;
            for (at = Math.Max(0, at - 1); at < _intervals.Count && _intervals[at].From < to; at++)
            {
                covered += Math.Max(0, Math.Min(to, _intervals[at].To) - Math.Max(from, _intervals[at].From));
            }

            return covered;
        }
    }
}
