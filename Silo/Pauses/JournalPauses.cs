using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Pauses;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Pauses;

/// <summary>Reads pauses off the journal, so that a grain that cannot be reached can be looked at too.</summary>
internal sealed class JournalPauses(IJournal journal) : IPauses
{
    public async Task<PauseState?> Find(GrainKey key, long? version, CancellationToken cancellation)
    {
        if (GrainKinds.All.FirstOrDefault(kind => kind.Name == key.Kind) is not { } kind)
        {
            return null;
        }

        try
        {
            var state = version is { } wanted
                ? await GrainHistories.LoadAt(journal, kind, key, wanted, cancellation)
                : await GrainHistories.Load(journal, kind, key, cancellation);
            return state.Version == 0 ? null : new PauseState(state.Version, state.Pause);
        }
        catch (JournalUnavailableException fault)
        {
            throw new GrainUnavailableException($"{key} could not be read from the journal.", fault);
        }
    }
}
