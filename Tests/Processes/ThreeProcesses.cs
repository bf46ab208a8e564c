using System.Net.Http.Json;
using System.Text.Json;
using EcosystemSilo.LoadTests.Processes;
using Npgsql;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Processes;

/// <summary>
/// Three gateway processes on one PostgreSQL behind a proxy that takes them in turn, shared by the stories in which all
/// stay alive.
/// </summary>
public sealed class ThreeProcesses(PostgresServer postgres) : IAsyncLifetime
{
    private GatewayCluster? _cluster;

    internal GatewayCluster Cluster => _cluster.ShouldNotBeNull();

    public async ValueTask InitializeAsync() =>
        _cluster = await GatewayCluster.Start(await postgres.NewDatabase(), count: 3);

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }
}

/// <summary>What stories about processes do over and over.</summary>
internal static class ProcessStories
{
    public static async Task<HttpResponseMessage> Post(
        this HttpClient client,
        string path,
        object? body = null,
        string? key = null,
        string? prefer = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString("n"));
        if (prefer is not null)
        {
            request.Headers.Add("Prefer", prefer);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Posts, expects to be taken, and returns the version that the answer's ETag names.</summary>
    public static async Task<long> MustPost(this HttpClient client, string path, object? body = null)
    {
        using var answer = await client.Post(path, body);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {(int)answer.StatusCode} {text}");
        return Version(answer);
    }

    /// <summary>Posts, expects to be taken, and returns the id of what was created.</summary>
    public static async Task<string> MustCreate(this HttpClient client, string path, object body)
    {
        using var answer = await client.Post(path, body);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {(int)answer.StatusCode} {text}");
        return JsonElement.Parse(text).GetProperty("id").GetString()!;
    }

    public static async Task<JsonElement> MustGet(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {(int)answer.StatusCode} {text}");
        return JsonElement.Parse(text);
    }

    public static Task<long> RegisterPartner(this HttpClient client, string id) =>
        client.MustPost("/api/acme/partners", Partner(id));

    public static object Partner(string id) =>
        new
        {
            id,
            name = $"Clinic {id}",
            category = "medical-device",
        };

    public static object Deal(string id, string partner, string domain) =>
        new
        {
            id,
            partner,
            product = "enterprise",
            customer = new { name = $"Hospital {domain}", domain },
        };

    public static long Version(HttpResponseMessage answer) => long.Parse(answer.Headers.ETag!.Tag.Trim('"'));

    /// <summary>The rows of a query, each as one text, straight from the database.</summary>
    public static async Task<List<string>> Sql(string connectionString, string query)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(query, connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            rows.Add(string.Join(' ', values));
        }

        return rows;
    }

    /// <summary>
    /// What is wrong in a journal, whoever wrote it: gaps in positions or versions, a command that took effect twice.
    /// </summary>
    public static async Task<List<string>> Violations(string connectionString)
    {
        var violations = new List<string>();
        foreach (
            var query in new[]
            {
                "SELECT 'position ' || position || ' follows ' || before FROM (SELECT position, "
                    + "lag(position, 1, 0::bigint) OVER (ORDER BY position) AS before FROM events) AS e "
                    + "WHERE position <> before + 1",
                "SELECT 'the last position is ' || position FROM last_position "
                    + "WHERE position <> (SELECT count(*) FROM events)",
                "SELECT grain || ' has ' || count(*) || ' events up to version ' || max(version) FROM events "
                    + "GROUP BY grain HAVING count(*) <> max(version)",
                "SELECT grain || ' completed ' || (convert_from(payload, 'UTF8')::json->>'item') || ' twice' FROM events "
                    + "WHERE name = 'lifecycle.item-completed' "
                    + "GROUP BY grain, (convert_from(payload, 'UTF8')::json->>'item') HAVING count(*) > 1",
                "SELECT grain || ' happened twice: ' || name FROM events WHERE name IN ('partner.registered', "
                    + "'deal.registered', 'deal.protected', 'deal.queued') GROUP BY grain, name HAVING count(*) > 1",
                "SELECT grain || ' protects ' || count(*) FROM events WHERE name = 'account.protected' "
                    + "GROUP BY grain HAVING count(*) > 1",
            }
        )
        {
            violations.AddRange(await Sql(connectionString, query));
        }

        return violations;
    }
}
