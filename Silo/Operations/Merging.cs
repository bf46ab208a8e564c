using EcosystemSilo.Grains.Interfaces.Operations;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Operations;

/// <summary>Makes one picture of what several processes and the journal say.</summary>
internal static class Merging
{
    /// <summary>Adds what silos measured in the same step.</summary>
    public static CommandsView Commands(IEnumerable<ProcessReport> reports)
    {
        var steps = reports
            .SelectMany(report => report.Steps)
            .GroupBy(step => step.Number)
            .OrderBy(step => step.Key)
            .TakeLast(OperationsLimits.StepsKept)
            .Select(step => (Number: step.Key, Seconds: step.Max(one => one.Seconds), Counts: Sum(step)))
            .ToList();
        var now = steps.TakeLast(OperationsLimits.StepsOfNow).ToList();
        var counts = Sum(now.Select(step => step.Counts));
        var seconds = now.Sum(step => step.Seconds);
        return new CommandsView(
            seconds > 0 ? Rate(counts, seconds) : null,
            CommandTimes.Percentile(counts, 0.5),
            CommandTimes.Percentile(counts, 0.99),
            (int)OperationsLimits.Step.TotalSeconds,
            [
                .. steps.Select(step => new CommandStep(
                    new DateTimeOffset(step.Number * OperationsLimits.Step.Ticks, TimeSpan.Zero),
                    step.Seconds > 0 ? Rate(step.Counts, step.Seconds) : 0,
                    CommandTimes.Percentile(step.Counts, 0.5),
                    CommandTimes.Percentile(step.Counts, 0.99)
                )),
            ]
        );
    }

    /// <summary>
    /// Readers that living processes know; those of former builds are not shown. A holder says itself how far it is,
    /// since it saves its place only now and then.
    /// </summary>
    public static JournalView Journal(JournalFigures figures, IReadOnlyList<ProcessReport> reports)
    {
        var saved = figures.Readers.ToDictionary(reader => reader.Reader, reader => reader.Checkpoint);
        var holders = figures
            .Leases.Where(lease => lease.Left > TimeSpan.Zero)
            .ToDictionary(lease => lease.Name, lease => lease.Holder);
        var names = reports.SelectMany(report => report.Followed.Select(one => one.Name)).Concat(holders.Keys);
        return new JournalView(
            figures.LastPosition,
            [
                .. names
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .Select(name => Reader(name, holders.GetValueOrDefault(name))),
            ],
            figures.Due,
            figures.Due >= JournalLimits.DueCountedMax,
            figures.OldestDue
        );

        ReaderView Reader(string name, string? holder)
        {
            var followed = reports
                .FirstOrDefault(report => report.Process.Name == holder)
                ?.Followed.FirstOrDefault(one => one.Name == name);
            var position = Math.Max(followed?.Position ?? 0, saved.GetValueOrDefault(name));
            return new ReaderView(name, position, Math.Max(0, figures.LastPosition - position), holder);
        }
    }

    public static SiloView Silo(SiloReport silo) =>
        new(silo.Name, silo.Address, silo.State, silo.StartedAt, silo.LastSignAt, silo.Report?.Process);

    private static long[] Sum(IEnumerable<MeasuredStep> steps)
    {
        var counts = new long[CommandTimes.Classes];
        foreach (var (number, count) in steps.SelectMany(step => step.Times))
        {
            // Another build may have more classes than this one.
            counts[Math.Clamp(number, 0, counts.Length - 1)] += count;
        }

        return counts;
    }

    private static long[] Sum(IEnumerable<long[]> each)
    {
        var counts = new long[CommandTimes.Classes];
        foreach (var one in each)
        {
            for (var number = 0; number < counts.Length; number++)
            {
                counts[number] += one[number];
            }
        }

        return counts;
    }

    private static double Rate(long[] counts, double seconds) => Math.Round(counts.Sum() / seconds, 1);
}
