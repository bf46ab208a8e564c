namespace EcosystemSilo.LoadTests.Processes;

/// <summary>Several gateways that run grains together, on one PostgreSQL database behind a plain proxy.</summary>
public sealed class GatewayCluster : IAsyncDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly List<GatewayProcess> _processes = [];
    private RoundRobinProxy? _proxy;

    private GatewayCluster() { }

    public IReadOnlyList<GatewayProcess> Processes => _processes;

    public RoundRobinProxy Proxy => _proxy ?? throw new InvalidOperationException("The cluster does not run.");

    public string ConnectionString => _processes[0].ConnectionString;

    /// <param name="prepare">Told each process before it starts.</param>
    public static async Task<GatewayCluster> Start(
        string connectionString,
        int count,
        Action<GatewayProcess>? prepare = null
    )
    {
        var cluster = new GatewayCluster();
        try
        {
            for (var number = 0; number < count; number++)
            {
                var process = new GatewayProcess("PostgreSql", connectionString);
                process.Set("Data__Folder", cluster._data.Path);
                process.Set("Gateway__TrustedProxies", "127.0.0.1");
                process.JoinCluster();
                prepare?.Invoke(process);
                cluster._processes.Add(process);
            }

            await Task.WhenAll(cluster._processes.Select(process => process.StartSupervised()));
            cluster._proxy = await RoundRobinProxy.Start(cluster._processes);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client of the proxy that may do everything.</summary>
    public HttpClient Client()
    {
        var client = new HttpClient { BaseAddress = new Uri(Proxy.Url) };
        client.DefaultRequestHeaders.Add("X-Api-Key", GatewayProcess.BootstrapKey);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        await Task.WhenAll(_processes.Select(process => process.DisposeAsync().AsTask()));
        _data.Dispose();
    }
}
