using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Silo.Projections;

/// <summary>A person's connection to a source. It has no samples, only how far they are.</summary>
/// <param name="Born">Position of the first event, the order of lists.</param>
internal sealed record StreamRow(
    string Id,
    long Born,
    long Version,
    StreamStatus Status,
    DateTimeOffset Since,
    Phase Phase,
    DateTimeOffset? LastDataAt,
    long Samples,
    IReadOnlyList<Measure> Measures,
    IReadOnlyList<Measure> Backfilled,
    long ValuesSetAside,
    long RefusedDeliveries,
    string? Why
) : IRow
{
    public StreamCard Card(GrainKey key, PartnerId? partner)
    {
        var (person, source) = WearableStreamKey.Parts(key);
        return new StreamCard(
            Id,
            Version,
            person,
            source,
            partner,
            Status,
            Since,
            Phase,
            LastDataAt,
            Samples,
            Measures,
            [.. Measures.Except(Backfilled)],
            ValuesSetAside,
            RefusedDeliveries,
            Why
        );
    }

    public static StreamRow? Fold(StreamRow? row, Fact fact)
    {
        if (fact.Version <= row?.Version)
        {
            return row;
        }

        if (row is null)
        {
            return fact.Body is StreamOpened ? Start(fact) : null;
        }

        return Next(row, fact) with
        {
            Version = fact.Version,
        };
    }

    private static StreamRow Next(StreamRow row, Fact fact) =>
        fact.Body switch
        {
            FlowAllowed e => row with { Status = StreamStatus.Waiting, Since = e.At, Why = null },
            FlowStopped e => row with { Status = StreamStatus.Stopped, Since = e.At },
            StreamWentLive e => row with { Status = StreamStatus.Live, Since = e.At },
            StreamWentStale e => row with { Status = StreamStatus.Stale, Since = e.At },
            StreamDisconnected e => row with { Status = StreamStatus.Disconnected, Since = e.At, Why = e.Reason },
            SamplesStored e => Store(row, e),
            SamplesRefused => row with { RefusedDeliveries = row.RefusedDeliveries + 1 },
            BackfillStarted => row with { Backfilled = [] },
            BackfillCompleted e => row with { Backfilled = [.. row.Backfilled.Append(e.Measure).Distinct()] },
            PhaseEntered e => row with { Phase = e.Phase },
            _ => row,
        };

    private static StreamRow Store(StreamRow row, SamplesStored stored)
    {
        var isFirst = stored.IsBackfill && row.Status is StreamStatus.Waiting or StreamStatus.Disconnected;
        return row with
        {
            Status = isFirst ? StreamStatus.Backfilling : row.Status,
            Since = isFirst ? stored.At : row.Since,
            LastDataAt = stored.At,
            Samples = row.Samples + stored.Blocks.Sum(block => block.Count),
            Measures = [.. row.Measures.Concat(stored.Blocks.Select(block => block.Measure)).Distinct()],
            ValuesSetAside = row.ValuesSetAside + stored.SetAside.Count,
        };
    }

    private static StreamRow Start(Fact fact) =>
        new(
            fact.Grain.Id,
            fact.Position,
            fact.Version,
            StreamStatus.Stopped,
            fact.Recorded.At,
            Phase.Discovery,
            LastDataAt: null,
            Samples: 0,
            Measures: [],
            Backfilled: [],
            ValuesSetAside: 0,
            RefusedDeliveries: 0,
            Why: null
        );
}
