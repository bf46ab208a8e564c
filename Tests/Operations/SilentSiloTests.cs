using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Tests.Processes;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Operations;

/// <summary>A gateway asks silos that are processes of their own, one of which stops answering.</summary>
[Collection<AloneCollection>]
public sealed class SilentSiloTests(PostgresServer postgres) : IAsyncLifetime
{
    private const string Path = "/api/operations";

    private readonly List<ServerProcess> _processes = [];
    private string _database = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await postgres.NewDatabase();

    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_processes.Select(process => process.DisposeAsync().AsTask()));

    [Fact]
    public async Task ASiloThatHangs_IsSaidNotToAnswer_WhileTheOthersDo()
    {
        var silos = new[] { Add(new SiloProcess(_database)), Add(new SiloProcess(_database)) };
        var gateway = Add(new GatewayProcess("PostgreSql", _database));
        gateway.JoinCluster("Gateway");
        gateway.Set("Operations__Dashboard", "true");
        Array.ForEach(silos, silo => silo.Set("Operations__Dashboard", "true"));
        await Task.WhenAll(silos.Select(silo => silo.Start()));
        // Of a silo that comes later it would not know for a while, and ask the one that hangs alone.
        await gateway.Start();
        using var client = gateway.Client();
        for (var i = 0; i < 20; i++)
        {
            await client.RegisterPartner($"p-{i}");
        }

        var calm = await Look(client);

        Silos(calm).Count(IsAnswering).ShouldBe(2);
        calm.GetProperty("process").GetProperty("role").GetString().ShouldBe("Gateway");
        Silos(calm).Sum(silo => Count(silo, "partner")).ShouldBe(20);
        Silos(calm).Sum(silo => silo.GetProperty("process").GetProperty("handled").GetInt64()).ShouldBeGreaterThan(19);
        var holders = calm.GetProperty("journal")
            .GetProperty("readers")
            .EnumerateArray()
            .ToDictionary(one => one.GetProperty("name").GetString()!, one => one.GetProperty("holder").GetString());
        holders["reactions"].ShouldBeOneOf([.. Silos(calm).Select(Name)]);
        holders["read-models-2"].ShouldBe(calm.GetProperty("process").GetProperty("name").GetString());
        using var dashboard = await client.GetAsync("/operations/orleans/DashboardCounters", Cancellation);
        ((int)dashboard.StatusCode).ShouldBe(200, "the dashboard works at a client of silos");
        (await Levels(client, silo: null)).Values.ShouldBe(["done", "done", "done"]);

        await Signal("-STOP", silos[1]);
        var silent = await Look(client);
        var changed = await Levels(client, silo: null);

        silent.GetProperty("silosAnswer").GetBoolean().ShouldBeTrue($"{silent}");
        var hanging = Silos(silent).Single(silo => !IsAnswering(silo));
        hanging.GetProperty("state").GetString().ShouldBeOneOf("active", "dead");
        Silos(silent).Count(IsAnswering).ShouldBe(1);
        changed.Values.Count(outcome => outcome == "done").ShouldBe(2, string.Join(", ", changed));
        changed.Values.Count(outcome => outcome == "noAnswer").ShouldBeLessThanOrEqualTo(1);

        await Awaited.Until(
            async () => Silos(await Look(client)).Any(silo => silo.GetProperty("state").GetString() == "dead"),
            "the others to give the silo up"
        );
        await Signal("-CONT", silos[1]);
    }

    /// <summary>However many silos hang, the answer comes.</summary>
    private static async Task<JsonElement> Look(HttpClient client)
    {
        var since = TimeProvider.System.GetTimestamp();
        var cluster = (await client.MustGet(Path)).GetProperty("cluster");
        TimeProvider.System.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromSeconds(6));
        return cluster;
    }

    private static async Task<Dictionary<string, string>> Levels(HttpClient client, string? silo)
    {
        using var answer = await client.PutAsJsonAsync(
            $"{Path}/log-levels",
            new
            {
                category = "Orleans.Nothing",
                level = "debug",
                minutes = 1,
                silo,
            },
            Cancellation
        );
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonElement
            .Parse(text)
            .EnumerateArray()
            .ToDictionary(
                one => one.GetProperty("process").GetString()!,
                one => one.GetProperty("outcome").GetString()!
            );
    }

    private static List<JsonElement> Silos(JsonElement cluster) => [.. cluster.GetProperty("silos").EnumerateArray()];

    private static bool IsAnswering(JsonElement silo) => silo.TryGetProperty("process", out _);

    private static string? Name(JsonElement silo) => silo.GetProperty("process").GetProperty("name").GetString();

    private static int Count(JsonElement silo, string kind) =>
        silo.GetProperty("process")
            .GetProperty("active")
            .EnumerateArray()
            .Where(one => one.GetProperty("kind").GetString() == kind)
            .Sum(one => one.GetProperty("count").GetInt32());

    private T Add<T>(T process)
        where T : ServerProcess
    {
        _processes.Add(process);
        return process;
    }

    private static async Task Signal(string signal, ServerProcess process)
    {
        using var sent = Process.Start("kill", [signal, $"{process.Id}"]);
        await sent.WaitForExitAsync(Cancellation);
    }
}
