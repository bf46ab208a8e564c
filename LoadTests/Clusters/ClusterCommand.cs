using System.CommandLine;
using System.Net.Http.Json;
using EcosystemSilo.LoadTests.Processes;
using Spectre.Console;

namespace EcosystemSilo.LoadTests.Clusters;

/// <summary>
/// What a second and a third process cost a command, all on the same cores: conflicts, messages between processes, and
/// processor time. More processes on one machine are never faster, so no rate is judged.
/// </summary>
internal static class ClusterCommand
{
    private const int Callers = 64;
    private const int Grains = 2_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);

    public static Command Create()
    {
        var seconds = new Option<int>("--seconds")
        {
            Description = "How long each size is measured.",
            DefaultValueFactory = _ => 20,
        };
        var command = new Command(
            "cluster",
            "Conflicts, messages and processor time a command on 1, 2 and 3 processes."
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
        var table = new Table().AddColumns(
            "processes",
            "between them",
            "commands",
            "conflicts per 1,000",
            "messages between processes a command",
            "gateways and silos µs a command",
            "database µs a command",
            "failed"
        );
        // In turn, so that what else the machine does meets both alike; one process has nobody to talk to.
        foreach (var (processes, isPlain) in new[] { (1, true), (2, true), (2, false), (3, true), (3, false) })
        {
            var (done, used) = await Measure(postgres, processes, isPlain, duration);
            table.AddRow(
                $"{processes}",
                processes == 1 ? ""
                    : isPlain ? "plain"
                    : "TLS",
                $"{done.Commands:n0}",
                $"{1_000.0 * used.Conflicts / done.Commands:f2}",
                $"{(double)used.Messages / done.Commands:f2}",
                $"{used.Servers.TotalMicroseconds / done.Commands:f0}",
                $"{used.Database.TotalMicroseconds / done.Commands:f0}",
                $"{done.Failed}"
            );
        }

        AnsiConsole.Write(table);
    }

    private static async Task<((long Commands, long Failed) Done, Use Used)> Measure(
        PostgresServer postgres,
        int processes,
        bool isPlain,
        TimeSpan duration
    )
    {
        await using var metrics = await MetricCollector.Start();
        await using var cluster = await GatewayCluster.Start(
            await postgres.NewDatabase(),
            processes,
            process =>
            {
                metrics.Watch(process);
                process.Set("Cluster__AllowPlain", isPlain ? "true" : "false");
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
        var before = await UsedBy(cluster, postgres, metrics);
        var done = await Load(client, duration);
        return (done, (await UsedBy(cluster, postgres, metrics)).Since(before));
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
    private static async Task<Use> UsedBy(GatewayCluster cluster, PostgresServer postgres, MetricCollector metrics)
    {
        var (servers, database) = (TimeSpan.Zero, postgres.Usage.Cpu);
        foreach (var process in cluster.Processes)
        {
            servers += process.Usage.Cpu;
        }

        await Task.Delay(TimeSpan.FromSeconds(2.5), TimeProvider.System);
        return new Use(
            metrics.Sum("ecosystemsilo.conflicts"),
            metrics.Sum("orleans-messaging-sent-messages-size"),
            servers,
            database
        );
    }

    private static string Id(int grain) => $"s-{grain}";

    private readonly record struct Use(long Conflicts, long Messages, TimeSpan Servers, TimeSpan Database)
    {
        public Use Since(Use before) =>
            new(
                Conflicts - before.Conflicts,
                Messages - before.Messages,
                Servers - before.Servers,
                Database - before.Database
            );
    }
}
