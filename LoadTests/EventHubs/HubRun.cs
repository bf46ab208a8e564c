using System.Globalization;
using System.Text;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.LoadTests.Scenarios;
using Npgsql;

namespace EcosystemSilo.LoadTests.EventHubs;

/// <summary>What became of the messages of a run.</summary>
internal sealed record HubCounts(long Sent, long Lost, long Doubled);

/// <summary>Processes of the product that read a broker's hub, and the people whom its messages are about.</summary>
internal sealed class HubRun : IAsyncDisposable
{
    private const int ReadingsOfAMessage = 10;
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Without a message in the journal for so long, something is broken.</summary>
    private static readonly TimeSpan StillMax = TimeSpan.FromMinutes(2);

    private static readonly DateTimeOffset FirstReading = new(
        TimeProvider.System.GetUtcNow().Date.AddDays(-60),
        TimeSpan.Zero
    );

    private readonly List<GatewayProcess> _processes = [];
    private readonly HubBroker _broker;
    private readonly string _database;
    private readonly Action<string> _tell;
    private List<string>[] _people = [];
    private string _source = "";
    private int _messages;

    private HubRun(string database, HubBroker broker, Action<string> tell) =>
        (_database, _broker, _tell) = (database, broker, tell);

    public static async Task<HubRun> Prepare(
        string database,
        HubBroker broker,
        int processes,
        int people,
        Action<string> tell
    )
    {
        var run = new HubRun(database, broker, tell);
        for (var number = 0; number < processes; number++)
        {
            var process = new GatewayProcess("PostgreSql", database);
            process.Set("RateLimits__RestPerSecond", "1000000");
            process.Set("RateLimits__RestBurst", "1000000");
            process.ReadHub(broker);
            process.JoinCluster();
            run._processes.Add(process);
        }

        await Task.WhenAll(run._processes.Select(process => process.StartSupervised()));
        var source = await run._processes[0].CreateSource("health-connect", new { eventHub = broker.Hub });
        await new StreamTraffic(source).Connect(run._processes[0], people, tell);
        run._source = source.Id;
        run._people = [.. Enumerable.Range(0, broker.Partitions).Select(_ => new List<string>())];
        foreach (var person in Enumerable.Range(0, people).Select(StreamTraffic.Person))
        {
            run._people[broker.PartitionOf(person)].Add(person);
        }

        return run;
    }

    /// <summary>Puts the messages into the hub, evenly over those partitions that have people.</summary>
    public void Fill(int messages)
    {
        var filled = Enumerable.Range(0, _broker.Partitions).Where(at => _people[at].Count > 0).ToArray();
        for (var at = 0; at < filled.Length; at++)
        {
            var partition = filled[at];
            var count = (messages / filled.Length) + (at < messages % filled.Length ? 1 : 0);
            _broker.Fill(partition, count, number => Message(_people[partition], number));
        }

        _messages = messages;
    }

    /// <summary>Waits until all are in the journal; returns how long it took.</summary>
    public async Task<TimeSpan> UntilTaken(int kills)
    {
        var (start, told, changed) = (Now, Now, Now);
        var (taken, killed) = (0L, 0);
        while (taken < _messages)
        {
            await Task.Delay(LookEvery, TimeProvider.System);
            var before = taken;
            taken = await Taken();
            changed = taken > before ? Now : changed;
            if (killed < kills && taken > (killed + 1L) * _messages / (kills + 1))
            {
                await KillOne(killed++);
            }

            if (TimeProvider.System.GetElapsedTime(told) > TellEvery)
            {
                told = Now;
                var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
                _tell($"{taken:n0} of {_messages:n0} taken, {taken / seconds:n0} a second");
            }

            if (TimeProvider.System.GetElapsedTime(changed) > StillMax)
            {
                throw new TimeoutException(
                    $"No message was taken for {StillMax}. {string.Join('\n', _processes.Select(p => p.Output))}"
                );
            }
        }

        return TimeProvider.System.GetElapsedTime(start);
    }

    /// <summary>
    /// Each message is correlated by its place in the hub, so its effects can be counted by anybody who reads the
    /// journal.
    /// </summary>
    public async Task<HubCounts> Count()
    {
        var rows = await Sql(
            "SELECT count(*), count(DISTINCT correlation) FROM events "
                + "WHERE name = 'stream.samples-stored' AND correlation LIKE 'hub:%'"
        );
        var (effects, places) = rows;
        return new HubCounts(_messages, Lost: _messages - places, Doubled: effects - places);
    }

    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_processes.Select(process => process.DisposeAsync().AsTask()));

    private static long Now => TimeProvider.System.GetTimestamp();

    private async Task KillOne(int number)
    {
        var process = _processes[number % _processes.Count];
        await process.Kill();
        var took = await process.StartSupervised();
        _tell($"Killed one process; it was ready again after {took.TotalSeconds:n1} s");
    }

    /// <summary>By the places that were saved, which are never ahead of the journal.</summary>
    private async Task<long> Taken() =>
        (await Sql("SELECT coalesce(sum(sequence + 1), 0)::bigint, 0::bigint FROM event_hub_checkpoints")).First;

    private async Task<(long First, long Second)> Sql(string query)
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(query, connection) { CommandTimeout = 600 };
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetInt64(0), row.GetInt64(1));
    }

    private HubEvent Message(List<string> people, long number)
    {
        var person = people[(int)(number % people.Count)];
        var first = FirstReading.AddSeconds(number / people.Count * ReadingsOfAMessage);
        var readings = Enumerable
            .Range(0, ReadingsOfAMessage)
            .Select(second =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{{\"bpm\":{60 + second},\"time\":\"{first.AddSeconds(second):yyyy-MM-ddTHH:mm:ssZ}\"}}"
                )
            );
        return new HubEvent(Encoding.ASCII.GetBytes($"{{\"heart_rate\":[{string.Join(',', readings)}]}}"))
        {
            PartitionKey = person,
            Properties = new Dictionary<string, object>(StringComparer.Ordinal) { ["source"] = _source },
        };
    }
}
