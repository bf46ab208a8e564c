using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Projections;

/// <summary>Tells a grain's history from the journal itself, so it is never behind.</summary>
internal sealed class Timeline(IJournal journal) : ITimeline
{
    public async Task<IReadOnlyList<TimelineEntry>> Read(
        GrainKey grain,
        long upTo,
        int max,
        CancellationToken cancellation
    )
    {
        var after = Math.Max(0, upTo - max);
        var wanted = (int)Math.Min(max, upTo - after);
        if (wanted <= 0)
        {
            return [];
        }

        var events = await journal.ReadGrain(grain.ToString(), after, wanted, cancellation);
        return [.. events.Select(recorded => Tell(grain, recorded)).Reverse()];
    }

    private static TimelineEntry Tell(GrainKey grain, RecordedEvent recorded)
    {
        using var data = JsonDocument.Parse(recorded.Payload);
        return new TimelineEntry(
            recorded.Version,
            recorded.Position,
            recorded.At,
            recorded.Name,
            TimelineSentences.Of(Fact.Of(grain, recorded).Body),
            recorded.Actor,
            recorded.Correlation,
            data.RootElement.Clone()
        );
    }
}
