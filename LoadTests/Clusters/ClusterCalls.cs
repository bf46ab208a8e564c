using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using EcosystemSilo.LoadTests.Generator;
using EcosystemSilo.LoadTests.Processes;

namespace EcosystemSilo.LoadTests.Clusters;

/// <summary>
/// Commands to grains of a cluster through its gateways in turn, by callers that repeat once when a connection is
/// refused, as whoever stands behind a balancer does. Keeps what was acknowledged, for the audit.
/// </summary>
internal sealed class ClusterCalls(SiloCluster cluster) : IDisposable
{
    private const int ConnectionsMax = 512;
    private const int FaultsKept = 20;
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, long> _acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentDictionary<string, int> _failures = new(StringComparer.Ordinal);
    private readonly HttpClient _client = NewClient();
    private int _turn;
    private long _calls;
    private long _failed;
    private long _repeated;

    public long Calls => Volatile.Read(ref _calls);

    /// <summary>Calls that came to nothing, the repeat included.</summary>
    public long Failed => Volatile.Read(ref _failed);

    /// <summary>Calls that were refused a connection, and asked the next gateway.</summary>
    public long Repeated => Volatile.Read(ref _repeated);

    /// <summary>What the first failed calls were told.</summary>
    public IEnumerable<string> Faults => _faults;

    /// <summary>How many calls failed in which way: by the status, or <c>cut</c>.</summary>
    public IReadOnlyDictionary<string, int> Failures => _failures;

    /// <summary>Acknowledged commands, with the versions they were answered.</summary>
    public IReadOnlyDictionary<string, long> Acknowledged => _acknowledged;

    /// <summary>Makes so many grains, and with that activates them.</summary>
    public async Task<IReadOnlyList<string>> Create(string prefix, int count)
    {
        var ids = Enumerable.Range(0, count).Select(number => $"{prefix}-{number}").ToList();
        await Parallel.ForEachAsync(
            ids,
            new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (id, _) => await Patiently(() => Post("/api/acme/sources", NewSource(id), $"create-{id}"))
        );
        return ids;
    }

    /// <summary>Sends a grain the next command under an id of its own, and tells whether it was taken.</summary>
    public async Task<bool> Call(string id)
    {
        var command = $"{Guid.NewGuid():n}";
        var fault = await Post($"/api/acme/sources/{id}/mapping", new { dealId = command }, command);
        Interlocked.Increment(ref _calls);
        if (fault is null)
        {
            return true;
        }

        Interlocked.Increment(ref _failed);
        _failures.AddOrUpdate(char.IsAsciiDigit(fault[0]) ? fault[..3] : "cut", 1, (_, count) => count + 1);
        if (_faults.Count < FaultsKept)
        {
            _faults.Enqueue($"{TimeProvider.System.GetLocalNow():HH:mm:ss.fff} {fault}");
        }

        return false;
    }

    /// <summary>Callers that each send the next command to any of the grains when they have their answer.</summary>
    /// <param name="ids">Asked for each command.</param>
    /// <param name="pause">Between an answer and the next command.</param>
    public async Task<Histogram> Load(
        Func<IReadOnlyList<string>> ids,
        int callers,
        TimeSpan pause,
        CancellationToken stop
    )
    {
        var all = new Histogram();
        await Task.WhenAll(
            Enumerable
                .Range(0, callers)
                .Select(async caller =>
                {
                    var (own, random) = (new Histogram(), new Random(caller));
                    while (!stop.IsCancellationRequested)
                    {
                        var some = ids();
                        var since = TimeProvider.System.GetTimestamp();
                        await Call(some[random.Next(some.Count)]);
                        own.Record(TimeProvider.System.GetElapsedTime(since));
                        await Task.Delay(pause, TimeProvider.System, CancellationToken.None);
                    }

                    lock (all)
                    {
                        all.Add(own);
                    }
                })
        );
        return all;
    }

    public void Dispose() => _client.Dispose();

    /// <summary>The grain of a source, as the journal writes it.</summary>
    public static string Grain(string id) => $"acme/source/{id}";

    private static object NewSource(string id) =>
        new
        {
            id,
            name = "Source",
            scheme = "standard-webhooks",
        };

    private static async Task Patiently(Func<Task<string?>> ask)
    {
        for (var tries = 0; await ask() is { } fault; tries++)
        {
            if (tries == LoadLimits.TriesMax)
            {
                throw new InvalidOperationException($"A grain could not be made: {fault}");
            }

            await Task.Delay(LoadLimits.RetryPause, TimeProvider.System);
        }
    }

    /// <summary>Null when it was taken, and otherwise what was in the way.</summary>
    private async Task<string?> Post(string path, object body, string command)
    {
        var door = (int)((uint)Interlocked.Increment(ref _turn) % (uint)cluster.Gateways.Count);
        try
        {
            return await Post(door, path, body, command);
        }
        catch (Exception refused) when (IsRefused(refused))
        {
            Interlocked.Increment(ref _repeated);
        }
        catch (Exception cut) when (IsCut(cut))
        {
            return Words(cut);
        }

        try
        {
            return await Post((door + 1) % cluster.Gateways.Count, path, body, command);
        }
        catch (Exception cut) when (IsCut(cut))
        {
            return $"on its repeat: {Words(cut)}";
        }
    }

    private async Task<string?> Post(int door, string path, object body, string command)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, cluster.Gateways[door].Url + path)
        {
            Content = JsonContent.Create(body),
            Headers = { { "X-Api-Key", GatewayProcess.BootstrapKey }, { "Idempotency-Key", command } },
        };
        using var answer = await _client.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
        {
            return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
        }

        if (answer.StatusCode == HttpStatusCode.OK)
        {
            _acknowledged[command] = long.Parse(answer.Headers.ETag!.Tag.Trim('"'));
        }

        return null;
    }

    private static string Words(Exception cut) => $"{cut.Message} {cut.GetBaseException().Message}";

    private static bool IsRefused(Exception fault) =>
        fault is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };

    private static bool IsCut(Exception fault) =>
        fault is HttpRequestException or SocketException or TaskCanceledException or IOException;

    private static HttpClient NewClient() =>
        new(
            new SocketsHttpHandler
            {
                MaxConnectionsPerServer = ConnectionsMax,
                ConnectTimeout = TimeSpan.FromSeconds(2),
                UseProxy = false,
            }
        )
        {
            Timeout = AnswerMax,
        };
}
