using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Puts the stages of a sleep in order: senders list them stage by stage, with gaps, and overlapping. Of two at the
/// same time the one that began earlier holds; where there is none the stage is unknown.
/// </summary>
internal sealed class SleepTimeline
{
    /// <summary>Beyond it a number is no length of a sleep, and a sum of three may not overflow.</summary>
    private static readonly TimeSpan LengthMax = TimeSpan.FromDays(365);

    private readonly List<(char Stage, DateTimeOffset From, DateTimeOffset To)> _runs = [];

    /// <summary>A run whose times could not be read, or of no length, is left out.</summary>
    public void Add(char stage, DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from is { } start && to is { } end && end > start)
        {
            _runs.Add((stage, start, end));
        }
    }

    public DateTimeOffset? Start => _runs.Count == 0 ? null : _runs.Min(run => run.From);

    public DateTimeOffset? End => _runs.Count == 0 ? null : _runs.Max(run => run.To);

    /// <summary>Runs from <paramref name="start"/> on, neighbours of one stage joined; null without any.</summary>
    public IReadOnlyList<(char Stage, TimeSpan Length)>? From(DateTimeOffset start)
    {
        if (_runs.Count == 0)
        {
            return null;
        }

        var ordered = new List<(char Stage, TimeSpan Length)>();
        var at = start;
        foreach (var (stage, from, to) in _runs.OrderBy(run => run.From).ThenBy(run => run.To))
        {
            if (to > at)
            {
                var begin = from > at ? from : at;
                Append(ordered, SleepStages.Unknown, begin - at);
                Append(ordered, stage, to - begin);
                at = to;
            }
        }

        return ordered;
    }

    /// <summary>The time asleep of such runs.</summary>
    public static TimeSpan Asleep(IEnumerable<(char Stage, TimeSpan Length)> runs) =>
        TimeSpan.FromTicks(
            runs.Where(run =>
                    run.Stage is SleepStages.Light or SleepStages.Deep or SleepStages.Rem or SleepStages.Asleep
                )
                .Sum(run => run.Length.Ticks)
        );

    /// <summary>
    /// The seconds asleep of a sleep whose sender does not tell them: the sum of the stages, else what the runs say.
    /// Null when nothing is known but the sleep's ends.
    /// </summary>
    public static double? SecondsAsleep(
        IReadOnlyList<(char Stage, TimeSpan Length)>? runs,
        params ReadOnlySpan<TimeSpan> stages
    )
    {
        var sum = TimeSpan.Zero;
        foreach (var stage in stages)
        {
            sum += stage;
        }

        return sum > TimeSpan.Zero ? sum.TotalSeconds
            : runs?.Any(run => run.Stage != SleepStages.Unknown) == true ? Asleep(runs).TotalSeconds
            : null;
    }

    /// <summary>The stages as text: in their order where that is known, else the sums of them.</summary>
    public static string? Write(
        IReadOnlyList<(char Stage, TimeSpan Length)>? runs,
        IEnumerable<(char Stage, TimeSpan Length)> sums
    ) => runs is null ? SleepStages.WriteUnordered(sums) : SleepStages.Write(runs);

    /// <summary>The length that a number of units says; none where it is not one, or longer than any sleep.</summary>
    public static TimeSpan LengthOf(JsonPlace number, TimeSpan unit) =>
        number.Number is { } units && units > 0 && units < LengthMax / unit ? units * unit : TimeSpan.Zero;

    /// <summary>
    /// A stage that its sender keeps as a record of its own, so that it comes, changes and goes alone: a sleep of one
    /// stage, whose time asleep is nothing when the stage is being awake.
    /// </summary>
    public static void AddStage(
        char stage,
        DateTimeOffset? start,
        JsonPlace end,
        ReadingsBuilder readings,
        string? id = null
    )
    {
        var length = end.Time() - start;
        var detail = length is { } run ? SleepStages.Write([(stage, run)]) : null;
        var asleep = stage == SleepStages.Awake && length is not null ? 0 : length?.TotalSeconds;
        readings.Require(
            Measure.Sleep,
            Occasion.Between(start, end.Time())?.KnownBy(id).With(detail),
            asleep,
            end,
            "s"
        );
    }

    private static void Append(List<(char Stage, TimeSpan Length)> runs, char stage, TimeSpan length)
    {
        if (length <= TimeSpan.Zero)
        {
            return;
        }

        if (runs.Count > 0 && runs[^1].Stage == stage)
        {
            runs[^1] = (stage, runs[^1].Length + length);
        }
        else
        {
            runs.Add((stage, length));
        }
    }
}
