using System.Reflection;
using System.Text.RegularExpressions;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Silo.EventHubs;
using EcosystemSilo.Tests.Membership;
using Npgsql;
using Orleans.Storage;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.EventHubs;

/// <summary>The SQL is ours, the names in it are the provider's.</summary>
public sealed partial class HubSchemaTests(PostgresServer postgres)
{
    [Fact]
    public async Task EveryQueryThatTheStorageAsksFor_IsThere()
    {
        await using var cluster = await Database();
        var asks = (string)
            typeof(AdoNetGrainStorage)
                .GetField("DefaultInitializationQuery", BindingFlags.Static | BindingFlags.Public)!
                .GetRawConstantValue()!;
        var asked = QueryName().Matches(asks).Select(match => match.Groups["name"].Value).ToArray();

        asked.ShouldNotBeEmpty();
        (await Queries(cluster)).Where(asked.Contains).ShouldBe(asked, ignoreOrder: true);
    }

    [Fact]
    public async Task TheStepsRunTwice_AndKeepWhatIsThere()
    {
        await using var cluster = await Database();
        await cluster.Execute(
            "INSERT INTO event_hub_checkpoints (hub, consumer_group, partition, sequence, place) "
                + "VALUES ('n/h', 'g', '0', 7, '700')"
        );

        await Apply(cluster);

        (await cluster.Find<long>("SELECT sequence FROM event_hub_checkpoints")).ShouldBe(7);
    }

    [Fact]
    public async Task APlace_MovesForwardOnly_AndIsOfOneHubAndConsumerGroup()
    {
        await using var cluster = await Database();
        var cancellation = TestContext.Current.CancellationToken;
        var checkpoints = new HubCheckpoints(cluster.ConnectionString, "n/h", "g");

        await checkpoints.Save("0", new HubPosition(7, "700"), cancellation);
        await checkpoints.Save("0", new HubPosition(3, "300"), cancellation);

        (await checkpoints.Find("0", cancellation)).ShouldBe(new HubPosition(7, "700"));
        (await checkpoints.Find("1", cancellation)).ShouldBeNull();
        var others = new HubCheckpoints(cluster.ConnectionString, "n/h", "other");
        (await others.Find("0", cancellation)).ShouldBeNull();
    }

    private async Task<ClusterHosts> Database()
    {
        var cluster = await ClusterHosts.Create(postgres);
        await Apply(cluster);
        return cluster;
    }

    private static async Task Apply(ClusterHosts cluster)
    {
        foreach (var (_, sql) in HubSchema.Steps)
        {
            await cluster.Execute(sql);
        }
    }

    private static async Task<List<string>> Queries(ClusterHosts cluster)
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand("SELECT QueryKey FROM OrleansQuery");
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await rows.ReadAsync())
        {
            found.Add(rows.GetString(0));
        }

        return found;
    }

    [GeneratedRegex("'(?<name>[A-Za-z]+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex QueryName();
}
