using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo;

/// <summary>Brings a grain's state back from the journal.</summary>
internal static class GrainHistories
{
    public static async Task<GrainState> Load(
        IJournal journal,
        IGrainKind kind,
        GrainKey key,
        CancellationToken cancellation
    )
    {
        var history = await journal.Load(key.ToString(), cancellation);
        return history.Snapshot is { } snapshot && snapshot.Shape != kind.StateShape
            ? await LoadAt(journal, kind, key, long.MaxValue, cancellation)
            : GrainCodec.Fold(kind, history);
    }

    /// <summary>The state as it was at a version, folded from the first event.</summary>
    public static async Task<GrainState> LoadAt(
        IJournal journal,
        IGrainKind kind,
        GrainKey key,
        long version,
        CancellationToken cancellation
    )
    {
        var state = GrainState.None;
        while (true)
        {
            var events = await journal.ReadGrain(key.ToString(), state.Version, Limits.EventsPerRead, cancellation);
            foreach (var recorded in events)
            {
                if (recorded.Version > version)
                {
                    return state;
                }

                state = GrainCodec.Advance(kind, state, recorded);
            }

            if (events.Count < Limits.EventsPerRead)
            {
                return state;
            }
        }
    }
}
