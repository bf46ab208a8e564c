using System.Globalization;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Projections;

namespace EcosystemSilo.Silo.WearableStreams;

/// <summary>
/// The rows in which samples are kept, encrypted under their person's key: <c>b</c> a block, the samples of one source
/// of one measure and day; <c>d</c> the day in figures, of all sources; <c>w</c> the week, a figure a day; <c>p</c>
/// which sources count; <c>g</c> what a sender took back. A key begins with the person and goes on by measure and day,
/// so that a chart is one range.
/// </summary>
internal static class SampleRows
{
    /// <summary>Rows of another shape need another name: a rebuild.</summary>
    public const string Reader = "personal-samples-2";

    private const string DayForm = "yyyy-MM-dd";

    public static string Block(BlockId id) => $"{Days('b', id.Person, id.Measure)}{Text(id.Day)}/{id.Source}";

    public static string Day(PersonKeyParts person, Measure measure, DateOnly day) =>
        $"{Days('d', person, measure)}{Text(day)}";

    /// <param name="monday">The week's first day.</param>
    public static string Week(PersonKeyParts person, DateOnly monday) => $"{Weeks(person)}{Text(monday)}";

    /// <summary>The weeks from one Monday to another, both included.</summary>
    public static KeyRange WeekRange(PersonKeyParts person, DateOnly from, DateOnly to) =>
        new(Week(person, from), $"{Week(person, to)}0");

    public static KeyRange AllWeeks(PersonKeyParts person) => KeyRange.Of(Weeks(person));

    /// <summary>The person that a row is of.</summary>
    public static PersonKeyParts PersonOf(string key) =>
        key.Split('/', 4) is [_, var ecosystem, var person, ..]
            ? new PersonKeyParts(new EcosystemId(ecosystem), new PersonId(person))
            : throw new FormatException($"'{key}' is no key of a row.");

    /// <summary>The Monday that a week's key says.</summary>
    public static DateOnly WeekOf(string key) =>
        DateOnly.ParseExact(key.AsSpan(key.LastIndexOf('/') + 1), DayForm, CultureInfo.InvariantCulture);

    public static string Person(PersonKeyParts person) => $"p/{person.Ecosystem}/{person.Person}/sources";

    public static string Gone(PersonKeyParts person, SourceId source) =>
        $"g/{person.Ecosystem}/{person.Person}/{source}";

    /// <summary>Blocks, or figures, of a measure from one day to another, both included.</summary>
    public static KeyRange Range(char row, PersonKeyParts person, Measure measure, DateOnly from, DateOnly to)
    {
        var days = Days(row, person, measure);
        // '0' follows '/', which follows every day.
        return new KeyRange($"{days}{Text(from)}", $"{days}{Text(to)}0");
    }

    public static IEnumerable<KeyRange> Everything(PersonKeyParts person) =>
        "bdwpg".Select(row => KeyRange.Of($"{row}/{person.Ecosystem}/{person.Person}/"));

    public static KeyRange AllBlocks(PersonKeyParts person) => KeyRange.Of($"b/{person.Ecosystem}/{person.Person}/");

    /// <summary>What a block's key says; null for a row of another kind.</summary>
    public static BlockId? BlockOf(string key) =>
        key.Split('/') is ["b", var ecosystem, var person, var measure, var day, var source]
            ? new BlockId(
                new PersonKeyParts(new EcosystemId(ecosystem), new PersonId(person)),
                Measures.Find(measure)!.Value,
                DateOnly.ParseExact(day, DayForm, CultureInfo.InvariantCulture),
                new SourceId(source)
            )
            : null;

    /// <summary>Without a value the row is deleted.</summary>
    public static ReaderRow Row(string key, byte[]? value) =>
        new(key, value is null ? default(ReadOnlyMemory<byte>?) : value);

    public static byte[] Write(DaySummary day) => JsonSerializer.SerializeToUtf8Bytes(day, Wire.Options);

    public static DaySummary ReadDay(ReadOnlyMemory<byte> row) =>
        JsonSerializer.Deserialize<DaySummary>(row.Span, Wire.Options)!;

    public static ReadOnlyMemory<byte> Write(SourceOrder order) => RowJson.Write(order);

    public static ReadOnlyMemory<byte> Write(GoneRecords gone) => RowJson.Write(gone);

    private static string Days(char row, PersonKeyParts person, Measure measure) =>
        $"{row}/{person.Ecosystem}/{person.Person}/{Measures.Of(measure).Word}/";

    private static string Weeks(PersonKeyParts person) => $"w/{person.Ecosystem}/{person.Person}/";

    private static string Text(DateOnly day) => day.ToString(DayForm, CultureInfo.InvariantCulture);
}

internal readonly record struct PersonKeyParts(EcosystemId Ecosystem, PersonId Person)
{
    public static PersonKeyParts Of(GrainKey grain) =>
        new(
            grain.Ecosystem,
            grain.Kind == PersonKey.Kind ? new PersonId(grain.Id) : WearableStreamKey.Parts(grain).Person
        );
}

internal readonly record struct BlockId(PersonKeyParts Person, Measure Measure, DateOnly Day, SourceId Source);

/// <summary>Which of a person's sources count, and in which order.</summary>
/// <param name="Sources">In the order they were added, with whether they may flow.</param>
internal sealed record SourceOrder(IReadOnlyList<SourcePermission> Sources, IReadOnlyList<SourcesPreferred> Preferences)
{
    public static SourceOrder None { get; } = new([], []);

    public SourceOrder With(IEvent happened) =>
        happened switch
        {
            StreamPermissionChanged e when Sources.Any(known => known.Source == e.Source) => this with
            {
                Sources = [.. Sources.Select(known => known.Source == e.Source ? new(e.Source, e.IsAllowed) : known)],
            },
            StreamPermissionChanged e => this with { Sources = [.. Sources, new(e.Source, e.IsAllowed)] },
            SourcesPreferred e => this with
            {
                Preferences = [.. Preferences.Where(other => other.Measure != e.Measure), e],
            },
            _ => this,
        };

    /// <summary>The sources that count for a measure, the first one first.</summary>
    public IEnumerable<SourceId> For(Measure measure)
    {
        var preferred =
            (
                Preferences.FirstOrDefault(order => order.Measure == measure)
                ?? Preferences.FirstOrDefault(order => order.Measure is null)
            )?.Sources
            ?? [];
        var allowed = Sources.Where(known => known.IsAllowed).Select(known => known.Source).ToList();
        return preferred.Where(allowed.Contains).Concat(allowed.Except(preferred));
    }
}

internal sealed record SourcePermission(SourceId Source, bool IsAllowed);

/// <summary>Records that a sender took back, with the version at which it did; the oldest drop out.</summary>
internal sealed record GoneRecords(IReadOnlyDictionary<string, long> Versions);
