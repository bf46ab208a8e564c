namespace EcosystemSilo.Grains.Interfaces.WearableStreams;

/// <summary>
/// One value that a device reported, as its sender wrote it. Within a stream and a measure a reading is known by its
/// id, or without one by when it began and ended; of two that are the same one, the one of the higher version holds.
/// </summary>
/// <param name="Start">With the person's own offset, which makes the local day; UTC where the sender does not
/// say.</param>
/// <param name="End">Null for a single moment.</param>
/// <param name="Value">In <paramref name="Unit"/>; not a number where the sender wrote none.</param>
/// <param name="Unit">The unit's text as the sender wrote it, see <see cref="Units"/>.</param>
public sealed record Reading(Measure Measure, DateTimeOffset Start, DateTimeOffset? End, double Value, string Unit)
{
    /// <summary>The second of two values: the diastolic pressure.</summary>
    public double? Second { get; init; }

    /// <summary>The sender's own id of the record.</summary>
    public string? Id { get; init; }

    /// <summary>
    /// Orders versions of one record: milliseconds since 1970 at which the sender changed it, or its version number. 0
    /// where the sender says nothing; then what arrives later holds.
    /// </summary>
    public long Version { get; init; }

    /// <summary>
    /// Whether this is the sum of a whole local day, which stands instead of the sum of its parts.
    /// </summary>
    public bool IsDailyTotal { get; init; }

    /// <summary>What belongs to the reading beside its value: the stages of a sleep, the name of an activity.</summary>
    public string? Detail { get; init; }
}

/// <summary>The sender no longer stands by a record.</summary>
/// <param name="Measure">Null when the sender names the record by its id alone.</param>
public sealed record DeletedReading(string Id, Measure? Measure, long Version);

/// <summary>A value that is not taken, while the others of its delivery are.</summary>
/// <param name="What">The measure, or the sender's own name of it.</param>
/// <param name="Reason">Stable: see <see cref="SetAsideReasons"/>.</param>
/// <param name="Path">Where it stands in the delivery, for example <c>$.dailies[0].steps</c>.</param>
public sealed record SetAside(string What, string Reason, string Path);

public static class SetAsideReasons
{
    public const string NotANumber = "not-a-number";
    public const string OutOfRange = "out-of-range";
    public const string TimeMissing = "time-missing";

    /// <summary>Before wearables were built, or in the future.</summary>
    public const string TimeImplausible = "time-implausible";
    public const string EndBeforeStart = "end-before-start";
    public const string UnitUnknown = "unit-unknown";

    /// <summary>A sleep that ends when it begins, or in which nobody was asleep or awake.</summary>
    public const string NoLength = "no-length";
    public const string DetailTooLong = "detail-too-long";
    public const string IdTooLong = "id-too-long";

    /// <summary>A sender with many users does not say whose record it is.</summary>
    public const string UserMissing = "user-missing";
}

/// <summary>
/// The stages of a sleep as text: runs of <c>{stage}{seconds}</c> after its start, for example
/// <c>l1200 d2400 r900 a60</c>. Stages: <c>a</c> awake, <c>l</c> light, <c>d</c> deep, <c>r</c> REM, <c>s</c> asleep
/// without a stage, <c>o</c> out of bed or unknown.
/// </summary>
public static class SleepStages
{
    public const char Awake = 'a';
    public const char Light = 'l';
    public const char Deep = 'd';
    public const char Rem = 'r';
    public const char Asleep = 's';
    public const char Unknown = 'o';

    /// <summary>
    /// Stands alone before runs whose order is not known, where a sender gives only the sum of each stage.
    /// </summary>
    public const char Unordered = '~';

    /// <summary>Null when no stage has a length.</summary>
    public static string? WriteUnordered(IEnumerable<(char Stage, TimeSpan Length)> sums) =>
        Write(sums) is { Length: > 0 } runs ? $"{Unordered} {runs}" : null;

    public static string Write(IEnumerable<(char Stage, TimeSpan Length)> runs) =>
        string.Join(
            ' ',
            runs.Where(run => run.Length > TimeSpan.Zero).Select(run => $"{run.Stage}{(long)run.Length.TotalSeconds}")
        );

    /// <summary>The runs of a text that <see cref="Write"/> made; what is malformed is left out.</summary>
    public static IEnumerable<(char Stage, TimeSpan Length)> Read(string? text)
    {
        foreach (var run in (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (uint.TryParse(run.AsSpan(1), out var seconds))
            {
                yield return (run[0], TimeSpan.FromSeconds(seconds));
            }
        }
    }
}
