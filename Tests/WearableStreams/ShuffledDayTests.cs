using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.WearableStreams;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.WearableStreams;

/// <summary>
/// A person's day arrives from three sources that overlap, with corrections, deletions and repeats, in any order and
/// cut in any way: it is the same day every time, and it is right.
/// </summary>
public sealed class ShuffledDayTests
{
    private const int Shuffles = 300;
    private static readonly PersonId Person = new("person-1");
    private static readonly SourceId Watch = new("watch");
    private static readonly SourceId Ring = new("ring");
    private static readonly SourceId Telephone = new("telephone");
    private static readonly DateTimeOffset Midnight = new(2026, 3, 1, 0, 0, 0, TimeSpan.FromHours(1));
    private static readonly DateOnly Day = new(2026, 3, 1);
    private static readonly DateOnly Monday = new(2026, 2, 23);

    [Fact]
    public void ADayOfThreeSources_IsTheSame_HoweverItArrives()
    {
        var told = Told().ToList();
        string? first = null;
        for (var seed = 0; seed < Shuffles; seed++)
        {
            var rows = Arrive(told, seed);
            var day = string.Join('\n', rows.Select(row => $"{row.Key} {Convert.ToHexString(row.Value.Span)}"));

            day.ShouldBe(first ??= day, $"seed {seed}");
            if (seed == 0)
            {
                ShouldBeRight(rows);
            }
        }
    }

    /// <summary>The figures are worked out by hand from <see cref="Told"/>.</summary>
    private static void ShouldBeRight(SortedDictionary<string, ReadOnlyMemory<byte>> rows)
    {
        var steps = DayOf(rows, Measure.Steps);
        // The watch counts 10 a minute from 8:00 to 10:00, two of them corrected to 40; the telephone, in quarters of
        // an hour, counts only from 10:00 to 11:00, where the watch says nothing: 4 x 100.
        steps.Figures.Sum.ShouldBe((118 * 10) + (2 * 40) + (4 * 100));
        steps.Hours.Select(hour => (hour.Hour, hour.Figures.Sum)).ShouldBe([(8, 660), (9, 600), (10, 400)]);
        steps.Sources.ShouldBe([Watch, Telephone]);

        var pulse = DayOf(rows, Measure.HeartRate);
        // The watch every minute from 8:00 to 10:00, then the ring every five minutes until noon.
        pulse.Figures.Count.ShouldBe(120 + 24);
        pulse.Figures.Min.ShouldBe(50);
        pulse.Figures.Max.ShouldBe(100);
        pulse.Figures.Mean.ShouldBe(((120 * 100) + (24 * 50)) / 144.0, 1e-9);

        var sleep = DayOf(rows, Measure.Sleep);
        // The ring's night ends on the day; the telephone's covers the same time, so that it does not count.
        sleep.Figures.Sum.ShouldBe(420);
        sleep.Stages!.Select(stage => (stage.Key, stage.Value)).ShouldBe([('d', 90), ('l', 270), ('r', 60)]);

        var energy = DayOf(rows, Measure.ActiveEnergy);
        // A total of the day stands instead of the sum of its parts, and the newest one holds. Kilojoules.
        energy.Figures.Sum.ShouldBe(2_092 / 4.184, 1e-9);

        // The week has the same, on the Sunday that the day is.
        var week = PersonWeekCodec.Read(rows[SampleRows.Week(new PersonKeyParts(TestSilo.Acme, Person), Monday)].Span);
        week.Days[Measure.Steps].ShouldBe([null, null, null, null, null, null, steps.Figures.Sum]);
        week.Days[Measure.Sleep][6].ShouldBe(420);
        week.Days[Measure.HeartRate][6].ShouldNotBeNull().ShouldBe(pulse.Figures.Mean, 0.001);
        week.Days[Measure.Activity].ShouldBe([null, null, null, null, null, 30, null], "moved to the Saturday");

        DayOf(rows, Measure.Weight).Figures.Mean.ShouldBe(154.32 * 0.45359237, 1e-9);
        // A workout that moved to the day before, and one that was deleted.
        rows.Keys.Count(key => key.StartsWith("d/acme/person-1/activity/", StringComparison.Ordinal)).ShouldBe(1);
        rows.ContainsKey("d/acme/person-1/activity/2026-02-28").ShouldBeTrue();
    }

    private static DaySummary DayOf(SortedDictionary<string, ReadOnlyMemory<byte>> rows, Measure measure) =>
        SampleRows.ReadDay(rows[SampleRows.Day(new PersonKeyParts(TestSilo.Acme, Person), measure, Day)]);

    /// <summary>What the three sources tell: single samples or deletions, each to be put into some delivery.</summary>
    private static IEnumerable<(SourceId Source, Reading? Reading, DeletedReading? Deleted)> Told()
    {
        for (var minute = 0; minute < 120; minute++)
        {
            yield return (Watch, Steps(480 + minute, 1, 10, version: 1), null);
            yield return (Watch, Pulse(480 + minute, 100), null);
        }

        yield return (Watch, Steps(485, 1, 40, version: 2), null);
        yield return (Watch, Steps(490, 1, 25, version: 2), null);
        yield return (Watch, Steps(490, 1, 40, version: 3), null);
        for (var quarter = 0; quarter < 12; quarter++)
        {
            yield return (Telephone, Steps(480 + (quarter * 15), 15, 100, version: 1), null);
        }

        for (var five = 0; five < 48; five++)
        {
            yield return (Ring, Pulse(480 + (five * 5), 50), null);
        }

        yield return (Ring, Night("night-1", "l16200 d5400 r3600", minutes: 420), null);
        yield return (Telephone, Night(null, null, minutes: 400), null);
        yield return (Watch, Energy(1_000, "kJ", version: 1), null);
        yield return (Watch, Energy(2_092, "kJ", version: 5), null);
        yield return (Watch, Energy(1_500, "kJ", version: 4), null);
        yield return (
            Watch,
            new Reading(Measure.ActiveEnergy, Midnight.AddHours(9), Midnight.AddHours(10), 80, "kcal") { Version = 1 },
            null
        );
        yield return (
            Telephone,
            new Reading(Measure.Weight, Midnight.AddHours(7), null, 154.32, "lb") { Version = 1 },
            null
        );
        yield return (Watch, Workout("w-1", 60, version: 1), null);
        yield return (Watch, Workout("w-1", -60, version: 2), null);
        yield return (Watch, Workout("w-2", 600, version: 1), null);
        yield return (Watch, null, new DeletedReading("w-2", Measure: null, Version: 2));
    }

    /// <summary>Everything up to three times, shuffled, cut into deliveries of any size, and these read in any
    /// batches.</summary>
    private static SortedDictionary<string, ReadOnlyMemory<byte>> Arrive(
        IReadOnlyList<(SourceId Source, Reading? Reading, DeletedReading? Deleted)> told,
        int seed
    )
    {
        var random = new Random(seed);
        var all = told.SelectMany(one => Enumerable.Repeat(one, random.Next(1, 4))).ToArray();
        random.Shuffle(all);
        var events = new List<(GrainKey Grain, IEvent Happened)>();
        while (all.Length > 0)
        {
            var size = Math.Min(all.Length, random.Next(1, 200));
            events.AddRange(all[..size].GroupBy(one => one.Source).Select(part => Delivery(part.Key, [.. part])));
            all = all[size..];
        }

        var permissions = new[] { Watch, Ring, Telephone }.Select(
            (source, at) =>
                (PersonKey.Of(TestSilo.Acme, Person), (IEvent)new StreamPermissionChanged(source, true, at + 1))
        );
        events.InsertRange(random.Next(events.Count), permissions);
        return Fold(events, random);
    }

    private static (GrainKey, IEvent) Delivery(
        SourceId source,
        IReadOnlyList<(SourceId Source, Reading? Reading, DeletedReading? Deleted)> part
    )
    {
        var batch = SampleBatch.Of(
            part.Select(one => one.Reading).OfType<Reading>(),
            [.. part.Select(one => one.Deleted).OfType<DeletedReading>()],
            [],
            Midnight.AddDays(1)
        );
        batch.SetAside.ShouldBeEmpty();
        return (
            WearableStreamKey.Of(TestSilo.Acme, Person, source),
            new SamplesStored(batch.Blocks, batch.Deleted, [], IsBackfill: false, Midnight)
        );
    }

    private static SortedDictionary<string, ReadOnlyMemory<byte>> Fold(
        List<(GrainKey Grain, IEvent Happened)> events,
        Random random
    )
    {
        var rows = new SortedDictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        while (events.Count > 0)
        {
            var step = events[..random.Next(1, events.Count + 1)];
            events.RemoveRange(0, step.Count);
            var samples = new PersonSamples(new PersonKeyParts(TestSilo.Acme, Person));
            step.ForEach(one => samples.Note(one.Grain, one.Happened));
            foreach (var range in samples.Needed())
            {
                foreach (var row in rows.Where(row => IsIn(range, row.Key)))
                {
                    samples.Load(new ReaderRow(row.Key, row.Value));
                }
            }

            foreach (var row in samples.Changes().ToList())
            {
                rows.Remove(row.Key);
                if (row.Value is { } value)
                {
                    rows.Add(row.Key, value);
                }
            }
        }

        return rows;
    }

    private static bool IsIn(KeyRange range, string key) =>
        string.CompareOrdinal(key, range.From) >= 0 && string.CompareOrdinal(key, range.Before) < 0;

    private static Reading Steps(int minute, int length, int count, long version) =>
        new(Measure.Steps, Midnight.AddMinutes(minute), Midnight.AddMinutes(minute + length), count, "count")
        {
            Version = version,
        };

    private static Reading Pulse(int minute, int rate) =>
        new(Measure.HeartRate, Midnight.AddMinutes(minute), End: null, rate, "bpm") { Version = 1 };

    private static Reading Night(string? id, string? stages, int minutes) =>
        new(Measure.Sleep, Midnight.AddHours(-1), Midnight.AddHours(6), minutes, "min")
        {
            Id = id,
            Detail = stages,
            Version = 1,
        };

    private static Reading Energy(double value, string unit, long version) =>
        new(Measure.ActiveEnergy, Midnight, Midnight.AddDays(1), value, unit)
        {
            Id = "day-2026-03-01",
            IsDailyTotal = true,
            Version = version,
        };

    private static Reading Workout(string id, int minute, long version) =>
        new(Measure.Activity, Midnight.AddMinutes(minute), Midnight.AddMinutes(minute + 30), 30, "min")
        {
            Id = id,
            Detail = "running",
            Version = version,
        };
}
