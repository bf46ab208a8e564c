using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using EcosystemSilo.Grains;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Blueprints;
using EcosystemSilo.Silo.Hosting;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Silo.Personal;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Activations;

/// <summary>What the cores of one silo share.</summary>
internal sealed class CoreHost(
    IJournal journal,
    SubjectKeys keys,
    BlueprintBook blueprints,
    IMembershipView membership,
    TimeProvider clock,
    WaitClock waits,
    SiloMetrics metrics,
    NewerEvents newer,
    ILogger<CoreHost> logger
)
{
    private readonly FrozenDictionary<string, StrongBox<int>> _active = GrainKinds.All.ToFrozenDictionary(
        kind => kind.Name,
        _ => new StrongBox<int>(),
        StringComparer.Ordinal
    );

    public IJournal Journal => journal;

    public SubjectKeys Keys => keys;

    public BlueprintBook Blueprints => blueprints;

    public TimeProvider Clock => clock;

    /// <summary>By which readers wait for a version.</summary>
    public TimeProvider Waits => waits.Provider;

    public SiloMetrics Metrics => metrics;

    public NewerEvents Newer => newer;

    public ILogger Logger => logger;

    /// <summary>Activations of Orleans in this silo, of all kinds.</summary>
    public int ActiveCount => _active.Values.Sum(count => Volatile.Read(ref count.Value));

    /// <summary>Activations of Orleans in this silo of each kind.</summary>
    public IEnumerable<(string Kind, int Count)> ActiveByKind =>
        _active.Select(kind => (kind.Key, Volatile.Read(ref kind.Value.Value)));

    public void CountActivated(GrainId grain) => Interlocked.Increment(ref CountOf(grain).Value);

    public void CountDeactivated(GrainId grain) => Interlocked.Decrement(ref CountOf(grain).Value);

    /// <summary>
    /// Whether this silo may have been given up by the others without knowing. What it has in memory may be old then.
    /// </summary>
    public bool MayBeLeftBehind => !membership.IsFresh;

    /// <summary>Snapshots only save time: one that cannot be written is logged and made up for by the next.</summary>
    public void SaveSnapshot(GrainCore core, IGrainKind kind, GrainState state) =>
        _ = Save(GrainCodec.WriteSnapshot(core.Key, kind, state));

    private StrongBox<int> CountOf(GrainId grain) => _active[grain.Type.ToString()!];

    private async Task Save(Snapshot snapshot)
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
