using System.CommandLine;
using System.Net.Http.Json;
using EcosystemSilo.LoadTests.Processes;
using Spectre.Console;

namespace EcosystemSilo.LoadTests;

/// <summary>
/// What it costs when a grain is served by several processes in turn: conflicts per 1,000 commands behind a proxy that
/// hashes on the grain, and behind one that takes the processes in turn.
/// </summary>
internal static class ProcessesCommand
{
    private const int Processes = 3;
    private const int Callers = 256;
    private const int Grains = 2_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { DefaultValueFactory = _ => 20 };
        var command = new Command(
            "processes",
            "Conflicts behind a proxy that hashes on the grain and one that does not."
        )
        {
            seconds,
        };
        command.SetAction((parsed, _) => Run(TimeSpan.FromSeconds(parsed.GetValue(seconds))));
        return command;
    }

    private static async Task Run(TimeSpan duration)
    {
        await using var postgres = new PostgresServer();
        var table = new Table().AddColumns("proxy", "commands", "per second", "conflicts per 1,000", "failed");
        foreach (var byGrain in new[] { true, false })
        {
            var result = await Measure(await postgres.NewDatabase(), byGrain, duration);
            table.AddRow(
                byGrain ? "by grain" : "in turn",
                $"{result.Commands}",
                $"{result.Commands / duration.TotalSeconds:f0}",
                $"{1_000.0 * result.Conflicts / result.Commands:f2}",
                $"{result.Failed}"
            );
        }

        AnsiConsole.Write(table);
    }

    private static async Task<(long Commands, long Conflicts, long Failed)> Measure(
        string database,
        bool byGrain,
        TimeSpan duration
    )
    {
        await using var metrics = await MetricCollector.Start();
        await using var cluster = await GatewayCluster.Start(
            database,
            Processes,
            byGrain,
            process =>
            {
                metrics.Watch(process);
                // The one key of all callers is not what is measured.
                process.Set("RateLimits__RestPerSecond", "1000000");
                process.Set("RateLimits__RestBurst", "1000000");
            }
        );
        using var client = cluster.Client();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Grains),
            new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (grain, _) =>
            {
                var body = new
                {
                    id = Id(grain),
                    name = "Source",
                    scheme = "standard-webhooks",
                };
                using var created = await client.PostAsJsonAsync("/api/acme/sources", body, CancellationToken.None);
                created.EnsureSuccessStatusCode();
            }
        );
        await Load(client, WarmUp);
        var before = await Conflicts(metrics);
        var (commands, failed) = await Load(client, duration);
        return (commands, await Conflicts(metrics) - before, failed);
    }

    /// <summary>Callers that each send the next command, to any grain, when they have their answer.</summary>
    private static async Task<(long Commands, long Failed)> Load(HttpClient client, TimeSpan duration)
    {
        var (commands, failed) = (0L, 0L);
        var start = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, Callers)
                .Select(async caller =>
                {
                    var random = new Random(caller);
                    while (TimeProvider.System.GetElapsedTime(start) < duration)
                    {
                        var path = $"/api/acme/sources/{Id(random.Next(Grains))}/mapping";
                        using var answer = await client.PostAsJsonAsync(path, new { dealId = $"{random.Next()}" });
                        if (answer.IsSuccessStatusCode)
                        {
                            Interlocked.Increment(ref commands);
                        }
                        else
                        {
                            Interlocked.Increment(ref failed);
                        }
                    }
                })
        );
        return (commands, failed);
    }

    /// <summary>Waits for two rounds of exports, so that everything up to now is in them.</summary>
    private static async Task<long> Conflicts(MetricCollector metrics)
    {
        await Task.Delay(TimeSpan.FromSeconds(2.5), TimeProvider.System);
        return metrics.Sum("ecosystemsilo.conflicts");
    }

    private static string Id(int grain) => $"s-{grain}";
}
