using System.Text.Json;

namespace EcosystemSilo.Grains.Interfaces.Lists;

/// <summary>One event of a grain, for people.</summary>
/// <param name="Version">The grain's version that the event led to.</param>
/// <param name="Event">The event's wire name.</param>
/// <param name="Title">What happened, in a sentence.</param>
/// <param name="Actor">Who did it; a partner learns of others only whether it was a key, a user or a source.</param>
/// <param name="Correlation">Names the request; empty where it is not the reader's business.</param>
/// <param name="Data">The fields of the event that the reader's role may see.</param>
public sealed record TimelineEntry(
    long Version,
    long Position,
    DateTimeOffset At,
    string Event,
    string Title,
    string Actor,
    string Correlation,
    JsonElement Data
);

/// <summary>The history of one grain, straight from the journal.</summary>
public interface ITimeline
{
    /// <summary>
    /// At most <paramref name="max"/> events with a version up to and including the given one, newest first. Pass the
    /// grain's version for the first page, and one less than the last entry's for the next.
    /// </summary>
    Task<IReadOnlyList<TimelineEntry>> Read(GrainKey grain, long upTo, int max, CancellationToken cancellation);
}
