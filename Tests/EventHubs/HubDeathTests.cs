using System.Text;
using System.Text.Json;
using EcosystemSilo.LoadTests.EventHubs;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Tests.Processes;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.EventHubs;

/// <summary>Processes that read one hub together and are killed: each message has one effect.</summary>
[Collection<AloneCollection>]
public sealed class HubDeathTests(PostgresServer postgres, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Partitions = 4;
    private const int FirstOfAPartition = 500;

    private readonly List<GatewayProcess> _processes = [];
    private readonly HubBroker _broker = HubBroker.Start("wearables", Partitions);
    private string _database = "";

    public async ValueTask InitializeAsync() => _database = await postgres.NewDatabase();

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_processes.Select(process => process.DisposeAsync().AsTask()));
        await _broker.DisposeAsync();
    }

    [Fact]
    public async Task KilledInMidBatch_AndWhilePartitionsMove_NoMessageIsLostAndNoneIsTakenTwice()
    {
        var (first, second) = (Process(), Process());
        await first.Start();
        var source = (await first.CreateSource("standard-webhooks", new { eventHub = _broker.Hub })).Id;
        for (var partition = 0; partition < Partitions; partition++)
        {
            var at = partition;
            _broker.Fill(at, FirstOfAPartition, number => Registered(source, $"p-{at}-{number}"));
        }

        // In mid-batch, and before the places of what is in the journal have been saved.
        await Awaited.Until(async () => await Taken() > 100, "the first messages to be in the journal");
        await first.Kill();
        var (taken, saved) = (await Taken(), await Saved());
        saved.ShouldBeLessThan(taken);
        output.WriteLine($"killed with {taken} messages in the journal and {saved} by the saved places");

        var sent = Partitions * FirstOfAPartition;
        await Task.WhenAll(first.Start(), second.Start());
        await Awaited.Until(
            async () =>
            {
                // Messages come while partitions move between the two.
                _broker.Send(Registered(source, $"p-{sent++}"));
                return (await ReadBy(first)) > 0 && (await ReadBy(second)) > 0;
            },
            "both processes to read partitions"
        );
        for (var more = 0; more < 500; more++)
        {
            _broker.Send(Registered(source, $"p-{sent++}"));
        }

        await second.Kill();
        await Awaited.Until(async () => await Taken() >= sent, "every message to be in the journal");
        await Awaited.Until(async () => await ReadBy(first) == Partitions, "one process to read all partitions");

        (await Taken()).ShouldBe(sent);
        (await ProcessStories.Violations(_database)).ShouldBeEmpty();
        (await ProcessStories.Sql(_database, "SELECT count(*) FROM events WHERE name = 'delivery.buried'")).ShouldBe([
            "0",
        ]);
        output.WriteLine(
            $"{sent} messages, each taken once; partitions were begun to read {_broker.Attached.Count} times"
        );
    }

    private static HubEvent Registered(string source, string partner) =>
        new(
            Encoding.UTF8.GetBytes(
                JsonSerializer.Serialize(
                    new
                    {
                        type = "partner.registered",
                        data = new
                        {
                            partner,
                            name = "Clinic",
                            category = "medical-device",
                        },
                    }
                )
            ),
            PartitionKey: partner
        )
        {
            Properties = new Dictionary<string, object>(StringComparer.Ordinal) { ["source"] = source },
        };

    private GatewayProcess Process()
    {
        var process = new GatewayProcess("PostgreSql", _database);
        process.ReadHub(_broker);
        process.JoinCluster();
        _processes.Add(process);
        return process;
    }

    private async Task<int> Taken() => await Number("SELECT count(*) FROM events WHERE name = 'partner.registered'");

    private async Task<int> Saved() =>
        await Number("SELECT coalesce(sum(sequence + 1), 0)::bigint FROM event_hub_checkpoints");

    private async Task<int> Number(string query) => int.Parse((await ProcessStories.Sql(_database, query)).Single());

    /// <summary>How many partitions a process reads, by its metrics.</summary>
    private static async Task<int> ReadBy(GatewayProcess process)
    {
        using var client = new HttpClient { BaseAddress = new Uri(process.Url) };
        var metrics = await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        return metrics
            .Split('\n')
            .Count(line => line.StartsWith("ecosystemsilo_event_hubs_lag{", StringComparison.Ordinal));
    }
}
