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

    /// <summary>
    /// Waits for a read of the journal as long as a caller may wait. The read goes on, for those who ask next.
    /// </summary>
    /// <exception cref="JournalUnavailableException">It takes longer.</exception>
    public async Task Soon(Task reading)
    {
        try
        {
            await (reading.IsCompleted ? reading : reading.WaitAsync(Limits.ReadPatience, clock));
        }
        catch (TimeoutException late)
        {
            throw new JournalUnavailableException($"No answer within {Limits.ReadPatience.TotalSeconds} s.", late);
        }
    }

    /// <inheritdoc cref="Soon(Task)"/>
    public async Task<T> Soon<T>(Task<T> reading)
    {
        await Soon((Task)reading);
        return await reading;
    }

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
