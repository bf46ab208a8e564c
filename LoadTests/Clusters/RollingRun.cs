using System.Net;
using System.Net.Sockets;
using EcosystemSilo.LoadTests.Generator;
using EcosystemSilo.LoadTests.Processes;
using Npgsql;

namespace EcosystemSilo.LoadTests.Clusters;

/// <summary>What one process did when it was told to stop, and what callers noticed.</summary>
/// <param name="Unready">From the signal until it said that it is not ready; null when nobody saw it say so.</param>
/// <param name="Stop">From the signal until it had ended.</param>
/// <param name="Leases">Of those it held, with the time from the signal until another process held each.</param>
internal sealed record RolledProcess(
    string Name,
    int ExitCode,
    TimeSpan? Unready,
    TimeSpan Stop,
    IReadOnlyDictionary<string, TimeSpan> Leases,
    TimeSpan Start
);

/// <summary>What an upgrade of a whole cluster came to.</summary>
internal sealed record RollingFigures(
    IReadOnlyList<RolledProcess> Processes,
    long Calls,
    long Repeated,
    long Failed,
    IReadOnlyList<string> Faults,
    Histogram Answers,
    ShortAudit Audit
);

/// <summary>
/// Stops and starts every process of a cluster in turn, in order (SIGTERM) and under load, as an upgrade does.
/// </summary>
internal sealed class RollingRun(SiloCluster cluster, ClusterCalls calls)
{
    private const int Grains = 300;
    private static readonly TimeSpan PauseOfCallers = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    /// <summary>Longer than leases last when nobody gives them up.</summary>
    private static readonly TimeSpan LeasesMax = TimeSpan.FromSeconds(15);

    /// <param name="among">Which processes; null for all.</param>
    /// <param name="change">What is done to each process before it starts again: another build, for example.</param>
    /// <param name="progress">Told what happens.</param>
    public async Task<RollingFigures> Roll(
        int callers,
        IReadOnlyList<ServerProcess>? among = null,
        Action<ServerProcess>? change = null,
        Action<string>? progress = null
    )
    {
        var grains = await calls.Create("rolled", Grains);
        var (made, repeated, failed) = (calls.Calls, calls.Repeated, calls.Failed);
        using var over = new CancellationTokenSource();
        var load = calls.Load(() => grains, callers, PauseOfCallers, over.Token);
        var rolled = new List<RolledProcess>();
        foreach (var process in among ?? [.. cluster.Processes])
        {
            var one = await Roll(process, change);
            rolled.Add(one);
            progress?.Invoke(
                $"{one.Name} ended with {one.ExitCode} after {one.Stop.TotalSeconds:f2} s, ready again after another "
                    + $"{one.Start.TotalSeconds:f2} s: {calls.Failed - failed} calls failed"
            );
        }

        await over.CancelAsync();
        var answers = await load;
        return new RollingFigures(
            rolled,
            calls.Calls - made,
            calls.Repeated - repeated,
            calls.Failed - failed,
            [.. calls.Faults],
            answers,
            await ShortAudit.Of(cluster.ConnectionString, calls.Acknowledged)
        );
    }

    /// <summary>What a process is called in tables.</summary>
    public static string NameOf(SiloCluster cluster, ServerProcess process) =>
        process is SiloProcess
            ? $"silo {cluster.Silos.ToList().IndexOf((SiloProcess)process) + 1}"
            : $"gateway {cluster.Gateways.ToList().IndexOf((GatewayProcess)process) + 1}";

    private async Task<RolledProcess> Roll(ServerProcess process, Action<ServerProcess>? change)
    {
        var held = await LeasesOf(process.Id);
        var (id, since) = (process.Id, TimeProvider.System.GetTimestamp());
        process.Signal("TERM");
        var passing = Passed(held, id, since);
        var unready = await Unready(process, since);
        await process.Exited;
        var stop = TimeProvider.System.GetElapsedTime(since);
        var exitCode = process.ExitCode!.Value;
        var leases = await passing;
        change?.Invoke(process);
        var start = await process.StartSupervised();
        return new RolledProcess(NameOf(cluster, process), exitCode, unready, stop, leases, start);
    }

    /// <summary>Null when the process ended without having been heard to say it.</summary>
    private static async Task<TimeSpan?> Unready(ServerProcess process, long since)
    {
        using var client = new HttpClient { BaseAddress = new Uri(process.Url), Timeout = TimeSpan.FromSeconds(2) };
        while (!process.Exited.IsCompleted)
        {
            try
            {
                using var answer = await client.GetAsync("/health/ready");
                if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    return TimeProvider.System.GetElapsedTime(since);
                }
            }
            catch (Exception closed) when (closed is HttpRequestException or SocketException or TaskCanceledException)
            {
                return null;
            }

            await Task.Delay(LookEvery, TimeProvider.System);
        }

        return null;
    }

    private async Task<IReadOnlyDictionary<string, TimeSpan>> Passed(IReadOnlyList<string> names, int from, long since)
    {
        var passed = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        while (passed.Count < names.Count && TimeProvider.System.GetElapsedTime(since) < LeasesMax)
        {
            var left = await LeasesOf(from);
            var held = await Rows("SELECT name FROM leases");
            foreach (var name in names.Where(name => held.Contains(name) && !left.Contains(name)))
            {
                passed.TryAdd(name, TimeProvider.System.GetElapsedTime(since));
            }

            await Task.Delay(LookEvery, TimeProvider.System);
        }

        return passed;
    }

    private Task<List<string>> LeasesOf(int process) =>
        Rows($"SELECT name FROM leases WHERE split_part(holder, '/', 2) = '{process}'");

    private async Task<List<string>> Rows(string query)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(query, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
