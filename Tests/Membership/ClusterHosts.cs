using System.Net;
using System.Net.Sockets;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EcosystemSilo.Tests.Membership;

/// <summary>Silos and clients of one cluster in this process, on a database of their own.</summary>
internal sealed class ClusterHosts(string connectionString) : IAsyncDisposable
{
    private readonly List<IHost> hosts = [];

    public string ConnectionString => connectionString;

    public static async Task<ClusterHosts> Create(PostgresServer postgres)
    {
        var cluster = new ClusterHosts(await postgres.NewDatabase());
        await cluster.ApplySchema();
        return cluster;
    }

    public async Task ApplySchema()
    {
        foreach (var (_, sql) in MembershipSchema.Steps)
        {
            await Execute(sql);
        }
    }

    /// <summary>
    /// Free ports are found by asking for them; another process may take them in between, which is rare.
    /// </summary>
    public static ClusterOptions Place(ClusterRole role) =>
        new()
        {
            Role = role,
            SiloPort = FreePort(),
            GatewayPort = FreePort(),
            AdvertisedAddress = "127.0.0.1",
        };

    /// <summary>What all of them log.</summary>
    public LogLines Log { get; } = new();

    /// <param name="masterKey">Stands for the master key.</param>
    /// <param name="also">What else the silo is given, in the place that the product gives it.</param>
    public async Task<IHost> StartSilo(
        ClusterOptions? options = null,
        EndProcess? end = null,
        string masterKey = "ours",
        Action<IServiceCollection>? also = null
    )
    {
        var host = Build(
            masterKey,
            services =>
            {
                services.AddSingleton(
                    end ?? (code => throw new InvalidOperationException($"The silo ended with {code}."))
                );
                also?.Invoke(services);
                services.AddOrleans(silo => silo.UseCluster(options ?? Place(ClusterRole.Silo), connectionString));
            }
        );
        return await Start(host);
    }

    public async Task<IHost> StartClient(bool isPlain = false, string masterKey = "ours")
    {
        var options = Place(ClusterRole.Gateway);
        options.AllowPlain = isPlain;
        var host = Build(
            masterKey,
            services => services.AddOrleansClient(client => client.UseCluster(options, connectionString))
        );
        return await Start(host);
    }

    public static async Task<IReadOnlyDictionary<SiloAddress, SiloStatus>> Members(IHost host) =>
        await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetHosts(false);

    public static SiloAddress AddressOf(IHost silo) =>
        silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    public async Task<int> Execute(string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<T?> Find<T>(string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return (T?)await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Enumerable.Reverse(hosts))
        {
            await host.StopAsync();
            host.Dispose();
        }
    }

    private async Task<IHost> Start(IHost host)
    {
        try
        {
            await host.StartAsync();
        }
        catch
        {
            host.Dispose();
            throw;
        }
        lock (hosts)
        {
            hosts.Add(host);
        }
        return host;
    }

    private IHost Build(string masterKey, Action<IServiceCollection> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddProvider(Log);
        builder.Services.AddSingleton<IKeySafe>(new OpenSafe(masterKey));
        builder.Services.AddKeyedSingleton(KeyedService.AnyKey, TimeProvider.System);
        add(builder.Services);
        return builder.Build();
    }

    public static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
