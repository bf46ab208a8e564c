using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Grains.WearableStreams;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Projections;

namespace EcosystemSilo.Silo.WearableStreams;

/// <summary>Reads what <see cref="SampleProjector"/> keeps.</summary>
internal sealed class SampleHistory(IJournal journal) : ISampleHistory
{
    public async Task<IReadOnlyList<Sample>> Find(
        EcosystemId ecosystem,
        PersonId person,
        Measure measure,
        DateTimeOffset from,
        DateTimeOffset before,
        IReadOnlyCollection<SourceId> allowed,
        CancellationToken cancellation
    )
    {
        // The person's own day begins up to 14 hours before or 12 after that of UTC.
        var (first, last) = (DayOf(from.UtcDateTime.AddHours(-12)), DayOf(before.UtcDateTime.AddHours(14)));
        var parts = new PersonKeyParts(ecosystem, person);
        var days = await Blocks(parts, SampleRows.Range('b', parts, measure, first, last), allowed, cancellation);
        return
        [
            .. days.SelectMany(day => PersonDay.Merge(day.Sources))
                .Where(sample => sample.Start >= from && sample.Start < before)
                .OrderBy(sample => sample.Start),
        ];
    }

    public async Task<IReadOnlyList<DaySummary>> Days(
        EcosystemId ecosystem,
        PersonId person,
        Measure measure,
        DateOnly from,
        DateOnly to,
        IReadOnlyCollection<SourceId> allowed,
        CancellationToken cancellation
    )
    {
        var parts = new PersonKeyParts(ecosystem, person);
        var range = SampleRows.Range('d', parts, measure, from, to);
        var days = new List<DaySummary>();
        foreach (var row in await journal.FindRows(SampleRows.Reader, [range], cancellation))
        {
            if (row.Value is not { } value)
            {
                continue;
            }

            var day = SampleRows.ReadDay(value);
            if (day.Sources.Any(source => !allowed.Contains(source)))
            {
                // A source was stopped a moment ago, and the figures still have it.
                day = await Again(parts, measure, day.Day, allowed, cancellation);
            }

            if (day is not null)
            {
                days.Add(day);
            }
        }

        return [.. days.OrderBy(day => day.Day)];
    }

    private async Task<DaySummary?> Again(
        PersonKeyParts person,
        Measure measure,
        DateOnly day,
        IReadOnlyCollection<SourceId> allowed,
        CancellationToken cancellation
    )
    {
        var range = SampleRows.Range('b', person, measure, day, day);
        var days = await Blocks(person, range, allowed, cancellation);
        return days is [var only] ? PersonDay.Summarise(measure, day, only.Sources) : null;
    }

    private async Task<IReadOnlyList<(DateOnly Day, IReadOnlyList<SourceDay> Sources)>> Blocks(
        PersonKeyParts person,
        KeyRange range,
        IReadOnlyCollection<SourceId> allowed,
        CancellationToken cancellation
    )
    {
        var rows = await journal.FindRows(
            SampleRows.Reader,
            [range, KeyRange.Of(SampleRows.Person(person))],
            cancellation
        );
        var order = rows.FirstOrDefault(row => SampleRows.BlockOf(row.Key) is null)?.Value is { } stored
            ? RowJson.Read<SourceOrder>(stored)
            : SourceOrder.None;
        var blocks = new List<(BlockId Block, ReadOnlyMemory<byte> Data)>();
        foreach (var row in rows)
        {
            if (SampleRows.BlockOf(row.Key) is { } block && row.Value is { } data && allowed.Contains(block.Source))
            {
                blocks.Add((block, data));
            }
        }

        return
        [
            .. blocks
                .GroupBy(row => (row.Block.Day, row.Block.Measure))
                .OrderBy(day => day.Key.Day)
                .Select(day => (day.Key.Day, InOrder(order, day.Key.Measure, day))),
        ];
    }

    private static IReadOnlyList<SourceDay> InOrder(
        SourceOrder order,
        Measure measure,
        IEnumerable<(BlockId Block, ReadOnlyMemory<byte> Data)> blocks
    )
    {
        var ranks = order.For(measure).Select((source, rank) => (source, rank)).ToDictionary();
        return
        [
            .. blocks
                .OrderBy(block => ranks.GetValueOrDefault(block.Block.Source, int.MaxValue))
                .ThenBy(block => block.Block.Source.Value, StringComparer.Ordinal)
                .Select(block => new SourceDay(block.Block.Source, SampleCodec.Read(block.Data.Span))),
        ];
    }

    private static DateOnly DayOf(DateTime time) => DateOnly.FromDateTime(time);
}
