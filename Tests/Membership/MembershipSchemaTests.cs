using System.Reflection;
using EcosystemSilo.LoadTests.Processes;
using Npgsql;
using Orleans.Configuration;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Membership;

/// <summary>The SQL is ours, the names in it are the provider's.</summary>
public sealed class MembershipSchemaTests(PostgresServer postgres)
{
    [Fact]
    public async Task EveryQueryThatTheProviderAsksFor_IsThere()
    {
        await using var cluster = await ClusterHosts.Create(postgres);
        var asked = ProviderType("DbStoredQueries")
            .GetProperties(BindingFlags.Instance | BindingFlags.NonPublic)
            .Select(property => property.Name)
            .ToArray();

        asked.ShouldNotBeEmpty();
        (await Queries(cluster)).Keys.ShouldBe([.. asked, "CleanupDefunctSiloEntryKey"], ignoreOrder: true);
    }

    [Fact]
    public async Task EveryParameterOfAQuery_IsOneThatTheProviderGives()
    {
        await using var cluster = await ClusterHosts.Create(postgres);
        var given = ProviderType("DbStoredQueries")
            .GetNestedType("Columns", BindingFlags.NonPublic)!
            .GetProperties(BindingFlags.Instance | BindingFlags.NonPublic)
            .Select(property => property.Name)
            .ToHashSet(StringComparer.Ordinal);

        var used = (await Queries(cluster)).SelectMany(query =>
            query.Value.Split('@').Skip(1).Select(text => new string([.. text.TakeWhile(char.IsLetter)]))
        );

        used.Where(name => !given.Contains(name)).ShouldBeEmpty();
    }

    [Fact]
    public async Task TheStepsRunTwice_AndKeepWhatIsThere()
    {
        await using var cluster = await ClusterHosts.Create(postgres);
        await cluster.Execute("INSERT INTO OrleansMembershipVersionTable (DeploymentId, Version) VALUES ('one', 7)");
        await cluster.Execute("UPDATE OrleansQuery SET QueryText = 'old' WHERE QueryKey = 'GatewaysQueryKey'");

        await cluster.ApplySchema();

        (await cluster.Find<int>("SELECT Version FROM OrleansMembershipVersionTable")).ShouldBe(7);
        (await Queries(cluster))["GatewaysQueryKey"].ShouldContain("ProxyPort > 0");
    }

    private static async Task<Dictionary<string, string>> Queries(ClusterHosts cluster)
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand("SELECT QueryKey, QueryText FROM OrleansQuery");
        await using var rows = await command.ExecuteReaderAsync();
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await rows.ReadAsync())
        {
            found.Add(rows.GetString(0), rows.GetString(1));
        }
        return found;
    }

    private static Type ProviderType(string name) =>
        typeof(AdoNetClusteringSiloOptions).Assembly.GetTypes().Single(type => type.Name == name);
}
