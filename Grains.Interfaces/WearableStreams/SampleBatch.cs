namespace EcosystemSilo.Grains.Interfaces.WearableStreams;

/// <summary>
/// Judges the readings of a delivery and makes blocks of the good ones. A bad value never takes the others with it.
/// </summary>
public static class SampleBatch
{
    /// <summary>The first wearables that counted steps by themselves are younger.</summary>
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Devices' clocks go wrong, and a daily total may end tomorrow.</summary>
    private static readonly TimeSpan AheadMax = TimeSpan.FromHours(36);

    /// <summary>Room for a night's stages minute by minute.</summary>
    private const int DetailCharsMax = 4_096;

    private const int IdCharsMax = 200;

    /// <param name="setAside">What the reader of the delivery could not make a reading of.</param>
    /// <param name="now">When it arrived: the version of readings whose sender names none.</param>
    public static StoreSamples Of(
        IEnumerable<Reading> readings,
        IReadOnlyList<DeletedReading> deleted,
        IEnumerable<SetAside> setAside,
        DateTimeOffset now
    )
    {
        var aside = setAside.ToList();
        var byMeasure = new SortedDictionary<Measure, List<Sample>>();
        foreach (var reading in readings)
        {
            if (Judge(reading, now, out var unit) is { } reason)
            {
                aside.Add(new SetAside(Measures.Of(reading.Measure).Word, reason, reading.Id ?? $"{reading.Start:O}"));
                continue;
            }

            if (!byMeasure.TryGetValue(reading.Measure, out var samples))
            {
                byMeasure.Add(reading.Measure, samples = []);
            }

            samples.Add(ToSample(reading, unit!, now));
        }

        return new StoreSamples(
            [.. byMeasure.Select(pair => Block(pair.Key, pair.Value))],
            [.. deleted.Select(gone => gone with { Version = VersionOf(gone.Version, now) })],
            aside
        );
    }

    public static SampleBlock Block(Measure measure, List<Sample> samples)
    {
        samples.Sort(Sample.Compare);
        var last = samples.Max(sample => sample.End ?? sample.Start);
        return new SampleBlock(
            measure,
            samples.Count,
            samples[0].Start.ToUniversalTime(),
            last.ToUniversalTime(),
            SampleCodec.Write([.. samples])
        );
    }

    private static string? Judge(Reading reading, DateTimeOffset now, out Unit? unit)
    {
        var facts = Measures.Of(reading.Measure);
        unit = Units.Find(reading.Measure, reading.Unit);
        return unit is null ? SetAsideReasons.UnitUnknown
            : !double.IsFinite(reading.Value) ? SetAsideReasons.NotANumber
            : IsOutside(unit.ToCanonical(reading.Value), facts) ? SetAsideReasons.OutOfRange
            : reading.Second is { } second && !(unit.ToCanonical(second) is > 0 and < 350) ? SetAsideReasons.OutOfRange
            : reading.Start < Earliest || (reading.End ?? reading.Start) > now + AheadMax
                ? SetAsideReasons.TimeImplausible
            : reading.End < reading.Start ? SetAsideReasons.EndBeforeStart
            : reading.Measure == Measure.Sleep && IsOfNoLength(reading) ? SetAsideReasons.NoLength
            : reading.Id?.Length > IdCharsMax ? SetAsideReasons.IdTooLong
            : reading.Detail?.Length > DetailCharsMax ? SetAsideReasons.DetailTooLong
            : null;
    }

    private static bool IsOfNoLength(Reading sleep) =>
        sleep.End == sleep.Start || (sleep.Value == 0 && !SleepStages.Read(sleep.Detail).Any());

    private static bool IsOutside(double value, MeasureFacts facts) => value < facts.Min || value > facts.Max;

    private static Sample ToSample(Reading reading, Unit unit, DateTimeOffset now) =>
        new(
            ToMilliseconds(reading.Start),
            reading.End is { } end ? ToMilliseconds(end) : null,
            reading.Value,
            unit.Number,
            reading.Second,
            reading.Id,
            VersionOf(reading.Version, now),
            reading.IsDailyTotal,
            reading.Detail
        );

    private static long VersionOf(long version, DateTimeOffset now) =>
        version > 0 ? version : now.ToUnixTimeMilliseconds();

    /// <summary>To the millisecond, which is what blocks keep.</summary>
    private static DateTimeOffset ToMilliseconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds()).ToOffset(time.Offset);
}
