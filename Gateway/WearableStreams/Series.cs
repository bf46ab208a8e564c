using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Gateway.WearableStreams;

/// <summary>Makes points of samples. Pure.</summary>
internal static class Series
{
    /// <summary>Lengths of a point by their words in a query.</summary>
    public static readonly IReadOnlyList<(string Word, TimeSpan Length)> Resolutions =
    [
        ("1m", TimeSpan.FromMinutes(1)),
        ("5m", TimeSpan.FromMinutes(5)),
        ("15m", TimeSpan.FromMinutes(15)),
        ("1h", TimeSpan.FromHours(1)),
        ("6h", TimeSpan.FromHours(6)),
        ("1d", TimeSpan.FromDays(1)),
    ];

    /// <summary>The shortest length, from the one asked for on, that makes no more points than are wanted.</summary>
    public static TimeSpan Fit(TimeSpan asked, TimeSpan span, int pointsMax)
    {
        var longest = Resolutions[^1].Length;
        return Resolutions
            .Select(resolution => resolution.Length)
            .Where(length => length >= asked && span.Ticks / length.Ticks <= pointsMax)
            .DefaultIfEmpty(longest * Math.Max(1, Math.Ceiling(span / longest / pointsMax)))
            .First();
    }

    /// <summary>Points from a start on; a sample belongs to the point in which it began.</summary>
    /// <param name="samples">In the order of time.</param>
    public static IReadOnlyList<SeriesPoint> Of(
        MeasureFacts measure,
        IReadOnlyList<Sample> samples,
        DateTimeOffset from,
        TimeSpan length
    )
    {
        var points = new List<SeriesPoint>();
        var gathered = new List<Sample>();
        var place = 0L;
        foreach (var sample in samples)
        {
            var own = (sample.Start - from).Ticks / length.Ticks;
            if (own != place && gathered.Count > 0)
            {
                points.Add(Point(measure, from + (length * place), gathered));
                gathered.Clear();
            }

            place = own;
            gathered.Add(sample);
        }

        if (gathered.Count > 0)
        {
            points.Add(Point(measure, from + (length * place), gathered));
        }

        return points;
    }

    public static DayResponse Day(MeasureFacts measure, DaySummary day) =>
        new(
            day.Day,
            ValueOf(measure, day.Figures),
            Rounded(day.Figures.Min),
            Rounded(day.Figures.Max),
            day.Figures.Count,
            Mean(day.Figures),
            [
                .. day.Hours.Select(hour => new HourResponse(
                    hour.Hour,
                    ValueOf(measure, hour.Figures),
                    Rounded(hour.Figures.Min),
                    Rounded(hour.Figures.Max),
                    hour.Figures.Count
                )),
            ],
            day.Stages?.ToDictionary(stage => StageWord(stage.Key), stage => Rounded(stage.Value)),
            day.Sources
        );

    private static SeriesPoint Point(MeasureFacts measure, DateTimeOffset at, List<Sample> samples)
    {
        var figures = Figures.Of(samples);
        return new SeriesPoint(
            at,
            ValueOf(measure, figures),
            Rounded(figures.Min),
            Rounded(figures.Max),
            figures.Count,
            Mean(figures)
        );
    }

    private static double ValueOf(MeasureFacts measure, Figures figures) =>
        Rounded(measure.Adds ? figures.Sum : figures.Mean);

    private static double? Mean(Figures figures) =>
        figures.Second is { } second ? Rounded(second / figures.Count) : null;

    private static string StageWord(char stage) =>
        stage switch
        {
            SleepStages.Awake => "awake",
            SleepStages.Light => "light",
            SleepStages.Deep => "deep",
            SleepStages.Rem => "rem",
            SleepStages.Asleep => "asleep",
            _ => "unknown",
        };

    /// <summary>Beyond it there is nothing but the noise of conversions.</summary>
    private static double Rounded(double value) => Math.Round(value, 4);
}
