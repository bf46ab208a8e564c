using System.Data.Common;
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
    private readonly string? _database;
    private CrashPoint _nextPoint;
    private TimeSpan _shift;
    private bool _isLastJumpMade;

    private Stage(ChaosOptions options, PostgresServer? postgres, string? database)
    {
        (_options, Postgres, _database) = (options, postgres, database);
        _random = new Random(options.Seed);
        Log = new ClientLog(options.LogFile);
        var behindProxy = database;
        if (postgres is not null)
        {
            Proxy = new TcpProxy(postgres.Socket);
            behindProxy = new NpgsqlConnectionStringBuilder(database)
            {
                Host = "127.0.0.1",
                Port = Proxy.Port,
            }.ConnectionString;
        }

        WriteBlueprint();
        for (var process = 0; process < options.Processes; process++)
        {
            var shared = behindProxy ?? (process == 0 ? null : Processes[0].Gateway.ConnectionString);
            Processes.Add(new Supervisor(Configure(new GatewayProcess(options.Store, shared)), NextPlan, NextShift));
        }
    }

    public List<Supervisor> Processes { get; } = [];

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
        foreach (var process in stage.Processes)
        {
            await process.Start();
        }

        var source = await stage.Processes[0].Gateway.CreateSource("standard-webhooks");
        var path = new Uri(source.Url).AbsolutePath;
        stage.Sender = new Sender(
            [.. stage.Processes.Select(process => source with { Url = process.Gateway.Url + path })],
            stage.Log,
            door => stage.Processes[door].Shift
        );
        return stage;
    }

    /// <summary>Opens the store directly, past the gateway and the proxy.</summary>
    public async Task<DbConnection> OpenJournal()
    {
        DbConnection journal = _database is not null
            ? new NpgsqlConnection(_database)
            : new SqliteConnection($"{Processes[0].Gateway.ConnectionString};Mode=ReadOnly;Pooling=False");
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
        foreach (var process in Processes)
        {
            await process.DisposeAsync();
        }

        if (Proxy is not null)
        {
            await Proxy.DisposeAsync();
        }

        Sender?.Dispose();
        _folder.Dispose();
    }

    private GatewayProcess Configure(GatewayProcess gateway)
    {
        gateway.Set(ChaosHook.Start.Name, ChaosHook.Start.Value);
        gateway.Set(ChaosHook.Bug, _options.Bug?.ToString() ?? "");
        gateway.Set("Silo__BlueprintsFolder", _folder.Path);
        // The shortest there is, so that each round sees reactions and saves of the process that came after.
        gateway.Set("Silo__LeaseTime", "00:00:01");
        // Shared, so that every process opens the same secrets.
        gateway.Set("Data__Folder", _folder.File("data"));
        if (_options.Processes > 1)
        {
            gateway.JoinCluster();
        }

        return gateway;
    }

    private CrashPlan? NextPlan()
    {
        if (!IsCrashing)
        {
            return null;
        }

        _nextPoint = (CrashPoint)(((int)_nextPoint + 1) % Enum.GetValues<CrashPoint>().Length);
        return _nextPoint switch
        {
            CrashPoint.Anywhere => null,
            CrashPoint.InProjection => new CrashPlan(_nextPoint, _random.Next(1, 3)),
            CrashPoint.InReaction => new CrashPlan(_nextPoint, _random.Next(1, _options.PartnersPerRound)),
            _ => new CrashPlan(_nextPoint, _random.Next(1, _options.PartnersPerRound * 5)),
        };
    }

    private TimeSpan NextShift()
    {
        if (Sender is not null && !_isLastJumpMade)
        {
            var next = _shift + TimeSpan.FromHours(Jumps[_random.Next(Jumps.Length)]);
            _shift = next > ShiftMax || next < TimeSpan.Zero ? _shift : next;
        }

        return _shift;
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
