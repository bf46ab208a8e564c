using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Blueprints;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Engines.Local;

/// <summary>What an activation needs of the engine that runs it.</summary>
internal sealed class ActivationHost(
    IJournal journal,
    BlueprintBook blueprints,
    TimeProvider clock,
    SiloMetrics metrics,
    ILogger logger,
    Action<Activation> forget
)
{
    public IJournal Journal => journal;

    public BlueprintBook Blueprints => blueprints;

    public TimeProvider Clock => clock;

    public SiloMetrics Metrics => metrics;

    public void Forget(Activation activation) => forget(activation);

    /// <summary>Snapshots only save time: one that cannot be written is logged and made up for by the next.</summary>
    public async Task SaveSnapshot(Snapshot snapshot)
    {
        try
        {
            await journal.SaveSnapshot(snapshot, CancellationToken.None);
        }
        catch (JournalUnavailableException fault)
        {
            Log.SnapshotFailed(logger, snapshot.Grain, snapshot.Version, fault);
        }
    }
}
