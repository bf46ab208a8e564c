namespace EcosystemSilo.LoadTests.Processes;

/// <summary>
/// Silos and gateways as processes of their own on one PostgreSQL database, as they are deployed. Callers take the
/// gateways in turn.
/// </summary>
public sealed class SiloCluster : IAsyncDisposable
{
    public const int SilosUsual = 3;
    public const int GatewaysUsual = 2;

    /// <summary>What PostgreSQL accepts unless it is told otherwise; all processes together must make do.</summary>
    public const int ConnectionsUsual = 100;

    /// <summary>
    /// As long as a gateway of an installation has nobody's word for it: its callers notice that it goes.
    /// </summary>
    private const string DrainUsual = "00:00:05";

    private readonly TemporaryFolder _data = new();
    private readonly List<SiloProcess> _silos = [];
    private readonly List<GatewayProcess> _gateways = [];

    private SiloCluster(string connectionString) => ConnectionString = connectionString;

    public string ConnectionString { get; }

    public IReadOnlyList<SiloProcess> Silos => _silos;

    public IReadOnlyList<GatewayProcess> Gateways => _gateways;

    public IEnumerable<ServerProcess> Processes => [.. _silos, .. _gateways];

    /// <param name="prepare">Told each process before it starts.</param>
    public static async Task<SiloCluster> Start(string connectionString, Action<ServerProcess>? prepare = null)
    {
        var cluster = new SiloCluster(connectionString);
        try
        {
            cluster.Compose(prepare ?? (_ => { }));
            await Task.WhenAll(cluster.Processes.Select(process => process.StartSupervised()));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Processes.Select(process => process.DisposeAsync().AsTask()));
        _data.Dispose();
    }

    private void Compose(Action<ServerProcess> prepare)
    {
        for (var number = 0; number < SilosUsual; number++)
        {
            _silos.Add(new SiloProcess(ConnectionString));
        }

        for (var number = 0; number < GatewaysUsual; number++)
        {
            var gateway = new GatewayProcess("PostgreSql", ConnectionString);
            gateway.JoinCluster("Gateway");
            gateway.Set("Cluster__DrainTime", DrainUsual);
            _gateways.Add(gateway);
        }

        foreach (var process in Processes)
        {
            process.Set("Data__Folder", _data.Path);
            // The one key of all callers is not what is looked at.
            process.Set("RateLimits__RestPerSecond", "1000000");
            process.Set("RateLimits__RestBurst", "1000000");
            prepare(process);
        }
    }
}
