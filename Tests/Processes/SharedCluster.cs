using EcosystemSilo.LoadTests.Chaos.Faults;
using EcosystemSilo.LoadTests.Chaos.Hooks;
using EcosystemSilo.LoadTests.Clusters;
using EcosystemSilo.LoadTests.Processes;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Processes;

/// <summary>
/// Three silos and two gateways on one PostgreSQL, shared by the stories of silos that die, are cut off and are
/// upgraded; in a network of their own where the machine gives one.
/// </summary>
public sealed class SharedCluster(PostgresServer postgres) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly PrivateNetwork? _network = PrivateNetwork.Problem is null ? PrivateNetwork.Create() : null;
    private readonly Dictionary<ServerProcess, Place> _places = [];
    private SiloCluster? _cluster;
    private ClusterCalls? _calls;
    private int _silos;

    /// <summary>Leases last so long that one that was not given up is told from one that was.</summary>
    internal static TimeSpan LeaseTime { get; } = TimeSpan.FromSeconds(12);

    internal SiloCluster Cluster => _cluster.ShouldNotBeNull();

    internal ClusterCalls Calls => _calls.ShouldNotBeNull();

    public async ValueTask InitializeAsync()
    {
        _cluster = await SiloCluster.Start(await postgres.NewDatabase(), Place);
        _calls = new ClusterCalls(_cluster);
    }

    public async ValueTask DisposeAsync()
    {
        _calls?.Dispose();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        _network?.Dispose();
        _folder.Dispose();
    }

    /// <summary>Where a process is in the network.</summary>
    internal Place PlaceOf(ServerProcess process) => _places[process];

    /// <summary>Of these grains, those that are active on a silo.</summary>
    internal List<string> On(int silo, IEnumerable<string> ids)
    {
        var there = Whereabouts.Ask(Socket(silo));
        return [.. ids.Where(id => there.Contains(ClusterCalls.Grain(id)))];
    }

    private void Place(ServerProcess process)
    {
        process.Set("Silo__LeaseTime", $"{LeaseTime}");
        if (process is SiloProcess)
        {
            process.Set(ChaosHook.Start.Name, ChaosHook.Start.Value);
            process.Set(ChaosHook.Where, Socket(_silos++));
        }
        else
        {
            // Callers who come every 20 ms notice soon that it goes.
            process.Set("Cluster__DrainTime", "00:00:01");
        }

        if (_network?.NewPlace() is { } place)
        {
            process.MoveTo($"{place.Address}", place.Within);
            _places.Add(process, place);
        }
    }

    private string Socket(int silo) => _folder.File($"silo-{silo}");
}
