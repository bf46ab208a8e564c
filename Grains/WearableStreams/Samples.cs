using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Grains.WearableStreams;

/// <summary>
/// The samples of one source, measure and day as a set: putting the same ones in again, in any order and in any split,
/// gives the same set.
/// </summary>
public static class Samples
{
    /// <param name="known">In their order.</param>
    /// <returns>Both together in their order, of each thing the version that holds.</returns>
    public static Sample[] Merge(Sample[] known, IReadOnlyCollection<Sample> arrived)
    {
        var best = new Dictionary<Thing, Sample>(known.Length + arrived.Count);
        foreach (var sample in known.Concat(arrived))
        {
            var thing = Thing.Of(sample);
            if (!best.TryGetValue(thing, out var other) || sample.Beats(other))
            {
                best[thing] = sample;
            }
        }

        var merged = best.Values.ToArray();
        Array.Sort(merged, Sample.Compare);
        return merged;
    }

    /// <summary>
    /// What a sample tells of, by its id or by its time: of two that tell of the same, one holds.
    /// </summary>
    private readonly record struct Thing(string? Id, long Start, long End, bool IsDailyTotal)
    {
        public static Thing Of(in Sample sample) =>
            sample.Id is { } id
                ? new Thing(id, 0, 0, IsDailyTotal: false)
                : new Thing(null, sample.Start.UtcTicks, sample.End?.UtcTicks ?? -1, sample.IsDailyTotal);
    }
}
