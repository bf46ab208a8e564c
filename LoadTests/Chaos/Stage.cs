using System.Data.Common;
using System.Net;
using System.Text.RegularExpressions;
using EcosystemSilo.LoadTests.Chaos.Faults;
using EcosystemSilo.LoadTests.Chaos.Hooks;
using EcosystemSilo.LoadTests.Processes;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EcosystemSilo.LoadTests.Chaos;

/// <summary>
/// Everything that a run is played on: the store, the proxy before it, the processes with their supervisors, and the
/// clients. Programs have time boxes of a day, and the processes' clocks are put forward at each start.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    /// <summary>
    /// A bound on how far clocks are put forward, within the 14 days for which repeats are recognised.
    /// </summary>
    private static readonly TimeSpan ShiftMax = TimeSpan.FromDays(11);

    private static readonly double[] Jumps = [0, 0, 1, 6, 24, -1, -24];

    private readonly ChaosOptions _options;
    private readonly TemporaryFolder _folder = new();
    private readonly Random _random;

    /// <summary>For what is drawn whenever a process starts, also several at once.</summary>
    private readonly Random _ofStarts;
    private readonly string? _database;
    private CrashPoint _nextPoint;
    private TimeSpan _shift;
    private bool _isLastJumpMade;

    private Stage(ChaosOptions options, PostgresServer? postgres, string? database)
    {
        (_options, Postgres, _database) = (options, postgres, database);
        (_random, _ofStarts) = (new Random(options.Seed), new Random(options.Seed));
        Log = new ClientLog(options.LogFile);
        var behindProxy = database;
        if (postgres is not null)
        {
            Network = options.Faults.Any(fault => fault.NeedsNetwork()) ? PrivateNetwork.Create() : null;
            var here = Network?.Here ?? IPAddress.Loopback;
            Proxy = new TcpProxy(postgres.Socket, here);
            behindProxy = new NpgsqlConnectionStringBuilder(database)
            {
                Host = $"{here}",
                Port = Proxy.Port,
            }.ConnectionString;
        }

        WriteBlueprint();
        (Silos, Gateways) = options.IsCluster ? Cluster(behindProxy!) : Alike(behindProxy);
    }

    /// <summary>All of them, each once.</summary>
    public IReadOnlyList<Supervisor> Processes => [.. Silos.Union(Gateways)];

    /// <summary>Those that run grains.</summary>
    public IReadOnlyList<Supervisor> Silos { get; }

    /// <summary>Those that serve requests.</summary>
    public IReadOnlyList<Supervisor> Gateways { get; }

    public PrivateNetwork? Network { get; }

    public PostgresServer? Postgres { get; }

    public TcpProxy? Proxy { get; }

    public ClientLog Log { get; }

    public Sender Sender { get; private set; } = null!;

    public Random Random => _random;

    public TimeSpan ShiftOfClocks => _shift;

    public bool IsCrashing { get; set; }

    public static async Task<Stage> Set(ChaosOptions options, PostgresServer? postgres)
    {
        var database = options.Store == "PostgreSql" ? await postgres!.NewDatabase() : null;
        var stage = new Stage(options, database is null ? null : postgres, database);
        if (options.IsCluster)
        {
            await Task.WhenAll(stage.Processes.Select(process => process.Start()));
        }
        else
        {
            foreach (var process in stage.Processes)
            {
                await process.Start();
            }
        }

        var source = await stage.Gateways[0].Gateway.CreateSource("standard-webhooks");
        var path = new Uri(source.Url).AbsolutePath;
        stage.Sender = new Sender(
            [.. stage.Gateways.Select(process => source with { Url = process.Gateway.Url + path })],
            stage.Log,
            door => stage.Gateways[door].Shift
        );
        return stage;
    }

    public Supervisor AnyOf(IReadOnlyList<Supervisor> processes) => processes[_random.Next(processes.Count)];

    /// <summary>Opens the store directly, past the gateway and the proxy.</summary>
    public async Task<DbConnection> OpenJournal()
    {
        DbConnection journal = _database is not null
            ? new NpgsqlConnection(_database)
            : new SqliteConnection($"{Gateways[0].Gateway.ConnectionString};Mode=ReadOnly;Pooling=False");
        await journal.OpenAsync();
        return journal;
    }

    /// <summary>Every process that starts from now on is 25 hours later: all time boxes have run out.</summary>
    public void JumpBeyondAllDeadlines()
    {
        _shift = Processes.Max(process => process.Shift) + TimeSpan.FromHours(25);
        IsCrashing = false;
        _isLastJumpMade = true;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Processes.Select(process => process.DisposeAsync().AsTask()));
        if (Proxy is not null)
        {
            await Proxy.DisposeAsync();
        }

        Network?.Dispose();
        Sender?.Dispose();
        _folder.Dispose();
    }

    /// <summary>Processes that each do everything.</summary>
    private (IReadOnlyList<Supervisor> Silos, IReadOnlyList<Supervisor> Gateways) Alike(string? connectionString)
    {
        var processes = new List<Supervisor>();
        for (var number = 0; number < _options.Processes; number++)
        {
            var gateway = new GatewayProcess(
                _options.Store,
                connectionString ?? processes.FirstOrDefault()?.Gateway.ConnectionString
            );
            if (_options.Processes > 1)
            {
                gateway.JoinCluster();
            }

            processes.Add(Supervised(gateway, NextPlan));
        }

        return (processes, processes);
    }

    /// <summary>Silos and gateways, each where the network has a place for it.</summary>
    private (IReadOnlyList<Supervisor> Silos, IReadOnlyList<Supervisor> Gateways) Cluster(string connectionString)
    {
        var silos = Enumerable
            .Range(0, _options.Silos)
            .Select(_ => Supervised(new SiloProcess(connectionString), NextPlan))
            .ToList();
        var gateways = Enumerable
            .Range(0, _options.Gateways)
            .Select(_ =>
            {
                var gateway = new GatewayProcess(_options.Store, connectionString);
                gateway.JoinCluster("Gateway");
                return Supervised(gateway, () => null);
            })
            .ToList();
        return (silos, gateways);
    }

    private Supervisor Supervised(ServerProcess server, Func<CrashPlan?> nextPlan)
    {
        server.Set(ChaosHook.Start.Name, ChaosHook.Start.Value);
        server.Set(ChaosHook.Bug, _options.Bug?.ToString() ?? "");
        server.Set("Silo__BlueprintsFolder", _folder.Path);
        // The shortest there is, so that each round sees reactions and saves of the process that came after.
        server.Set("Silo__LeaseTime", "00:00:01");
        // Shared, so that every process opens the same secrets.
        server.Set("Data__Folder", _folder.File("data"));
        var place = Network?.NewPlace();
        if (place is not null)
        {
            server.MoveTo($"{place.Address}", place.Within);
        }

        return new Supervisor(server, nextPlan, NextShift) { Place = place };
    }

    private CrashPlan? NextPlan()
    {
        lock (_ofStarts)
        {
            if (!IsCrashing)
            {
                return null;
            }

            _nextPoint = (CrashPoint)(((int)_nextPoint + 1) % Enum.GetValues<CrashPoint>().Length);
            return _nextPoint switch
            {
                CrashPoint.Anywhere => null,
                CrashPoint.InProjection => new CrashPlan(_nextPoint, _ofStarts.Next(1, 3)),
                CrashPoint.InReaction => new CrashPlan(_nextPoint, _ofStarts.Next(1, _options.PartnersPerRound)),
                _ => new CrashPlan(_nextPoint, _ofStarts.Next(1, _options.PartnersPerRound * 5)),
            };
        }
    }

    private TimeSpan NextShift()
    {
        lock (_ofStarts)
        {
            if (Sender is not null && !_isLastJumpMade)
            {
                var next = _shift + TimeSpan.FromHours(Jumps[_ofStarts.Next(Jumps.Length)]);
                _shift = next > ShiftMax || next < TimeSpan.Zero ? _shift : next;
            }

            return _shift;
        }
    }

    /// <summary>The shipped program of acme, with the shortest time boxes there are.</summary>
    private void WriteBlueprint()
    {
        var shipped = Path.Combine(Path.GetDirectoryName(GatewayProcess.Program)!, "blueprints", "acme.yaml");
        var hasty = Regex.Replace(
            File.ReadAllText(shipped),
            @"(?<=timeBoxDays|protectionDays): \d+",
            ": 1",
            RegexOptions.None,
            TimeSpan.FromSeconds(5)
        );
        File.WriteAllText(_folder.File("acme.yaml"), hasty);
    }
}
